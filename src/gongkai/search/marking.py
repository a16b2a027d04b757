"""Marks in what is shown. Done here: a contentless index holds no text to mark."""

import re
from collections.abc import Iterator, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString

from gongkai.search.documents import Query
from gongkai.search.text import HAN, fold_in_place
from gongkai.search.words import words_of

_MAX_PLACES = 500
_BEFORE = 15  # characters that a snippet shows before its first mark
_FOREIGN = f"(?![{HAN}])[^\\W_]"

# A place: start, end, number of the word.
Place = tuple[int, int, int]


def highlight(text: str, query: Query | str) -> SafeString:
    """The text as HTML, with ``<mark>`` around each word of the query."""
    return _marked(text, list(_places(text, query)))


def snippet(text: str, query: Query | str, length: int = 120) -> SafeString:
    """About ``length`` characters where most of the words stand, marked, as HTML."""
    text = " ".join(text.split())
    places = list(_places(text, query))
    start = max(_best_start(places, length) - _BEFORE, 0)
    start = max(min(start, len(text) - length), 0)
    end = start + length
    shown = [
        (max(first, start) - start, min(last, end) - start, word)
        for first, last, word in places
        if first < end and last > start
    ]
    return SafeString(
        ("…" if start else "")
        + _marked(text[start:end], shown)
        + ("…" if end < len(text) else "")
    )


def _marked(text: str, places: Sequence[Place]) -> SafeString:
    parts: list[str] = []
    done = 0
    for start, end, _ in places:
        parts += [escape(text[done:start]), f"<mark>{escape(text[start:end])}</mark>"]
        done = end
    return SafeString("".join([*parts, escape(text[done:])]))


def _places(text: str, query: Query | str) -> Iterator[Place]:
    words = words_of(query.text if isinstance(query, Query) else query)
    patterns = sorted((word.pattern for word in words), key=len, reverse=True)
    if not patterns:
        return
    search = re.compile("|".join(f"({_regex(pattern)})" for pattern in patterns))
    for number, found in enumerate(search.finditer(fold_in_place(text))):
        if number == _MAX_PLACES:
            return
        yield found.start(), found.end(), found.lastindex or 0


def _regex(pattern: str) -> str:
    """From canonical text to what it may look like in running text."""
    return r"[\W_]+".join(_segment_regex(segment) for segment in pattern.split())


def _segment_regex(segment: str) -> str:
    pieces = segment.split("_")
    parts = [
        # Letters and digits are whole words; Chinese may be spaced out.
        f"(?<!{_FOREIGN}){re.escape(piece)}(?!{_FOREIGN})"
        if place % 2
        else "[ \\t\\0]*".join(map(re.escape, piece))
        for place, piece in enumerate(pieces)
    ]
    return "".join(parts)


def _best_start(places: Sequence[Place], length: int) -> int:
    """Start of the place from which most different words are within ``length``."""
    best, best_count = 0, 0
    for index, (start, _, _) in enumerate(places):
        words = {
            word for _, end, word in places[index : index + 50] if end <= start + length
        }
        if len(words) > best_count:
            best, best_count = start, len(words)
    return best
