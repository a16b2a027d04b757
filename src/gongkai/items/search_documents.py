"""What search knows of an item; made from the live version and from nothing else."""

from collections.abc import Iterator

from gongkai import search
from gongkai.items.models import Item
from gongkai.items.reading.text import html_to_text

KIND = "item"


def documents() -> Iterator[search.Document]:
    """Every public item, streamed, for rebuilding the index."""
    public = Item.objects.visible_to_public().select_related("live", "agency", "column")
    for item in public.order_by("published_on", "pk").iterator(500):
        yield document_of(item)


def document_of(item: Item) -> search.Document:
    """Raises ValueError for an item that is not public."""
    live = item.live
    if live is None or item.first_published_at is None:
        raise ValueError(f"item {item.pk} is not public")
    return search.Document(
        kind=KIND,
        object_id=item.pk,
        agency_id=item.agency_id,
        agency_path=item.agency.path,
        published_at=item.first_published_at,
        title=live.title,
        doc_no=live.doc_no,
        index_no=item.index_no or item.legacy_index_no,
        body="\n".join(
            filter(None, (live.keywords, live.summary, html_to_text(live.body)))
        ),
        facets={
            "kind": live.kind,
            "topic": live.topic,
            "year": str(item.published_on.year) if item.published_on else "",
            "validity": item.validity,
            "column": str(item.column_id or ""),
        },
    )
