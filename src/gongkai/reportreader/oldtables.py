"""Rows of tables that no official form knows: those of provinces before 2014.

A row has a label, a unit and this year's figure, often a code and a sum over all years
too. It is read as the sentence that it stands for (当面申请数3件), by the patterns.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gongkai.reportreader.cells import Cell, cells_of
from gongkai.reportreader.claims import Claim, ProseReader
from gongkai.reportreader.lines import Line
from gongkai.reportreader.passages import Passage
from gongkai.reportreader.writing import View

# What a row without words of its own is about: 政府网站 stands under disclosure,
# 信函 under applications.
_DISCLOSED = "主动公开政府信息情况统计表"
_APPLIED = "政府信息公开申请情况统计表"
_LABEL = re.compile(r"[一-龥].*[一-龥]")
_LEADING = re.compile(
    r"^(?:其中:?)?(?:\(?[\d一二三四五六七八九十]{1,2}[\).、]+)?(?:其中:?)?"
)
_UNITS = frozenset({"条", "件", "次", "人次", "人", "个", "元", "万元", "份", "篇"})
_CODE = re.compile(r"\d{2}")
_SHORTEST, _LONGEST = 3, 40
_FEWEST_ROWS = 3
# 本期实际 | 本年累计: the second column is the year's; 2009年度 | 历年累计: the first.
_SECOND_IS_YEAR = re.compile("本期|本月|本季")


@dataclass(frozen=True)
class _Row:
    label: Cell
    unit: Cell
    figures: tuple[Cell, ...]


def read_rows(
    plain: str, lines: Sequence[Line], reader: ProseReader
) -> Iterator[Claim]:
    """The figures of a table by label and unit; none where rows are too few."""
    cells = [cell for cell in cells_of(plain, lines) if cell.text]
    rows = list(_rows(cells))
    if len(rows) < _FEWEST_ROWS:
        return
    head = "".join(cell.text for cell in cells[: cells.index(rows[0].label)][-12:])
    column = 1 if _SECOND_IS_YEAR.search(head) else 0
    topic = _DISCLOSED
    for row in rows:
        if "申请" in row.label.text:
            topic = _APPLIED
        if column < len(row.figures):
            yield from _claims(plain, row, row.figures[column], topic, reader)


def _rows(cells: Sequence[Cell]) -> Iterator[_Row]:
    for at, unit in enumerate(cells):
        if unit.text not in _UNITS or not at or not _is_label(cells[at - 1]):
            continue
        figures = []
        for cell in cells[at + 1 : at + 4]:
            if cell.number is None:
                break
            figures.append(cell)
        has_code = len(figures) > 1 and _CODE.fullmatch(figures[0].text)
        if has_code and figures[0].text.startswith("0"):
            figures = figures[1:]
        if figures:
            yield _Row(cells[at - 1], unit, tuple(figures))


def _is_label(cell: Cell) -> bool:
    fits = _SHORTEST <= len(cell.text) <= _LONGEST
    return fits and cell.number is None and bool(_LABEL.search(cell.text))


def _claims(
    plain: str, row: _Row, figure: Cell, topic: str, reader: ProseReader
) -> Iterator[Claim]:
    passage = Passage(_sentence(plain, row, figure), (topic,))
    for claim in reader.claims(passage):
        yield replace(claim, source="table", row=row.label.text)


def _sentence(plain: str, row: _Row, figure: Cell) -> View:
    """Label, figure and unit as one text; the unit stands where the figure ends."""
    places = [
        n for n in range(row.label.start, row.label.end) if not plain[n].isspace()
    ]
    cut = _LEADING.match(row.label.text)
    places = places[cut.end() if cut else 0 :]
    label = "".join(plain[n] for n in places)
    at = [*places, *range(figure.start, figure.end)]
    at += [figure.end - 1] * len(row.unit.text)
    text = label + plain[figure.start : figure.end] + row.unit.text
    return View(text, at, places[0] if places else figure.start, figure.end)
