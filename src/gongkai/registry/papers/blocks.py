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
    JUSTIFY = "justify"


class Layout(StrEnum):
    """FORM: narrow margins, 第 1 页，共 2 页. LETTER: an official document as of
    GB/T 9704-2012, with — 1 — at its foot."""

    FORM = "form"
    LETTER = "letter"


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
class Run:
    """``size`` in points; a line break in ``text`` is one on the paper.

    ``face`` is told to Word; a PDF is set in the face that comes with it. ``colour``:
    six hex digits, or empty.
    """

    text: str
    size: float = 16
    is_bold: bool = False
    is_underlined: bool = False
    colour: str = ""
    face: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Measures in points. ``first`` indents the first line, below nought it hangs out;
    ``pitch`` leads from one line to the next. ``level``: 1 for a title, 0 for text."""

    runs: tuple[Run, ...]
    align: Align = Align.JUSTIFY
    first: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    pitch: float = 29
    level: int = 0
    keeps_with_next: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True)
class TableCell:
    """Rows and columns are counted from nought; a cell may span several of each.

    ``paragraphs`` stand in place of ``text`` where there are any.
    """

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    align: Align = Align.LEFT
    paragraphs: tuple[Paragraph, ...] = ()


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


Block = Title | Heading | Line | Paragraph | PageBreak | RuledTable


@dataclass(frozen=True)
class Paper:
    """``title`` is told to the reader's program; ``blocks`` are what is printed."""

    title: str
    blocks: tuple[Block, ...]
    layout: Layout = Layout.FORM
    is_numbered: bool = True


def lines_of(paper: Paper) -> list[str]:
    """The words of a paper, a line for each paragraph and row of a table."""
    lines: list[str] = []
    for block in paper.blocks:
        if isinstance(block, RuledTable):
            lines += _rows_of(block)
        elif not isinstance(block, PageBreak):
            lines += block.text.split("\n")
    return lines


def _rows_of(table: RuledTable) -> list[str]:
    rows: dict[int, list[str]] = {}
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        said = "\n".join(one.text for one in cell.paragraphs) or cell.text
        rows.setdefault(cell.row, []).append(" ".join(said.split("\n")))
    return ["　".join(words) for words in rows.values()]
