"""A form laid out as it is printed: boxes on a grid, for screen, sheet and paper.

The same layout serves every face, so a merged heading is merged everywhere alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.returns.model import Form, Line, Row, Table

CONTENT = "信息内容"
LIST_HEAD = ("统计指标", "单位", "统计数")
# Of rows side by side: a group, its rows, their columns.
ACROSS_HEAD = 3


@dataclass(frozen=True)
class Box:
    """One printed cell; ``key`` is that of its figure, None for words."""

    row: int
    column: int
    text: str = ""
    rows: int = 1
    columns: int = 1
    key: str | None = None
    is_head: bool = False
    depth: int = 0


@dataclass(frozen=True)
class Grid:
    """A printed table. ``heading`` is that of its chapter, "" where it goes on; its
    first ``head_rows`` name the columns."""

    code: str
    heading: str
    title: str
    boxes: tuple[Box, ...]
    width: int
    head_rows: int

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(box.key for box in self.boxes if box.key)

    @property
    def height(self) -> int:
        return max(box.row + box.rows for box in self.boxes)

    @property
    def lines(self) -> tuple[tuple[Box, ...], ...]:
        """The boxes that begin in each row, from left to right."""
        rows: list[list[Box]] = [[] for _each in range(self.height)]
        for box in sorted(self.boxes, key=lambda box: box.column):
            rows[box.row].append(box)
        return tuple(map(tuple, rows))

    @property
    def head(self) -> tuple[tuple[Box, ...], ...]:
        return self.lines[: self.head_rows]

    @property
    def body(self) -> tuple[tuple[Box, ...], ...]:
        return self.lines[self.head_rows :]


def grids(form: Form) -> tuple[Grid, ...]:
    """The tables of the form in their order; a list of rows is one table."""
    found = []
    own = [row for row in form.rows if row.table is None]
    if own:
        found.append(_list(own))
    heading = ""
    for table in form.tables:
        boxes = tuple(_across(table) if table.is_across else _down(table))
        width = max(box.column + box.columns for box in boxes)
        told = table.heading if table.heading != heading else ""
        heading = table.heading
        head = ACROSS_HEAD if table.is_across else _head_rows(table)
        found.append(Grid(table.code, told, table.title, boxes, width, head))
    return tuple(found)


def _list(rows: list[Row]) -> Grid:
    boxes = [
        Box(0, column, text, is_head=True) for column, text in enumerate(LIST_HEAD)
    ]
    for number, row in enumerate(rows, start=1):
        boxes.append(Box(number, 0, row.label, is_head=True, depth=row.code.count(".")))
        boxes.append(Box(number, 1, row.unit))
        boxes.append(Box(number, 2, key=row.key))
    return Grid("1", "", "", tuple(boxes), len(LIST_HEAD), head_rows=1)


# Rows below one another: the labels to the left, those that span others merged.


def _down(table: Table) -> Iterator[Box]:
    labels = 1 + max(len(line.groups) for line in table.lines)
    head = _head_rows(table)
    yield from _corner(table, labels, head)
    yield from _columns(table, labels, head)
    for number, line in enumerate(table.lines):
        yield from _labels(table, number, labels, head)
        for place, column in enumerate(table.columns):
            yield Box(head + number, labels + place, key=table.key(line, column))


def _has_groups(table: Table) -> bool:
    return any(column.group for column in table.columns)


def _head_rows(table: Table) -> int:
    return 3 if _has_groups(table) else 2


def _corner(table: Table, labels: int, head: int) -> Iterator[Box]:
    if _has_groups(table):
        yield Box(0, 0, table.note, head, labels, is_head=True)
        width = len(table.columns)
        yield Box(0, labels, table.title, columns=width, is_head=True)
    else:
        width = labels + len(table.columns)
        yield Box(0, 0, table.title, columns=width, is_head=True)
        yield Box(1, 0, CONTENT, columns=labels, is_head=True)


def _columns(table: Table, labels: int, head: int) -> Iterator[Box]:
    for place, column in enumerate(table.columns):
        if not column.group:
            rows = head - 1
            yield Box(1, labels + place, column.label, rows, is_head=True)
            continue
        group = [one.group for one in table.columns]
        if group.index(column.group) == place:
            width = group.count(column.group)
            yield Box(1, labels + place, column.group, columns=width, is_head=True)
        yield Box(2, labels + place, column.label, is_head=True)


def _labels(table: Table, number: int, labels: int, head: int) -> Iterator[Box]:
    line = table.lines[number]
    for level in range(len(line.groups)):
        if number and _group(table.lines[number - 1], level) == _group(line, level):
            continue
        same = [
            one
            for one in table.lines[number:]
            if _group(one, level) == _group(line, level)
        ]
        text = line.groups[level]
        yield Box(head + number, level, text, rows=len(same), is_head=True)
    place = len(line.groups)
    width = labels - place
    yield Box(head + number, place, line.label, columns=width, is_head=True)


def _group(line: Line, level: int) -> tuple[str, ...]:
    """The spanning labels down to a level, () where the line has none there."""
    return line.groups[: level + 1] if len(line.groups) > level else ()


# Rows side by side: their labels above, one line of figures.


def _across(table: Table) -> Iterator[Box]:
    width = len(table.columns)
    groups = [line.groups[0] if line.groups else "" for line in table.lines]
    for number, line in enumerate(table.lines):
        left = number * width
        group = groups[number]
        if not group:
            yield Box(0, left, line.label, 2, width, is_head=True)
        else:
            if groups.index(group) == number:
                span = width * groups.count(group)
                yield Box(0, left, group, columns=span, is_head=True)
            yield Box(1, left, line.label, columns=width, is_head=True)
        for place, column in enumerate(table.columns):
            yield Box(2, left + place, column.label, is_head=True)
            yield Box(3, left + place, key=table.key(line, column))
