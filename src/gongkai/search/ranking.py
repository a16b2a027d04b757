"""Order of what was found: titles and numbers, then how much is said, then age."""

from collections.abc import Sequence
from typing import NamedTuple

IN_HEAD = 3.0
WHOLE_HEAD = 2.0
RECENT = 0.25
# Occurrences at which half of what repetition can give is given.
HALF = 2


class Candidate(NamedTuple):
    """``head`` and ``lead`` are canonical text. They sort by age."""

    published_second: int
    object_id: int
    kind: str
    head: str
    lead: str


def rank(
    patterns: Sequence[str], candidates: Sequence[Candidate]
) -> list[tuple[float, Candidate]]:
    """(score, candidate), the best first; newer first where scores are equal."""
    if not candidates:
        return []
    moments = [one.published_second for one in candidates]
    oldest = min(moments)
    recent = RECENT / (max(moments) - oldest or 1)
    scored = [
        (score(patterns, head, lead) + recent * (moment - oldest), one)
        for one in candidates
        for moment, _, _, head, lead in [one]
    ]
    return sorted(scored, reverse=True)


def score(patterns: Sequence[str], head: str, lead: str) -> float:
    points = 0.0
    covered = 0
    for pattern in patterns:
        if pattern in head:
            points += IN_HEAD
            covered += len(pattern)
        times = lead.count(pattern)
        points += times / (times + HALF)
    # A title that is little else than what was asked for.
    return points + WHOLE_HEAD * min(covered / (len(head) or 1), 1)
