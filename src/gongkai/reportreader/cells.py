"""The lines of a page as a stream of cells, however a table was flattened.

Bars, tabs and runs of blanks part cells; a line without any of them is one cell, so
that a table whose cells stand one to a line reads the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.reportreader.lines import Line
from gongkai.reportreader.numbers import chinese_value
from gongkai.reportreader.writing import READING

_GAP = re.compile(r"\t+| {2,}")
_BLANK = re.compile(r"\s+")
_CLUTTER = re.compile(rf"\s+|{READING}")
# Two characters that stand alone belong together: 规 章.
_BLANK_IN_TABLE = re.compile(
    r"(?<!\s[\u4e00-\u9fff])\s+|\s+(?![\u4e00-\u9fff](?:\s|$))"
)
_FIGURES_LAST = re.compile(r"(?:^|\s)[+-]?\d[\d,.]*$")
# A whole table of the form on one line.
_TABLE = re.compile(
    r"信息内容|申请人情况|结果 ?维持|统计指标|数 (?:条|件|次|篇|个|人|人次|期) \d"
)
_SPACED = re.compile(r"\s\d[\d.,]*+(?=\s|$)")
_FEWEST = 3
_LONGEST_TABLE = 6_000
_NUMBER = re.compile(
    r"(?P<sign>[+-]|增加?|减少?)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<unit>万元|亿元|元|万|件|条|次|篇|个|人次|人|项|份)?"
)
# -164(职能划转): what a cell says behind its figure.
_NOTE = re.compile(r"(?<=\d)\(.*\)$")
_UNITS = frozenset(
    "条 件 次 篇 个 人 人次 万元 元 - -- / — 项 份 ---- 条(件) 单位 期".split()  # noqa: SIM905
)
_LONGEST = 90


@dataclass(frozen=True)
class Cell:
    """``text`` is in simplified characters without blanks; "" for an empty cell.

    It stands at ``[start, end)`` of the source; ``line`` and ``place`` tell which cell
    of which line it is.
    """

    text: str
    start: int
    end: int
    line: int
    place: int

    @property
    def number(self) -> Decimal | None:
        return cell_number(self.text)

    @property
    def is_unit(self) -> bool:
        return self.text in _UNITS


def cell_number(text: str) -> Decimal | None:
    """The number that a cell is; money in 万元 where the cell says so comes as 元."""
    found = _NUMBER.fullmatch(_NOTE.sub("", text))
    if not found or len(found["digits"]) > 15:
        return Decimal(0) if text == "零" and chinese_value(text) == 0 else None
    value = Decimal(found["digits"].replace(",", ""))
    if (found["unit"] or "").startswith("万"):
        value *= 10_000
    if (found["unit"] or "").startswith("亿"):
        value *= 100_000_000
    if (found["sign"] or "")[:1] in {"-", "减"}:
        value = -value
    return Decimal(int(value)) if value == value.to_integral_value() else value


def has_own_unit(text: str) -> bool:
    return text.endswith(("元", "万"))


def cells_of(plain: str, lines: Sequence[Line]) -> list[Cell]:
    """Every cell of the page; long lines are prose and come as one cell each.

    Where each cell stands on a line with its bar, a bar alone is an empty cell.
    """
    cells: list[Cell] = []
    is_barred = False
    for n, line in enumerate(lines):
        text = plain[line.start : line.end].strip()
        if text == "|" and is_barred:
            cells.append(Cell("", line.start, line.start, n, 0))
            continue
        is_barred = text.endswith("|") and text.strip("| \t") != ""
        cells += _cells(plain, line, n)
    return cells


def _cells(plain: str, line: Line, index: int) -> Iterator[Cell]:
    text = plain[line.start : line.end]
    if "|" in text:
        if text.strip("| \t"):
            spans = _between_bars(text)
            yield from (_cell(text, line, index, *span) for span in enumerate(spans))
        return
    is_table = _is_table(text)
    if len(text) > 400 and not is_table:
        yield _cell(text, line, index, 0, (0, len(text)))
        return
    # 规章 0 0 0: in the text of a PDF file only single blanks part the cells.
    has_figures_last = len(text) < 200 and _FIGURES_LAST.search(text)
    gaps = _BLANK_IN_TABLE if is_table else _BLANK if has_figures_last else _GAP
    start = 0
    for place, gap in enumerate([*gaps.finditer(text), None]):
        end = gap.start() if gap else len(text)
        yield _cell(text, line, index, place, (start, end))
        start = gap.end() if gap else end


def _is_table(text: str) -> bool:
    if len(text) > _LONGEST_TABLE or not _TABLE.search(text):
        return False
    return len(_SPACED.findall(text)) >= _FEWEST


def _between_bars(text: str) -> list[tuple[int, int]]:
    start = 1 if text.startswith("|") else 0
    spans = []
    while (bar := text.find("|", start)) >= 0:
        spans.append((start, bar))
        start = bar + 1
    return [*spans, (start, len(text))] if text[start:].strip() else spans


def _cell(text: str, line: Line, index: int, place: int, span: tuple[int, int]) -> Cell:
    raw = text[span[0] : span[1]]
    ink = raw.strip()
    start = line.start + span[0] + (raw.index(ink) if ink else 0)
    return Cell(_CLUTTER.sub("", ink), start, start + len(ink), index, place)
