"""What an engine does."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from django.db import connection

from gongkai.search.documents import FacetCount
from gongkai.search.prepared import Prepared
from gongkai.search.terms import FACET_END, FACET_SIGN, Group, facet_term
from gongkai.search.words import Word

Row = tuple[Any, ...]
Parameters = Sequence[Any]
# Facet → values to count.
Values = Mapping[str, Iterable[str]]


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
    def facet_rows(self, match: Match, cap: int) -> list[str]:
        """The facets of each match, at most ``cap`` of them: they count it as well."""

    def facets(
        self, match: Match, values: Values, cap: int
    ) -> dict[str, list[FacetCount]]:
        """Counts of these values of facets among very many matches, at most ``cap``.

        Each value is one more term to match.
        """
        found: dict[str, list[FacetCount]] = {}
        for name, names_values in values.items():
            for value in names_values:
                group = (facet_term(name, value),)
                narrower = replace(match, groups=(*match.groups, group))
                if count := self.count(narrower, cap):
                    one = FacetCount(value, count, is_capped=count == cap)
                    found.setdefault(name, []).append(one)
        return found

    @abstractmethod
    def damaged(self, kind: str) -> list[int | None]:
        """Objects whose entry and words are not both there.

        None for words whose entry is gone: search would find them for ever.
        """

    def optimize(self) -> None:
        """After a big import."""
        return


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
