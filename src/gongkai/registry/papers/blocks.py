"""What stands on a paper, in its order."""

import re
from dataclasses import dataclass
from enum import StrEnum

# Not allowed in a Word file at all, whatever somebody pasted.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """The text without the signs that no file may hold."""
    return _FORBIDDEN.sub("", text)


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True)
class Title:
    text: str


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Line:
    text: str


@dataclass(frozen=True)
class TableCell:
    """Rows and columns are counted from nought; a cell may span several of each."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    align: Align = Align.LEFT


@dataclass(frozen=True)
class RuledTable:
    """A rule round every cell. ``weights`` share out the width among the columns;
    the first ``head_rows`` come again on each page."""

    cells: tuple[TableCell, ...]
    weights: tuple[float, ...]
    head_rows: int = 0

    @property
    def height(self) -> int:
        return max(cell.row + cell.rows for cell in self.cells)

    @property
    def width(self) -> int:
        return len(self.weights)


Block = Title | Heading | Line | RuledTable


@dataclass(frozen=True)
class Paper:
    """``title`` is told to the reader's program; ``blocks`` are what is printed."""

    title: str
    blocks: tuple[Block, ...]
