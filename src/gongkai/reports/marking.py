"""The text of a report with its figures marked, as pieces for a page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

PART = 40_000
"""Characters of a long text on one page."""


@dataclass(frozen=True)
class Mark:
    """A place in the text. ``anchor`` is its name on the page, ``leads_to`` what it
    belongs to; ``state`` is shown by colour and told by ``words``."""

    start: int
    end: int
    anchor: str
    leads_to: str
    state: str
    words: str


@dataclass(frozen=True)
class Piece:
    """Some words in a row. ``mark`` is the first of those that they belong to."""

    text: str
    anchors: tuple[str, ...] = ()
    mark: Mark | None = None


Cell = list[Piece]


@dataclass(frozen=True)
class Block:
    """Lines of text, each of one cell, or rows of a table as a page shows it."""

    is_table: bool
    rows: list[list[Cell]]


def part_of(place: int) -> int:
    """Number of the part, from 1, in which a place of the text stands."""
    return place // PART + 1


def bounds_of(part: int) -> tuple[int, int]:
    return (part - 1) * PART, part * PART


def parts_in(text: str) -> int:
    return max(1, -(-len(text) // PART))


def pieces(text: str, marks: Iterable[Mark], part: int) -> Iterator[Piece]:
    """Of one part of the text. Marks may overlap and reach into the next part.

    An anchor stands where its mark begins, on the part that holds that place.
    """
    first, end_of_part = bounds_of(part)
    last = min(end_of_part, len(text))
    here = sorted(
        (one for one in marks if one.start < last and one.end > first),
        key=lambda one: (one.start, -one.end, one.anchor),
    )
    edges = {first, last}
    for one in here:
        edges |= {max(one.start, first), min(one.end, last)}
    places = sorted(edges)
    begun: list[Mark] = []
    waiting = iter(here)
    coming = next(waiting, None)
    for start, end in zip(places, places[1:], strict=False):
        anchors = []
        while coming is not None and coming.start <= start:
            begun.append(coming)
            if coming.start >= first:
                anchors.append(coming.anchor)
            coming = next(waiting, None)
        begun = [one for one in begun if one.end > start]
        # The innermost: the last that began.
        mark = begun[-1] if begun else None
        yield Piece(text[start:end], tuple(anchors), mark)


def blocks(found: Iterable[Piece]) -> Iterator[Block]:
    """The pieces line by line; lines that the reader wrote with bars as tables."""
    for is_table, lines in groupby(_lines(found), key=_is_row):
        if is_table:
            yield Block(True, [_cells(line) for line in lines])
        else:
            yield Block(False, [[line] for line in lines])


def _lines(found: Iterable[Piece]) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for piece in found:
        first, *others = piece.text.split("\n")
        line.append(replace(piece, text=first))
        for words in others:
            yield line
            # What began with the piece was marked on its first line.
            line = [replace(piece, text=words, anchors=())]
    yield line


def _is_row(line: list[Piece]) -> bool:
    return any(" |" in piece.text or "| " in piece.text for piece in line)


def _cells(line: list[Piece]) -> list[Cell]:
    cells: list[Cell] = [[]]
    for piece in line:
        first, *others = piece.text.split("|")
        cells[-1].append(replace(piece, text=first.strip(" ")))
        cells += [[replace(piece, text=one.strip(" "), anchors=())] for one in others]
    # Each cell is followed by a bar, the last too.
    while len(cells) > 1 and not any(p.text or p.anchors for p in cells[-1]):
        cells.pop()
    return cells
