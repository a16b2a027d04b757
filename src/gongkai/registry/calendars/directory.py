"""Names for paths and people: the tree of agencies lies above, and offers them here."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Area:
    """An agency whose calendar a person may change, with all below it."""

    path: str
    name: str
    depth: int


@dataclass(frozen=True)
class Directory:
    """``administered`` takes a request's scope; each costs one query."""

    administered: Callable[[Any], list[Area]]
    names: Callable[[Collection[str]], dict[str, str]]
    people: Callable[[Collection[int]], dict[int, str]]


_directories: list[Directory] = []


def register_directory(directory: Directory) -> None:
    """There is one; the last registered holds."""
    _directories[:] = [directory]


def directory() -> Directory:
    return _directories[0]
