"""Words of a query."""

import re
from dataclasses import dataclass

from gongkai.search.text import canonical, is_single, tokens

MAX_CHARACTERS = 200
MAX_WORDS = 12

# Straight, curly and full-width quotation marks.
_QUOTED = re.compile(
    '["\u201c\u201d\uff02]([^"\u201c\u201d\uff02]*)["\u201c\u201d\uff02]'
)
# A comma, point or colon before a digit belongs to a number or a time.
_BETWEEN_WORDS = re.compile(
    r"[\s;!?\u3001\u3002\uff0c\uff1b\uff01\uff1f\u2026]+|[,.:\uff1a](?![0-9])"
)


@dataclass(frozen=True)
class Word:
    """Something that must stand in the text as it is.

    ``pattern`` is a substring of canonical text, ``tokens`` the same, side by side.
    """

    pattern: str
    tokens: tuple[str, ...]


def words_of(text: str) -> tuple[Word, ...]:
    """What must match, each once; empty where nothing can be looked for."""
    patterns: dict[str, None] = {}
    for chunk in _chunks(text[:MAX_CHARACTERS]):
        for pattern in _patterns(chunk):
            patterns[pattern] = None
    return tuple(
        Word(pattern, tuple(tokens(pattern))) for pattern in list(patterns)[:MAX_WORDS]
    )


def _chunks(text: str) -> list[str]:
    chunks: list[str] = []
    for place, part in enumerate(_QUOTED.split(text)):
        chunks += [part] if place % 2 else _BETWEEN_WORDS.split(part)
    return chunks


def _patterns(chunk: str) -> list[str]:
    """The chunk as one phrase, less single characters that punctuation cuts off.

    The index does not hold those beside their neighbours; they must match anywhere.
    """
    segments = canonical(chunk).split()
    cut_off: list[str] = []
    while len(segments) > 1 and is_single(segments[0]):
        cut_off.append(segments.pop(0))
    while len(segments) > 1 and is_single(segments[-1]):
        cut_off.append(segments.pop())
    return [*([" ".join(segments)] if segments else []), *cut_off]
