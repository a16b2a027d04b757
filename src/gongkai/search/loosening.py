"""A query that found nothing, cut into words that are in the index.

People write 残疾人补贴标准 where documents say 残疾人两项补贴的标准. The index
itself tells where words end: pairs of characters across such an end are rare.
"""

from dataclasses import replace
from math import log

from gongkai.search import engines
from gongkai.search.documents import Query
from gongkai.search.engines.base import Match
from gongkai.search.text import canonical
from gongkai.search.words import Word, words_of

SHORTEST, LONGEST = 4, 30  # characters of a word that is worth cutting
_COUNTED = 1_000
_EACH = 1.0  # cost of one more pair


def loosen(query: Query) -> Query | None:
    """The same query with its long words cut; None where that changes nothing.

    To be offered, with its own results, to somebody who found nothing.
    """
    words = words_of(query.text)
    parts = [part for word in words for part in _cut(word.pattern)]
    if len(parts) == len(words):
        return None
    return replace(query, text=" ".join(parts), page=1)


def _cut(pattern: str) -> list[str]:
    if not SHORTEST <= len(pattern) <= LONGEST or "_" in pattern or " " in pattern:
        return [pattern.replace("_", "")]
    # For each number of characters covered: cost, and the words that cover them.
    best: list[tuple[float, list[str]] | None] = [(0.0, [])]
    for end in range(1, len(pattern) + 1):
        best.append(_cover(pattern, end, best) if end > 1 else None)
    found = best[-1]
    return found[1] if found else [pattern]


def _cover(
    pattern: str, end: int, best: list[tuple[float, list[str]] | None]
) -> tuple[float, list[str]] | None:
    """The cheapest way to cover ``end`` characters, its last pair ending there."""
    pair = pattern[end - 2 : end]
    count = _count(pair)
    if not count:
        return None
    cost = _EACH + log(_COUNTED / count)
    ways: list[tuple[float, list[str]]] = []
    if before := best[end - 2]:
        ways.append((before[0] + cost, [*before[1], pair]))
    if (before := best[end - 1]) and before[1]:
        *others, last = before[1]
        ways.append((before[0] + cost, [*others, last + pair[-1]]))
    return min(ways, default=None)


def _count(pair: str) -> int:
    word = Word(canonical(pair), (pair,))
    return engines.current().count(Match((word,)), _COUNTED)
