"""Anchors in a body at the places that findings name, so that a click leads there."""

import re
from collections.abc import Iterable

from gongkai.items.reading.text import html_pieces

IN_BODY = "正文 "
_BLOCK = re.compile(
    r"<(?:p|h[1-6]|li|td|th|caption|blockquote|dt|dd|pre|div|figcaption)\b[^>]*>"
)
_ID = re.compile(r'\sid="([^"]+)"')


def with_anchors(body: str, places: Iterable[str]) -> tuple[str, dict[str, str]]:
    """The sanitised body with its named places marked, and the anchor of each place.

    A place is called as the inspection calls it: ``正文 第 2 段``. One that is not in
    the body has no anchor.
    """
    wheres = [f"{IN_BODY}{piece.where}" for piece in html_pieces(body)]
    starts = [found.start() for found in _BLOCK.finditer(body)]
    anchors: dict[str, str] = {}
    marks: dict[int, str] = {}
    for place in dict.fromkeys(places):
        # "正文 第 2 段 起" stands for the rest of a long series.
        where = place.removesuffix(" 起")
        if where not in wheres:
            continue
        at = _start_of(body, starts, wheres.index(where))
        if at is not None:
            anchors[place] = marks.setdefault(at, f"place-{len(marks) + 1}")
    return _marked(body, marks, anchors), anchors


def _start_of(body: str, starts: list[int], piece: int) -> int | None:
    """The last block that begins before the piece's own text does."""
    low, high = 0, len(starts)
    while low < high:
        middle = (low + high) // 2
        if len(html_pieces(body[: starts[middle]])) <= piece:
            low = middle + 1
        else:
            high = middle
    return starts[low - 1] if low else None


def _marked(body: str, marks: dict[int, str], anchors: dict[str, str]) -> str:
    for at in sorted(marks, reverse=True):
        end = body.index(">", at) + 1
        tag = body[at:end]
        known = _ID.search(tag)
        if known is not None:
            # A footnote keeps the name that its reference leads to.
            for place, anchor in anchors.items():
                if anchor == marks[at]:
                    anchors[place] = known[1]
            changed = tag[:-1] + ' class="place">'
        else:
            changed = tag[:-1] + f' class="place" id="{marks[at]}">'
        body = body[:at] + changed + body[end:]
    return body
