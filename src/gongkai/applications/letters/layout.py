"""A built-in text as the Word file of an official document (GB/T 9704-2012)."""

from collections.abc import Iterator
from functools import lru_cache

from gongkai.applications.letters.kinds import Kind
from gongkai.registry.papers import (
    Align,
    Block,
    Layout,
    PageBreak,
    Paper,
    Paragraph,
    RuledTable,
    Run,
    TableCell,
    word,
)

TITLE_SIZE, TEXT_SIZE, CELL_SIZE = 22, 16, 12
TITLE_FACE = "方正小标宋简体"
TITLE_PITCH, PITCH, CELL_PITCH = 34, 29, 18
LABEL_WEIGHT, VALUE_WEIGHT = 1, 2
COLUMNS = 4
MARKS = ("# ", "^ ", "@ ", "> ", "| ")


@lru_cache(maxsize=128)
def default_template(kind: Kind) -> bytes:
    """The built-in Word file, with its fields, to fill or to edit."""
    return word(Paper(kind.title, tuple(_blocks(kind.text)), Layout.LETTER))


def _blocks(text: str) -> Iterator[Block]:
    rows: list[list[str]] = []
    is_signature = False
    for line in text.splitlines():
        if line.startswith("| "):
            rows.append([cell.strip() for cell in line[2:].split(" | ")])
            continue
        if rows:
            yield _table(rows)
            rows = []
        if line == "---":
            yield PageBreak()
        elif line:
            begins_signature = line.startswith("> ") and not is_signature
            yield _paragraph(line, PITCH if begins_signature else 0)
        is_signature = line.startswith("> ")
    if rows:
        yield _table(rows)


def _paragraph(line: str, before: float) -> Paragraph:
    mark, words = (line[:2], line[2:]) if line.startswith(MARKS) else ("", line)
    match mark:
        case "# ":
            run = Run(words, TITLE_SIZE, face=TITLE_FACE)
            return Paragraph(
                (run,),
                Align.CENTER,
                after=PITCH,
                pitch=TITLE_PITCH,
                level=1,
                keeps_with_next=True,
            )
        case "^ ":
            return Paragraph((Run(words, TEXT_SIZE),), Align.CENTER, after=PITCH / 2)
        case "@ ":
            return Paragraph((Run(words, TEXT_SIZE),), Align.LEFT)
        case "> ":
            # Two signs of room at the right edge; the two lines stay together.
            return Paragraph(
                (Run(words, TEXT_SIZE),),
                Align.RIGHT,
                right=2 * TEXT_SIZE,
                before=before,
                keeps_with_next=bool(before),
            )
    return Paragraph((Run(words, TEXT_SIZE),), first=2 * TEXT_SIZE)


def _table(rows: list[list[str]]) -> RuledTable:
    """Labels and values by turns; a row's last value takes what is left."""
    cells = []
    for number, words in enumerate(rows):
        for column, text in enumerate(words):
            is_last = column == len(words) - 1
            paragraph = Paragraph((Run(text, CELL_SIZE),), Align.LEFT, pitch=CELL_PITCH)
            cells.append(
                TableCell(
                    number,
                    column,
                    text,
                    columns=COLUMNS - column if is_last else 1,
                    paragraphs=(paragraph,),
                )
            )
    weights = (LABEL_WEIGHT, VALUE_WEIGHT) * (COLUMNS // 2)
    return RuledTable(tuple(cells), weights)
