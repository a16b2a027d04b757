"""Words of the text with their place in it."""

from dataclasses import dataclass

from gongkai.reportreader.reading import SourceText


@dataclass(frozen=True)
class Quote:
    """``text`` stands at ``[start, end)`` of the source text, counted in characters."""

    text: str
    start: int
    end: int


def quote(source: SourceText, start: int, end: int) -> Quote:
    return Quote(source.text[start:end], start, end)
