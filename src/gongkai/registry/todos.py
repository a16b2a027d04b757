"""What waits for a person: each ledger tells its part of the to-do list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Todo:
    """One thing that waits. ``since`` is when it began to wait."""

    act: str
    title: str
    url: str
    agency: str
    since: datetime
    note: str = ""


# The scope is defined one layer up, in agencies.
Source = Callable[[Any, int], Iterable[Todo]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """For a ledger's ``todos`` module; ``source(scope, limit)``, oldest first."""
    if source not in _sources:
        _sources.append(source)


def todos_for(scope: Any, limit: int = 100) -> list[Todo]:
    """What waits for the person, the longest waiting first. One query a source."""
    found = [todo for source in _sources for todo in source(scope, limit)]
    return sorted(found, key=lambda todo: todo.since)[:limit]
