"""Putting a whole kind again while people work.

The source is read before the index is written, so a record may be withdrawn in
between; it must not come back. So acts note what they put and remove while a rebuild is
under way, and the rebuild leaves those alone.
"""

import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import IO
from uuid import uuid4

from django.db import transaction

from gongkai.search import engines
from gongkai.search.documents import Document
from gongkai.search.engines.base import fetch, run
from gongkai.search.indexing import object_ids_of, write
from gongkai.search.prepared import prepare
from gongkai.search.sources import Source

BATCH = 200  # documents to a transaction: acts wait for no longer


class RebuildOvertaken(Exception):
    """Another rebuild of the same kind began; this one stopped."""


def rebuild(
    source: Source, progress: Callable[[int], None] = lambda done: None
) -> tuple[int, int]:
    """Put every document of the source and remove what it does not have.

    Returns the numbers put and removed. Search stays complete meanwhile. Raises
    RebuildOvertaken.
    """
    token = _begin(source.kind)
    done = 0
    with tempfile.TemporaryFile() as spool:
        # First read, then write: SQLite gives no write to whoever reads an old state.
        for document in source.documents():
            pickle.dump(document, spool)
        spool.seek(0)
        for batch in _batches(_unpickled(spool)):
            done += _put(source.kind, token, batch)
            progress(done)
    removed = _finish(source.kind, token)
    engines.current().optimize()
    return done, removed


@transaction.atomic
def _begin(kind: str) -> str:
    # After this, no transaction runs that does not see the row below.
    engines.current().lock_out_writers()
    token = uuid4().hex
    run("DELETE FROM search_settled WHERE kind = %s", [kind])
    run(
        "INSERT INTO search_rebuild (kind, token) VALUES (%s, %s)"
        " ON CONFLICT (kind) DO UPDATE SET token = excluded.token",
        [kind, token],
    )
    return token


@transaction.atomic
def _put(kind: str, token: str, documents: Iterable[Document]) -> int:
    engines.current().enter_as_writer()
    _check(kind, token)
    fresh = [document for document in documents if _claim(document)]
    write([prepare(document) for document in fresh])
    return len(fresh)


def _claim(document: Document) -> bool:
    """False where an act settled it; waits for an act that is about to."""
    claimed = fetch(
        "INSERT INTO search_settled (kind, object_id) VALUES (%s, %s)"
        " ON CONFLICT DO NOTHING RETURNING 1",
        [document.kind, document.object_id],
    )
    return bool(claimed)


@transaction.atomic
def _finish(kind: str, token: str) -> int:
    engines.current().enter_as_writer()
    _check(kind, token)
    known = object_ids_of(kind)
    settled = fetch("SELECT object_id FROM search_settled WHERE kind = %s", [kind])
    ghosts = sorted(set(known) - {object_id for (object_id,) in settled})
    for start in range(0, len(ghosts), BATCH):
        engines.current().remove(kind, ghosts[start : start + BATCH])
    run("DELETE FROM search_rebuild WHERE kind = %s", [kind])
    run("DELETE FROM search_settled WHERE kind = %s", [kind])
    return len(ghosts)


def _check(kind: str, token: str) -> None:
    if fetch("SELECT token FROM search_rebuild WHERE kind = %s", [kind]) != [(token,)]:
        raise RebuildOvertaken(kind)


def _unpickled(spool: IO[bytes]) -> Iterator[Document]:
    while True:
        try:
            yield pickle.load(spool)  # noqa: S301 - written by ourselves, just now
        except EOFError:
            return


def _batches(documents: Iterator[Document]) -> Iterator[list[Document]]:
    while batch := list(islice(documents, BATCH)):
        yield batch
