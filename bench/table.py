"""One way to print a bench's figures, and the size that was asked for."""

import os
import unicodedata
from collections.abc import Sequence


def size(default: int) -> int:
    """SIZE of the environment, or ``default``."""
    return int(os.environ.get("SIZE") or default)


def show(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table; the first column is words, the others are figures."""
    cells = [[str(cell) for cell in row] for row in [columns, *rows]]
    widths = [
        max(_width(cell) for cell in column) for column in zip(*cells, strict=True)
    ]
    print(f"\n{title}")
    for number, row in enumerate(cells):
        first, *others = zip(row, widths, strict=True)
        figures = [" " * (width - _width(cell)) + cell for cell, width in others]
        words = first[0] + " " * (first[1] - _width(first[0]))
        print("  " + "  ".join([words, *figures]).rstrip())
        if number == 0:
            print("  " + "  ".join("-" * width for width in widths))


def _width(text: str) -> int:
    """Columns on the screen: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
