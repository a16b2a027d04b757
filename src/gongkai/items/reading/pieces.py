"""Text that knows the place it was read from."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """A paragraph, a cell or a page, with its place in words.

    ``after`` is the one character that follows it in running text.
    """

    where: str
    text: str
    after: str = "\n"


def joined(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text + piece.after for piece in pieces).rstrip("\n\t")
