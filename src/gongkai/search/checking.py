"""Whether the index says what the ledgers say."""

from dataclasses import dataclass
from typing import Literal

from gongkai.search import engines
from gongkai.search.engines.base import fetch
from gongkai.search.prepared import prepare
from gongkai.search.sources import Source, sources


@dataclass(frozen=True)
class Difference:
    """Something that search finds and should not, or the other way round.

    A ghost is indexed and not public; a stale one is indexed with other words. Where
    words are left of a record whose entry is gone, ``object_id`` is None.
    """

    kind: str
    object_id: int | None
    what: Literal["ghost", "missing", "stale", "damaged"]

    def __str__(self) -> str:
        name = f"{self.kind} {self.object_id or '(unknown)'}"
        return f"search: {name} is {self.what}; run rebuild_search"


def check_search(kind: str | None = None) -> list[Difference]:
    """Compare the index of one kind, or of all, with its source.

    Reads every public record; what is published meanwhile may show as different.
    """
    known = sources()
    kinds = {kind} if kind else {*known, *_indexed_kinds()}
    return [difference for name in sorted(kinds) for difference in _check(name, known)]


def _check(kind: str, known: dict[str, Source]) -> list[Difference]:
    indexed: dict[int, str] = dict(
        fetch("SELECT object_id, digest FROM search_entry WHERE kind = %s", [kind])
    )
    damaged = engines.current().damaged(kind)
    found = [Difference(kind, object_id, "damaged") for object_id in damaged]
    for document in known[kind].documents() if kind in known else ():
        digest = indexed.pop(document.object_id, None)
        if digest is None:
            found.append(Difference(kind, document.object_id, "missing"))
        elif digest != prepare(document).digest:
            found.append(Difference(kind, document.object_id, "stale"))
    return found + [Difference(kind, object_id, "ghost") for object_id in indexed]


def _indexed_kinds() -> list[str]:
    return [kind for (kind,) in fetch("SELECT DISTINCT kind FROM search_entry")]
