"""Which row holds the headings, and which column fills which field."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from gongkai.registry.imports.importers import Column
from gongkai.registry.imports.tables import Row
from gongkai.registry.sealing import blind_index

LOOKED_AT = 20
"""Rows among which the headings are looked for: titles and notes stand above them."""
_NOISE = re.compile(r"[\s\W_]+")
_BRACKETS = re.compile(r"[（(].*?[）)]")


def plain(heading: str) -> str:
    """For comparing: no brackets, spaces or signs, one width, one case."""
    narrow = unicodedata.normalize("NFKC", heading)
    return _NOISE.sub("", _BRACKETS.sub("", narrow)).casefold()


def heading_index(heading: str) -> str:
    """What stands for a heading that an agency mapped; "" for an empty one."""
    return blind_index("heading", plain(heading))


def find_header(rows: Sequence[tuple[int, Row]], columns: Sequence[Column]) -> int:
    """Number of the row with the most headings that we know; the first for none."""
    best, most = (rows[0][0] if rows else 1), 0
    for number, row in rows[:LOOKED_AT]:
        known = len(guess(row, columns, {}))
        if known > most:
            best, most = number, known
    return best


def guess(
    headings: Row, columns: Sequence[Column], remembered: Mapping[str, str]
) -> dict[str, int]:
    """Field to column: as the agency mapped it before, else by the words.

    A field is given away once; an exact word goes before one that is only part.
    """
    names = {column.name for column in columns}
    found: dict[str, int] = {}
    taken: set[int] = set()

    def give(field: str, place: int) -> None:
        if field in names and field not in found and place not in taken:
            found[field] = place
            taken.add(place)

    for place, heading in enumerate(headings):
        field = remembered.get(heading_index(heading))
        if field is not None:
            give(field, place)
            # Left out on purpose the last time: not guessed again.
            taken.add(place)
    words = _words(columns)
    for place, heading in enumerate(headings):
        if (field := words.get(plain(heading))) is not None:
            give(field, place)
    for word, field in sorted(words.items(), key=lambda one: -len(one[0])):
        for place, heading in enumerate(headings):
            if len(word) > 1 and word in plain(heading) and len(heading) < 30:
                give(field, place)
    return found


def _words(columns: Sequence[Column]) -> dict[str, str]:
    """Each known heading to its field; the earlier field wins a word named twice."""
    words: dict[str, str] = {}
    for column in columns:
        for word in (str(column.label), *column.aliases):
            words.setdefault(plain(word), column.name)
    words.pop("", None)
    return words
