"""An agency's columns in the order of its pages, as a flat list with depths."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongkai.catalogue.models import Column


@dataclass(frozen=True)
class Branch:
    """A column with its place. ``depth`` is 0 at the top."""

    column: Column
    depth: int
    is_first: bool
    is_last: bool


def branches(columns: Iterable[Column]) -> Iterator[Branch]:
    """Depth first; a column whose parent is not among them is left out."""
    below: dict[int | None, list[Column]] = defaultdict(list)
    for column in columns:
        below[column.parent_id].append(column)
    yield from _walk(below, None, 0)


def _walk(
    below: dict[int | None, list[Column]], parent_id: int | None, depth: int
) -> Iterator[Branch]:
    siblings = sorted(below[parent_id], key=lambda column: (column.position, column.pk))
    for at, column in enumerate(siblings):
        yield Branch(column, depth, at == 0, at == len(siblings) - 1)
        yield from _walk(below, column.pk, depth + 1)
