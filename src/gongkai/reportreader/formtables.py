"""The tables of a report, read row by row against the official form.

Rows are found by their labels, in the order of the form, so that rows that are missing,
misprinted, numbered anew or added by a province do no harm. A figure is taken only
where its column is certain.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache

from gongkai.reportreader.cells import Cell, cells_of, has_own_unit
from gongkai.reportreader.lines import Line
from gongkai.returns import Form, load_form
from gongkai.returns.model import Column, Table

_ENOUGH = 3
_AHEAD = 12
_ALIKE = 0.82
_TAKES = 40
_APPLICANTS = 7
_SHORT = 2
_ROW_WITHIN = 120


@dataclass(frozen=True)
class Figure:
    """A printed figure: ``key`` of the form, money in 元, where it stands."""

    key: str
    label: str
    column: str
    value: Decimal
    start: int
    end: int


@dataclass(frozen=True)
class FormTable:
    """What was read of a form. ``spans`` are the lines that belong to it."""

    form: str
    figures: tuple[Figure, ...]
    lines: frozenset[int]

    @property
    def values(self) -> dict[str, Decimal]:
        """Key to value, the first where a form is printed twice."""
        found: dict[str, Decimal] = {}
        for figure in self.figures:
            found.setdefault(figure.key, figure.value)
        return found


@dataclass(frozen=True)
class _Target:
    """A row to look for; ``core`` is its label without number and note."""

    core: str
    row: int
    group: str = ""


def read_form(plain: str, lines: Sequence[Line], form: str) -> FormTable | None:
    """The figures of the form in the text; None where it does not print it."""
    official = load_form(form)
    cells = cells_of(plain, lines)
    reader = _Crossed(official, cells) if official.tables else _Flat(official, cells)
    figures, used = reader.read()
    if len({figure.key for figure in figures}) < _ENOUGH:
        return None
    return FormTable(form, tuple(figures), frozenset(used))


_NUMBERING = re.compile(
    r"^(?:其中[:,]?)?(?:[一二三四五六七八九十]{1,3}[、.,:]|\([一二三四五六七八九十]{1,3}\)"
    r"|\d{1,2}[、.,:)]|\(\d{1,2}\)|[㈠-㈩①-⑳])?(?:其中[:,]?)?"
)
_MARKS = re.compile(r"[《》“”\"'、,.:;。·()\-]")


@lru_cache(maxsize=8192)
def core(label: str) -> str:
    """A label without its numbering, closing note and marks."""
    text = _NUMBERING.sub("", label, count=1)
    shorter = re.sub(r"\([^()]*\)?$", "", text)
    return _MARKS.sub("", shorter or text)


class _Flat:
    """The form of 2014: label, unit, one figure."""

    def __init__(self, form: Form, cells: list[Cell]) -> None:
        self._form = form
        self._cells = cells
        self._sum = 0
        self._targets = [
            _Target(core(_half_width(row.label)), n) for n, row in enumerate(form.rows)
        ]

    def read(self) -> tuple[list[Figure], set[int]]:
        found = list(_aligned(self._targets, self._split(), self._is_backed))
        self._sum = self._column_of_sums()
        figures: list[Figure] = []
        used: set[int] = set()
        for (at, target), stop in _with_ends(found, len(self._cells)):
            row = self._form.rows[target.row]
            number = self._figure_after(at, stop)
            used.add(self._cells[at].line)
            if number is None or row.key is None:
                continue
            value = number.number
            if value is None:
                continue
            if row.unit == "万元" and not has_own_unit(number.text):
                value *= 10_000
            used.add(number.line)
            label = self._cells[at].text
            figures.append(
                Figure(row.key, label, "统计数", value, number.start, number.end)
            )
        return figures, used

    def _column_of_sums(self) -> int:
        """How far right of the labels 合计 stands, where several columns are filled."""
        heads = (c for c in self._cells if c.text in {"统计指标", "指标名称", "指标"})
        head = next(heads, None)
        if head is None:
            return 0
        row = [c for c in self._cells if c.line == head.line and c.place > head.place]
        sums = [c.place - head.place for c in row if re.match("合计|总计|汇总", c.text)]
        return sums[0] if sums else 0

    def _split(self) -> list[Cell]:
        """Cells, those that hold label, unit and figure in one parted."""
        self._cells = [part for cell in self._cells for part in _parted(cell)]
        return self._cells

    def _is_backed(self, at: int) -> bool:
        """Whether a unit or a figure follows, as behind a row's label."""
        following = self._cells[at + 1 : at + 3]
        return any(cell.is_unit or cell.number is not None for cell in following)

    def _figure_after(self, at: int, stop: int) -> Cell | None:
        label = self._cells[at]
        for cell in self._cells[at + 1 : min(stop, at + 12)]:
            in_total = cell.line == label.line and cell.place - label.place == self._sum
            if in_total and cell.number is not None:
                return cell
        for cell in self._cells[at + 1 : min(stop, at + 5)]:
            if cell.number is not None:
                return cell
            if cell.text and not cell.is_unit and cell.line != self._cells[at].line:
                return None
        return None


_ROW_IN_ONE = re.compile(
    r"(?P<label>[^|]{4,70}?[^\d|.])(?P<unit>条|件|次|篇|个|人次|人|万元)?(?P<number>\d[\d,]*(?:\.\d+)?)$"
)


def _parted(cell: Cell) -> Iterator[Cell]:
    """1.政府公报公开政府信息数条0 as a label and a number."""
    found = (
        _ROW_IN_ONE.fullmatch(cell.text)
        if "数" in cell.text and len(cell.text) < 80
        else None
    )
    if not found or cell.end - cell.start > 120:
        yield cell
        return
    size = len(found["number"])
    cut = cell.end - size
    yield Cell(found["label"], cell.start, cut, cell.line, cell.place)
    yield Cell(found["number"], cut, cell.end, cell.line, cell.place)


class _Crossed:
    """The forms of 2019 and 2021: rows by columns in several tables."""

    def __init__(self, form: Form, cells: list[Cell]) -> None:
        self._form = form
        self._cells = cells
        self._rows = [
            (table, line)
            for table in form.tables
            if table.prefix != "remedies"
            for line in table.lines
        ]
        self._targets = [
            target
            for n, (_table, line) in enumerate(self._rows)
            for target in self._spellings(n, line.label, *line.aliases)
        ]

    def _spellings(self, row: int, *labels: str) -> Iterator[_Target]:
        for label in labels:
            yield _Target(core(_half_width(label)), row)

    def read(self) -> tuple[list[Figure], set[int]]:
        found = list(_aligned(self._targets, self._cells, self._is_backed))
        figures: list[Figure] = []
        used: set[int] = set()
        for (at, target), stop in _with_ends(found, len(self._cells)):
            table, line = self._rows[target.row]
            taken = self._figures_after(at, stop, len(table.columns))
            used |= {self._cells[at].line, *(cell.line for _n, cell in taken)}
            label = self._cells[at].text
            for index, cell in taken:
                column = table.columns[index]
                factor = self._factor(column, cell)
                figures.append(_figure(table, line.key, column, label, cell, factor))
        last = found[-1][0] if found else 0
        remedies = list(self._remedies(last))
        used |= {line for _figure, line in remedies}
        return [*figures, *(each for each, _line in remedies)], used

    def _factor(self, column: Column, cell: Cell) -> int:
        """10000 where the figure is in 万元: by the form, or by the printed heading."""
        if column.json_unit != "元" or has_own_unit(cell.text):
            return 1
        heads = (c.text for c in self._cells if c.text.startswith(column.label[:5]))
        in_head = any("万" in text for text in heads)
        return 10_000 if column.unit == "万元" or in_head else 1

    def _is_backed(self, at: int) -> bool:
        cells = self._cells
        label = cells[at]
        for cell in cells[at + 1 : at + 2 + _APPLICANTS]:
            if cell.number is not None:
                return True
            if cell.text and (cell.line != label.line or not cell.is_unit):
                return False
        return False

    def _figures_after(self, at: int, stop: int, width: int) -> list[tuple[int, Cell]]:
        """(column, cell) of the row whose label is the cell ``at``."""
        label = self._cells[at]
        beside = [c for c in self._cells[at + 1 : stop] if c.line == label.line]
        if len(beside) >= 2 or (width == 1 and beside):
            return _positioned(beside, width)
        following = self._cells[at + 1 : min(stop, at + 1 + 2 * width + 4)]
        return _in_sequence(following, width)

    def _remedies(self, after: int) -> Iterator[tuple[Figure, int]]:
        table = next(t for t in self._form.tables if t.prefix == "remedies")
        keys = [(line, column) for line in table.lines for column in table.columns]
        row = self._row_of_remedies(after, len(keys))
        for (line, column), cell in zip(keys, row, strict=False):
            if cell.number is not None:
                yield _figure(table, line.key, column, line.label, cell), cell.line

    def _row_of_remedies(self, after: int, width: int) -> list[Cell]:
        """The row of fifteen behind the headings 结果维持 ... 总计."""
        cells = self._cells
        heads = [n for n in range(after, len(cells)) if "审结" in cells[n].text[-90:]]
        start = heads[-1] + 1 if heads else after + 1
        rest = self._cells[start : start + _ROW_WITHIN]
        if not heads:
            return _run_of(rest, width) or _line_of(rest, width)
        first = next((n for n, c in enumerate(rest) if c.number is not None), None)
        if first is None:
            return []
        heads_end = max(
            (n + 1 for n in range(first) if rest[n].text and rest[n].number is None),
            default=0,
        )
        same = [c for c in rest[heads_end:] if c.line == rest[first].line]
        if len(same) == width - 1:
            # The bar in front of an empty first cell looks like the table's border.
            same = [replace(same[0], text="", end=same[0].start), *same]
        if len(same) >= width:
            return _fitted(same, width)
        return _run_of(rest, width)


def _run_of(cells: list[Cell], width: int) -> list[Cell]:
    """The first run of figures, if there are just as many as the row has."""
    run: list[Cell] = []
    for cell in cells:
        if cell.number is not None:
            run.append(cell)
        elif len(run) == width:
            break
        elif cell.text:
            run = []
    return run if len(run) == width else []


def _line_of(cells: list[Cell], width: int) -> list[Cell]:
    """The line of just as many figures, where the headings came to pieces."""
    lines: dict[int, list[Cell]] = {}
    for cell in cells:
        lines.setdefault(cell.line, []).append(cell)
    whole = [
        row
        for row in lines.values()
        if len(row) == width and all(cell.number is not None for cell in row)
    ]
    return whole[0] if len(whole) == 1 else []


def _with_ends(
    found: list[tuple[int, _Target]], end: int
) -> Iterator[tuple[tuple[int, _Target], int]]:
    """Each row with where the next one begins."""
    ends = [at for at, _target in found[1:]]
    return zip(found, [*ends, end], strict=False)


def _figure(
    table: Table,
    line_key: str,
    column: Column,
    label: str,
    cell: Cell,
    factor: int = 1,
) -> Figure:
    value = (cell.number or Decimal(0)) * factor
    key = f"{table.prefix}.{line_key}.{column.key}"
    return Figure(key, label, column.label, value, cell.start, cell.end)


def _fitted(cells: list[Cell], width: int) -> list[Cell]:
    """The cells of a row without the empty ones that merged columns left over."""
    kept = list(cells)
    while len(kept) > width and not kept[-1].text:
        kept.pop()
    while len(kept) > width and not kept[0].text:
        kept.pop(0)
    return kept[:width]


def _positioned(beside: list[Cell], width: int) -> list[tuple[int, Cell]]:
    row = _fitted(beside, width)
    if any(cell.text and cell.number is None and not cell.is_unit for cell in row):
        row = row[
            : next(
                n
                for n, c in enumerate(row)
                if c.text and c.number is None and not c.is_unit
            )
        ]
    return [(n, cell) for n, cell in enumerate(row) if cell.number is not None]


def _in_sequence(following: list[Cell], width: int) -> list[tuple[int, Cell]]:
    """Cells that stand one to a line: sure when none is missing, or by their sum."""
    run: list[Cell] = []
    for cell in following:
        if cell.number is not None or cell.is_unit:  # a dash holds the place of none
            run.append(cell)
        elif cell.text:
            break
    if len(run) >= width:
        row = enumerate(run[:width])
        return [(n, cell) for n, cell in row if cell.number is not None]
    if run and len(slots := _slots(following, run[-1])) == width:
        return [(n, cell) for n, cell in enumerate(slots) if cell.number is not None]
    numbers = [cell.number for cell in run if cell.number is not None]
    if width != _APPLICANTS or len(numbers) < len(run) or not numbers:
        return []
    # Blank cells were lost: the last figure is the total if the others make it up.
    is_total = len(numbers) == 1 or sum(numbers[:-1]) == numbers[-1]
    return [(width - 1, run[-1])] if is_total else []


def _slots(following: list[Cell], last: Cell) -> list[Cell]:
    """The cells up to the last figure, with those that a bar alone leaves empty."""
    return [cell for cell in following if cell.start <= last.start]


def _aligned(
    targets: list[_Target],
    cells: list[Cell],
    is_backed: Callable[[int], bool],
) -> Iterator[tuple[int, _Target]]:
    """(index of the cell, target) in the order of the form.

    A label equal to one that lies ahead wins, the nearest first; else the likest of the
    next rows, where figures follow.
    """
    reached = -1
    known: dict[str, list[_Target]] = {}
    for target in targets:
        known.setdefault(target.core, []).append(target)
    for at, cell in enumerate(cells):
        if not 2 <= len(cell.text) <= 110 or cell.number is not None:
            continue
        name = core(cell.text)
        if len(name) <= _SHORT and at and _is_head(cells[at - 1].text):
            continue
        ahead = [t for t in known.get(name, ()) if t.row > reached]
        if not ahead and at and (joined := _joined_label(cells[at - 1], cell)):
            ahead = [t for t in known.get(joined, ()) if t.row > reached]
        if len(name) < 2 and not ahead:
            continue
        if ahead:
            best = min(ahead, key=lambda t: t.row)
            if best.row - reached > _TAKES or not is_backed(at):
                continue
        else:
            near = _likest(name, targets, reached) if is_backed(at) else None
            if near is None:
                continue
            best = near
        reached = best.row
        yield at, best


_HEADS = re.compile("审结|法律服务|组织|其他结果|结果(?:维持|纠正)")


def _is_head(text: str) -> bool:
    """Whether the columns' headings stand there: 总计 and 其他 are columns as well."""
    return _HEADS.search(text) is not None


def _joined_label(before: Cell, cell: Cell) -> str:
    """The label that two lines make, the first of them broken off."""
    if not before.text or before.number is not None or len(before.text) < 4:
        return ""
    return core(before.text + cell.text)


def _likest(name: str, targets: list[_Target], reached: int) -> _Target | None:
    if len(name) < 5:
        return None
    near = [t for t in targets if reached < t.row <= reached + _AHEAD]
    scored = [
        (SequenceMatcher(None, name, t.core).ratio(), -t.row, t)
        for t in near
        if abs(len(t.core) - len(name)) <= 6
    ]
    if not scored:
        return None
    best = max(scored, key=lambda each: each[:2])
    return best[2] if best[0] >= _ALIKE else None


def _half_width(label: str) -> str:
    return "".join(
        chr(ord(char) - 0xFEE0) if "\uff01" <= char <= "\uff5e" else char
        for char in label
    )
