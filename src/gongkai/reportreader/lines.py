"""The lines of a source text, blank ones left out, each with its place.

A text that lost its line ends is parted again before and behind its chapters' headings.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from gongkai.reportreader.quoting import Quote, quote
from gongkai.reportreader.reading import SourceText

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c]+")
# ... 0 三、收到和处理政府信息公开申请情况 (本列数据: not a form's 一、本年新收 ...
_HEADING_INSIDE = re.compile(
    r"(?<=[\s。;])[一二三四五六七八九十]{1,2}、"
    r"(?!本年新收|上年结转|本年度办理|结转下)[^\s。,;:|\d]{4,36}(?=\s)"
)
_LONG = 200


@dataclass(frozen=True)
class Line:
    """``text`` is folded and stripped; it stands at ``[start, end)``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Page:
    """A source text and its lines."""

    source: SourceText

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(_lines(self.source.folded))

    def quote(self, start: int, end: int) -> Quote:
        return quote(self.source, start, end)

    def quote_line(self, line: Line) -> Quote:
        return quote(self.source, line.start, line.end)


def _lines(folded: str) -> Iterator[Line]:
    for match in _LINE.finditer(folded):
        line = match[0]
        for first, last in _parts(line):
            part = line[first:last]
            ink = part.strip()
            if ink:
                start = match.start() + first + part.index(ink[0])
                yield Line(ink, start, start + len(ink))


def _parts(line: str) -> Iterator[tuple[int, int]]:
    last = 0
    if len(line) > _LONG:
        for heading in _HEADING_INSIDE.finditer(line):
            yield last, heading.start()
            yield heading.span()
            last = heading.end()
    yield last, len(line)
