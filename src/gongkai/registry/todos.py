"""What waits for a person: each ledger tells its part of the to-do list."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Todo:
    """One thing that waits. ``since`` is when it began to wait.

    ``due_on`` is the day by which the law wants it, ``days_left`` the working days
    until then, below zero when it has passed.
    """

    act: str
    title: str
    url: str
    agency: str
    since: datetime
    note: str = ""
    due_on: date | None = None
    days_left: int | None = None


# The scope is defined one layer up, in agencies.
Source = Callable[[Any, int], Iterable[Todo]]
Counter = Callable[[Any], int]
_sources: dict[Source, Counter] = {}


def register(source: Source, counter: Counter) -> None:
    """For a ledger's ``todos`` module; ``source(scope, limit)``, oldest first.

    ``counter(scope)`` counts all of them in one query, for every page's rail.
    """
    _sources[source] = counter


def todos_for(scope: Any, limit: int = 100) -> list[Todo]:
    """What waits for the person, what the law makes urgent first, then the longest
    waiting. One query a source."""
    found = [todo for source in _sources for todo in source(scope, limit)]
    return sorted(found, key=lambda todo: (todo.due_on or date.max, todo.since))[:limit]


def counts_for(scope: Any) -> Mapping[Source, int]:
    """How much waits for the person in each ledger. One query a source."""
    return {source: counter(scope) for source, counter in _sources.items()}
