"""The report's body as headings, paragraphs and table rows, the page's clutter gone."""

import re
from dataclasses import dataclass
from typing import Literal

from gongkai.reportreader.dates import find_dates
from gongkai.reportreader.lines import Line, Page
from gongkai.reportreader.metadata import is_clutter, is_footer, is_metadata
from gongkai.reportreader.quoting import Quote
from gongkai.reportreader.titles import is_title_line

BlockKind = Literal["heading", "paragraph", "row"]

_CN = "一二三四五六七八九十"
_HEADINGS = (
    (
        1,
        re.compile(
            rf"(?:[{_CN}]{{1,3}} ?[、.,]|[{_CN}]{{1,3}} +(?=\S)|第[{_CN}]{{1,3}}[章部])"
        ),
    ),
    (2, re.compile(rf"(?:\( ?[{_CN}]{{1,3}} ?\)|第[{_CN}]{{1,3}}节)")),
    (3, re.compile(r"(?:\d{1,2} ?[、.](?!\d)|\( ?\d{1,2} ?\))")),
)
_BARE_HEADING = re.compile("(?:概 ?述|引 ?言|前 ?言|附 ?[件录表])[\\d一二三四]?$")
# Rows of the forms of 2019 and 2021 that are numbered like chapters.
_FORM_ROW = re.compile(
    "本年新收|上年结转|上年度结转|本年度办理结果|结转下年度|统计指标"
    "|行政复议数量|行政诉讼数量|举报投诉数量"
)
_LONGEST_HEADING = 50
_LONGEST_CELL = 60
_GAP = re.compile(r"\t+| {2,}")
_PROSE = 50


@dataclass(frozen=True)
class Block:
    """A piece of the body. ``level`` is 1 to 3 for headings; ``cells`` are a row's."""

    kind: BlockKind
    text: str
    start: int
    end: int
    level: int = 0
    cells: tuple[Quote, ...] = ()


def blocks_of(page: Page, title: Quote | None) -> list[Block]:
    """The body in order, without the title, metadata, buttons and footers."""
    kept = _body(page, title)
    rows = {n for n in kept if _is_row(page, n)}
    return [_block(page, n, in_table=n in rows) for n in kept]


def heading_level(line: Line) -> int:
    """1 for 一、, 2 for (一), 3 for 1.; 0 for what is no heading by itself."""
    text = line.text
    if len(text) > _LONGEST_HEADING or re.search(r"[。;!?|]|[,:、]$", text):
        return 0
    if _FORM_ROW.search(text):
        return 0
    if _BARE_HEADING.match(text):
        return 1
    for level, pattern in _HEADINGS:
        numbered = pattern.match(text)
        if numbered and numbered.end() < len(text):
            return level
    return 0


def _body(page: Page, title: Quote | None) -> list[int]:
    """Indices of the lines that are the report's own."""
    lines = page.lines
    numbers = range(len(lines))
    first = next((n for n in numbers if _is_substance(lines[n])), len(lines))
    last = max((n for n in numbers if _is_ending(lines[n])), default=-1)
    return [
        n
        for n, line in enumerate(lines)
        if not (n < first and _is_above(line, title))
        and not (n > last and _is_below(line))
        and not (title and title.start <= line.start < title.end)
    ]


def _is_substance(line: Line) -> bool:
    """Where the text begins: its first heading or its first whole sentence."""
    if is_metadata(line) or is_clutter(line) or is_title_line(line):
        return False
    return bool(heading_level(line)) or len(line.text) >= _PROSE


def _is_ending(line: Line) -> bool:
    """Where the text may end: in a table, or with what it could begin with."""
    if "|" in line.text and not _is_button(line):
        return True
    return _is_substance(line) and not is_footer(line)


def _is_above(line: Line, title: Quote | None) -> bool:
    if title and line.start < title.start:
        return True
    return is_metadata(line) or _is_button(line) or is_title_line(line)


def _is_below(line: Line) -> bool:
    if find_dates(line.text) and not is_metadata(line):
        return False  # The day of the signature, though it is all figures and marks.
    return is_metadata(line) or _is_button(line) or is_footer(line)


def _is_button(line: Line) -> bool:
    """Clutter, but no row of a table with nothing but figures in it."""
    return is_clutter(line) and not re.search(r"\d.*\||\|.*\d", line.text)


def _is_row(page: Page, index: int) -> bool:
    """Two cells between bars, or two parted by gaps with the like on a line beside.

    The last row of a table may be one cell with a bar behind it.
    """
    line = page.lines[index]
    before = page.lines[max(0, index - 1) : index]
    beside = (*before, *page.lines[index + 1 : index + 2])
    if "|" in line.text:
        return any(len(_bar_cells(each)) >= 2 for each in (line, *before))
    if len(_gap_cells(line)) < 2:
        return False
    return any(len(_gap_cells(each)) >= 2 for each in beside)


def _bar_cells(line: Line) -> list[tuple[int, int]]:
    """The spans between bars; a bar at either end closes a cell, it opens none."""
    spans = []
    start = 1 if line.text.startswith("|") else 0
    while (bar := line.text.find("|", start)) >= 0:
        spans.append((start, bar))
        start = bar + 1
    return [*spans, (start, len(line.text))] if line.text[start:].strip() else spans


def _gap_cells(line: Line) -> list[tuple[int, int]]:
    spans = []
    start = 0
    for gap in _GAP.finditer(line.text):
        spans.append((start, gap.start()))
        start = gap.end()
    spans.append((start, len(line.text)))
    short = all(end - begin <= _LONGEST_CELL for begin, end in spans)
    return spans if short else []


def _block(page: Page, index: int, *, in_table: bool) -> Block:
    line = page.lines[index]
    text = page.source.text[line.start : line.end]
    if in_table:
        spans = _bar_cells(line) if "|" in line.text else _gap_cells(line)
        cells = tuple(_cell(page, line, start, end) for start, end in spans)
        return Block("row", text, line.start, line.end, cells=cells)
    level = heading_level(line)
    kind: BlockKind = "heading" if level else "paragraph"
    return Block(kind, text, line.start, line.end, level)


def _cell(page: Page, line: Line, start: int, end: int) -> Quote:
    raw = line.text[start:end]
    left = len(raw) - len(raw.lstrip())
    right = max(left, len(raw.rstrip()))
    return page.quote(line.start + start + left, line.start + start + right)
