"""The printed form with its figures put in, ready for a template."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai import returns
from gongkai.returns.layout import Box, Grid, grids
from gongkai.statistics.figures import Cell


@dataclass(frozen=True)
class Place:
    """A printed cell, with its figure unless it is words."""

    box: Box
    cell: Cell | None = None


@dataclass(frozen=True)
class Shown:
    grid: Grid
    head: tuple[tuple[Box, ...], ...]
    body: tuple[tuple[Place, ...], ...]


def is_list(form: returns.Form) -> bool:
    """A form of rows below one another, as that of 2014."""
    return not form.tables


def tables(form: returns.Form, cells: Mapping[str, Cell]) -> list[Shown]:
    return [_shown(grid, cells) for grid in grids(form)]


def _shown(grid: Grid, cells: Mapping[str, Cell]) -> Shown:
    body = tuple(
        tuple(Place(box, cells.get(box.key or "")) for box in line)
        for line in grid.body
    )
    return Shown(grid, grid.head, body)
