"""What an engine does."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection

from gongkai.search.documents import FacetCount
from gongkai.search.prepared import Prepared
from gongkai.search.terms import FACET_END, FACET_SIGN, Group, facet_term
from gongkai.search.words import Word

Row = tuple[Any, ...]
Parameters = Sequence[Any]
# Facet → values to count.
Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Match:
    """What must be in a document: all words, one term of each group, and the time.

    ``in_head``: at least one word in the title or a number. ``seconds`` leaves its end
    out.
    """

    words: tuple[Word, ...]
    groups: tuple[Group, ...] = ()
    seconds: tuple[int, int] | None = None
    in_head: bool = False


class Listed(NamedTuple):
    """What an entry is counted and listed by."""

    id: int
    published_second: int
    object_id: int
    kind: str
    facets: str


class Engine(ABC):
    """Writes happen in the caller's transaction."""

    @abstractmethod
    def make(self) -> None:
        """Make tables and indexes that are missing; safe to repeat."""

    @abstractmethod
    def put(self, prepared: Prepared) -> None:
        """Insert, or replace what has the same kind and object."""

    @abstractmethod
    def remove(self, kind: str, object_ids: Sequence[int]) -> None: ...

    @abstractmethod
    def clear(self) -> None:
        """Everything, of every kind, even where the index is damaged."""

    @abstractmethod
    def lock_out_writers(self) -> None:
        """Wait until no transaction writes the index, then let none, to the commit."""

    @abstractmethod
    def enter_as_writer(self) -> None:
        """The other side of ``lock_out_writers``."""

    @abstractmethod
    def rows(
        self, match: Match, columns: str, limit: int, offset: int = 0
    ) -> list[Row]:
        """Columns of entries that match, newest first."""

    @abstractmethod
    def count(self, match: Match, cap: int) -> int:
        """Number of matches, at most ``cap``."""

    @abstractmethod
    def newest(self, match: Match, cap: int) -> list[Listed]:
        """The newest matches, at most ``cap``, newest first."""

    @abstractmethod
    def older_heads(self, match: Match, before: int, cap: int) -> list[int]:
        """Ids of matches with a word in their title, older than the id ``before``."""

    @abstractmethod
    def facet_rows(self, match: Match, cap: int) -> list[str]:
        """The facets of any ``cap`` matches, or of all where there are fewer."""

    def facets(
        self, match: Match, values: Values, cap: int
    ) -> dict[str, list[FacetCount]]:
        """Counts of these values of facets among very many matches, at most ``cap``.

        Each value is one more term to match.
        """
        return {
            name: self._values(match, name, tuple(names_values), cap)
            for name, names_values in values.items()
            if names_values
        }

    def _values(
        self, match: Match, name: str, values: Sequence[str], cap: int
    ) -> list[FacetCount]:
        """One reading for all of them; few matches tell each value's number."""
        most = cap * len(values)
        group = tuple(facet_term(name, value) for value in values)
        found = count_facets(self.facet_rows(_narrower(match, group), most))
        counts = {one.value: one.count for one in found.get(name, [])}
        if sum(counts.values()) == most:
            counts |= {
                value: self.count(_narrower(match, (facet_term(name, value),)), cap)
                for value in values
                if counts.get(value, 0) < cap
            }
        return [
            FacetCount(value, min(counts[value], cap), is_capped=counts[value] >= cap)
            for value in values
            if counts.get(value)
        ]

    @abstractmethod
    def damaged(self, kind: str) -> list[int | None]:
        """Objects whose entry and words are not both there.

        None for words whose entry is gone: search would find them for ever.
        """

    def optimize(self) -> None:
        """After a big import."""
        return


def _narrower(match: Match, group: Group) -> Match:
    return replace(match, groups=(*match.groups, group))


def count_facets(combinations: Iterable[str]) -> dict[str, list[FacetCount]]:
    """Counts of each value in the facets of entries."""
    counted = Counter(chain.from_iterable(map(_split, combinations)))
    found: dict[str, list[FacetCount]] = {}
    for pair, count in counted.items():
        name, _, value = pair.partition(FACET_SIGN)
        found.setdefault(name, []).append(FacetCount(value, count))
    return found


def _split(combination: str) -> list[str]:
    return combination.split(FACET_END)


def entries(columns: str, ids: Sequence[int]) -> list[Row]:
    """Columns of these entries, in no order."""
    if not ids:
        return []
    return fetch(
        f"SELECT {columns} FROM search_entry e"  # noqa: S608 - constants
        f" WHERE e.id IN ({marks(ids)})",
        ids,
    )


def fetch(sql: str, parameters: Parameters = ()) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def run(sql: str, parameters: Parameters = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def run_many(sql: str, rows: Sequence[Parameters]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def marks(values: Sequence[object]) -> str:
    """Placeholders for a list of values."""
    return ", ".join(["%s"] * len(values))
