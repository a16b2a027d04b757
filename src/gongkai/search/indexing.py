"""Writing the index, in the caller's transaction: a roll-back leaves nothing."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from gongkai.search import engines
from gongkai.search.documents import Document
from gongkai.search.engines.base import fetch, run, run_many
from gongkai.search.prepared import Prepared, prepare

_SETTLE = """
INSERT INTO search_settled (kind, object_id)
SELECT %s, %s FROM search_rebuild WHERE kind = %s
ON CONFLICT DO NOTHING
"""


def put(document: Document) -> None:
    """Index a record, or replace what the index says of it."""
    put_many([document])


@transaction.atomic
def put_many(documents: Iterable[Document]) -> None:
    told = list(documents)
    engines.current().enter_as_writer()
    run_many(_SETTLE, [[one.kind, one.object_id, one.kind] for one in told])
    write([prepare(document) for document in told])


def write(batch: Sequence[Prepared]) -> None:
    values = {facet for prepared in batch for facet in prepared.facets.items()}
    run_many(
        "INSERT INTO search_facetvalue (name, value) VALUES (%s, %s)"
        " ON CONFLICT DO NOTHING",
        # Sorted, so that two writers never wait for each other's new values.
        sorted(values),
    )
    for prepared in batch:
        engines.current().put(prepared)


@transaction.atomic
def remove(kind: str, object_id: int) -> None:
    """Take a record out; nothing happens where the index does not know it."""
    engine = engines.current()
    engine.enter_as_writer()
    run(_SETTLE, [kind, object_id, kind])
    engine.remove(kind, [object_id])


@transaction.atomic
def clear(kind: str) -> None:
    """Take everything of one kind out."""
    engine = engines.current()
    engine.enter_as_writer()
    if fetch("SELECT 1 FROM search_entry WHERE kind <> %s LIMIT 1", [kind]):
        engine.remove(kind, object_ids_of(kind))
    else:
        engine.clear()
        run("DELETE FROM search_facetvalue")


def object_ids_of(kind: str) -> list[int]:
    rows = fetch("SELECT object_id FROM search_entry WHERE kind = %s", [kind])
    return [object_id for (object_id,) in rows]
