"""What is published already and likely answers a request."""

from datetime import date

from gongkai import search
from gongkai.agencies.models import Agency
from gongkai.items.listing import Row, row_of
from gongkai.items.models import Item
from gongkai.items.search_documents import KIND

SHOWN = 5


def likely_answers(agency: Agency, subject: str, doc_no: str, today: date) -> list[Row]:
    """At most SHOWN public items: of that document number, then by the words typed.

    The agency's own come first; the whole platform is asked where it has none.
    """
    ids = [hit.object_id for hit in search.exact(doc_no) if hit.kind == KIND]
    for path in (agency.path, None):
        if len(ids) < SHOWN:
            ids += [one for one in _by_words(subject, path) if one not in ids]
    # The index is not asked whether the public may see it; the ledger is.
    public = (
        Item.objects.visible_to_public().for_public_list().in_bulk(ids[: 4 * SHOWN])
    )
    found = [public[one] for one in ids if one in public]
    return [row_of(item, today, body=True) for item in found[:SHOWN]]


def _by_words(subject: str, path: str | None) -> list[int]:
    query = search.Query(text=subject, kind=KIND, subtree_of=path, page_size=2 * SHOWN)
    found = search.find(query)
    if not found.total and (looser := search.loosen(query)) is not None:
        found = search.find(looser)
    return [hit.object_id for hit in found.hits]
