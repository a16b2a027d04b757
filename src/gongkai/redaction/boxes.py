"""The part of a page that is withheld, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, isfinite

from gongkai.redaction.exceptions import BadBox

SLACK = 1e-6


@dataclass(frozen=True)
class Box:
    """In fractions of the page as it is shown, from its left upper corner.

    ``page`` counts from 1. ``word`` stands white on the box where it fits.
    """

    page: int
    left: float
    top: float
    width: float
    height: float
    ground: str = ""
    word: str = ""

    def __post_init__(self) -> None:
        sides = (self.left, self.top, self.width, self.height)
        if not all(map(isfinite, sides)) or min(sides) < 0 or self.page < 1:
            raise BadBox(self.page)
        if not self.width or not self.height:
            raise BadBox(self.page)
        if max(self.left + self.width, self.top + self.height) > 1 + SLACK:
            raise BadBox(self.page)

    def pixels(self, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """Left, top, right, bottom, the last two outside; no pixel is half covered."""
        width, height = size
        right = min(width, ceil((self.left + self.width) * width))
        bottom = min(height, ceil((self.top + self.height) * height))
        left, top = floor(self.left * width), floor(self.top * height)
        return min(left, right - 1), min(top, bottom - 1), right, bottom


def by_page(boxes: Iterable[Box], pages: int) -> dict[int, list[Box]]:
    """Raises BadBox for one on a page that is not there."""
    found: dict[int, list[Box]] = {}
    for box in boxes:
        if box.page > pages:
            raise BadBox(box.page)
        found.setdefault(box.page, []).append(box)
    return found
