"""The report's body as headings, paragraphs and table rows, the page's clutter gone."""

import re
from dataclasses import dataclass
from typing import Literal

from gongkai.reportreader.lines import Line, Page
from gongkai.reportreader.metadata import (
    is_clutter,
    is_footer,
    is_metadata,
    read_metadata,
)
from gongkai.reportreader.names import is_organ
from gongkai.reportreader.quoting import Quote, quote
from gongkai.reportreader.reading import SourceText
from gongkai.reportreader.titles import Title, find_title, is_title_line

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
    "本年新收|上年结转|上年度结转|本年度办理结果|结转下年度|统计指标|行政复议数量|行政诉讼数量|举报投诉数量"
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


def paragraphs(source: SourceText) -> list[Block]:
    """The body's blocks in order, without title, metadata, buttons and footers."""
    page = Page(source)
    title = find_title(page, read_metadata(page))
    return blocks_of(page, title)


def blocks_of(page: Page, title: Title | None) -> list[Block]:
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


def _body(page: Page, title: Title | None) -> list[int]:
    """Indices of the lines that are the report's own."""
    lines = page.lines
    first = next((n for n, line in enumerate(lines) if _is_substance(line)), 0)
    last = max((n for n, line in enumerate(lines) if _is_ending(page, n)), default=-1)
    return [
        n
        for n, line in enumerate(lines)
        if not (n < first and _is_around(line, title, n))
        and not (n > last and _is_below(line))
        and not (n < first + 1 and title and line.start < title.end and n != first)
    ]


def _is_substance(line: Line) -> bool:
    """Where the text begins: its first heading or its first whole sentence."""
    if is_metadata(line) or is_clutter(line) or is_title_line(line):
        return False
    return bool(heading_level(line)) or len(line.text) >= _PROSE


def _is_ending(page: Page, index: int) -> bool:
    line = page.lines[index]
    if "|" in line.text and not is_clutter(line):
        return True
    return _is_substance(line) and not is_footer(line)


def _is_around(line: Line, title: Title | None, index: int) -> bool:
    if is_metadata(line) or is_clutter(line) or is_title_line(line):
        return True
    in_title = title is not None and title.start <= line.start < title.end
    over_title = title is not None and line.end <= title.start
    return in_title or (over_title and is_organ(line.text.replace(" ", "")))


def _is_below(line: Line) -> bool:
    return is_metadata(line) or is_clutter(line) or is_footer(line)


def _is_row(page: Page, index: int) -> bool:
    line = page.lines[index]
    if "|" in line.text:
        return len(_bar_cells(line)) >= 2
    near = page.lines[max(0, index - 1) : index + 2]
    return (
        len(_gap_cells(line)) >= 2 and sum(len(_gap_cells(n)) >= 2 for n in near) >= 2
    )


def _bar_cells(line: Line) -> list[tuple[int, int]]:
    """The spans between bars; a bar at either end closes a cell, it opens none."""
    spans = []
    start = 1 if line.text.startswith("|") else 0
    while (bar := line.text.find("|", start)) >= 0:
        spans.append((start, bar))
        start = bar + 1
    return [*spans, (start, len(line.text))] if line.text[start:].strip() else spans


def _gap_cells(line: Line) -> list[tuple[int, int]]:
    if len(line.text) > 400:
        return []
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
    return quote(page.source, line.start + start + left, line.start + start + right)
