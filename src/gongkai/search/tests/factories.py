"""Documents for tests, and short ways to put and to find them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from gongkai import search
from gongkai.search import Document, Query

START = datetime(2026, 1, 5, 1, tzinfo=UTC)
COUNTY, FINANCE, TOWNSHIP = "0001", "00010001", "00010002"


def make_document(
    object_id: int = 1,
    *,
    kind: str = "item",
    agency_id: int = 1,
    agency_path: str = COUNTY,
    published_at: datetime | None = None,
    title: str = "关于春耕备耕",
    doc_no: str = "",
    index_no: str = "",
    body: str = "各乡镇人民政府。",
    **facets: str,
) -> Document:
    """Each a day younger than the one whose number is one less."""
    return Document(
        kind=kind,
        object_id=object_id,
        agency_id=agency_id,
        agency_path=agency_path,
        published_at=published_at or START + timedelta(days=object_id),
        title=title,
        doc_no=doc_no,
        index_no=index_no,
        body=body,
        facets=facets,
    )


def put_bodies(*bodies: str) -> None:
    """Numbered from 1."""
    search.put_many(
        make_document(number, body=body) for number, body in enumerate(bodies, 1)
    )


def found(text: str) -> list[int]:
    return ids(search.find(Query(text)).hits)


def ids(hits: Iterable[search.Hit]) -> list[int]:
    return [hit.object_id for hit in hits]
