"""The lines of a source text, blank ones left out, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from gongkai.reportreader.quoting import Quote, quote
from gongkai.reportreader.reading import SourceText

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c]+")


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
        ink = match[0].strip()
        if ink:
            start = match.start() + match[0].index(ink[0])
            yield Line(ink, start, start + len(ink))
