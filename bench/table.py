"""The one table that a run prints, and the size that was asked for."""

import os
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

COLUMNS = ("what", "figure", "baseline", "which baseline", "ratio", "target", "")
RIGHT = frozenset({1, 2, 4})


@dataclass(frozen=True)
class Row:
    """A figure beside a baseline of the same run; ``is_met`` only with a target."""

    what: str
    figure: str
    baseline: str = ""
    which: str = ""
    ratio: str = ""
    target: str = ""
    is_met: bool | None = None

    @property
    def cells(self) -> list[str]:
        verdict = {True: "met", False: "MISSED", None: ""}[self.is_met]
        return [
            *(self.what, self.figure, self.baseline, self.which, self.ratio),
            *(self.target, verdict),
        ]


def size(default: int) -> int:
    """SIZE of the environment, or ``default``."""
    return int(os.environ.get("SIZE") or default)


def say(words: str) -> None:
    """Progress, beside what is printed at the end."""
    sys.stderr.write(f"bench: {words}\n")
    sys.stderr.flush()


def show(title: str, rows: Sequence[Row]) -> None:
    cells = [list(COLUMNS), *(row.cells for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    print(f"\n{title}\n")
    for number, row in enumerate(cells):
        print("  ".join(map(_padded, range(len(widths)), row, widths)).rstrip())
        if number == 0:
            print("  ".join("-" * width for width in widths))


def _padded(place: int, cell: str, width: int) -> str:
    blank = " " * (width - _width(cell))
    return blank + cell if place in RIGHT else cell + blank


def _width(text: str) -> int:
    """Columns on the screen: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
