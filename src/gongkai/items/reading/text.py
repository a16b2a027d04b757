"""The body of an item: what HTML it may hold, and its plain text."""

import html as entities
import re
from collections.abc import Iterator

import nh3

from gongkai.items.reading.pieces import Piece, joined

_TAG_NAMES = """
a b blockquote br caption col colgroup dd div dl dt em figcaption figure h1 h2 h3 h4 h5
h6 hr i img li ol p pre s strong sub sup table tbody td tfoot th thead tr u ul
"""
_TAGS = frozenset(_TAG_NAMES.split())
_DROPPED_WHOLE = frozenset({"script", "style", "title", "template", "noscript"})
_NOTE_TAGS = ("a", "li", "sup")
_ATTRIBUTES = {
    "a": {"href", "id"},
    "img": {"src", "alt"},
    "li": {"id"},
    "ol": {"start"},
    "sup": {"id"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_NOTE_ID = re.compile(r"(?:footnote|endnote)(?:-ref)?-\d{1,5}")
_PICTURE_SOURCE = re.compile(r"picture:\d{1,4}|/f/[\w-]{1,80}(?:/[^/\\?#]{1,255})?")
NO_DESCRIPTION = "插图"
_MAX_SPAN = 1000  # the HTML standard's own limit for colspan
# What nh3 writes is regular: quotes in attributes are escaped.
_IMAGE = re.compile(r"<img\b((?:\s[\w-]+(?:=\"[^\"]*\")?)*)\s*/?>")
_TABLE = re.compile(r"<table\b")


def sanitise(html: str) -> str:
    """HTML fit for an item page: structure, safe links, own pictures, nothing else."""
    clean = nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED_WHOLE),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_filtered,
        url_schemes={"http", "https", "mailto", "tel", "picture"},
        link_rel="noopener noreferrer",
    )
    clean = _IMAGE.sub(_with_source, clean)
    # The page's one h1 is the title of the item.
    return clean.replace("<h1>", "<h2>").replace("</h1>", "</h2>")


def with_reachable_tables(html: str) -> str:
    """Sanitised HTML whose tables, wider than a phone, are scrolled by keyboard too."""
    return _TABLE.sub('<table tabindex="0"', html)


def _with_source(image: re.Match[str]) -> str:
    """The picture if its source was let through, nothing otherwise.

    One without a description is at least called a picture to who cannot see it.
    """
    names = re.findall(r"\s([\w-]+)=\"[^\"]*\"", image[1])
    if "src" not in names:
        return ""
    return image[0] if "alt" in names else f'<img{image[1]} alt="{NO_DESCRIPTION}">'


def _filtered(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        fits = _PICTURE_SOURCE.fullmatch(value) and not value.endswith(("/.", "/.."))
        return value if fits else None
    if name == "href":
        return value if _is_good_link(value) else None
    if name == "id":
        return value if tag in _NOTE_TAGS and _NOTE_ID.fullmatch(value) else None
    if name in {"colspan", "rowspan", "start"}:
        fits = value.isascii() and value.isdigit() and len(value) <= 4
        return value if fits and int(value) <= _MAX_SPAN else None
    if name == "scope":
        return value if value in {"row", "col", "rowgroup", "colgroup"} else None
    return value


def _is_good_link(value: str) -> bool:
    if value.startswith("#"):
        return bool(_NOTE_ID.fullmatch(value[1:]))
    if value.lower().startswith("picture:"):
        return False
    # "//elsewhere" looks like a path of ours and is not.
    return not value.replace("\\", "/").startswith("//")


_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:[^>\"]|\"[^\"]*\")*)>")
_ATTRIBUTE = re.compile(r"\b(alt|href)=\"([^\"]*)\"")
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_CELLS = frozenset({"td", "th"})
_INLINE = {"a", "b", "em", "i", "img", "s", "strong", "sub", "sup", "u"}
_BREAKING = _TAGS - _INLINE


def html_to_text(html: str) -> str:
    """Plain text: a line for each paragraph and table row, a tab between cells."""
    return joined(html_pieces(html))


def html_pieces(html: str) -> list[Piece]:
    """The paragraphs and cells of a body, in order, with their places in words."""
    reader = _Reader()
    for is_end, tag, attributes, text in _tokens(html):
        reader.take(is_end, tag, attributes, text)
    reader.finish_block()
    return reader.pieces


def link_targets(html: str) -> list[str]:
    return [
        entities.unescape(value)
        for _, tag, attributes, _ in _tokens(html)
        if tag == "a"
        for name, value in _ATTRIBUTE.findall(attributes)
        if name == "href"
    ]


def _tokens(html: str) -> Iterator[tuple[bool, str, str, str]]:
    """(is an end tag, tag, attributes, "") or (False, "", "", text)."""
    clean = nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED_WHOLE),
        attributes={"img": {"alt"}, "a": {"href"}},
        link_rel=None,
    )
    position = 0
    for found in _TOKEN.finditer(clean):
        if found.start() > position:
            text = entities.unescape(clean[position : found.start()])
            yield False, "", "", text
        yield found[1] == "/", found[2], found[3], ""
        position = found.end()
    if position < len(clean):
        yield False, "", "", entities.unescape(clean[position:])


class _Reader:
    """Puts text into blocks. A cell is one block; breaks inside it stay line breaks."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._words: list[str] = []
        self._paragraphs = 0
        self._tables = 0
        self._open: list[list[int]] = []  # [number, row, cell] of each open table
        self._in_cell = 0
        self._in_caption = False

    def take(self, is_end: bool, tag: str, attributes: str, text: str) -> None:
        if not tag:
            self._words.append(_SPACE.sub(" ", text))
        elif tag == "img":
            alt = dict(_ATTRIBUTE.findall(attributes)).get("alt", "")
            self._words.append(entities.unescape(alt))
        elif tag == "table":
            self._take_table(is_end)
        elif tag in _CELLS and self._open:
            self._take_cell(is_end)
        elif tag == "tr" and self._open:
            self._take_row(is_end)
        elif tag == "caption":
            self.finish_block()
            self._in_caption = not is_end
        elif tag == "br" or (tag in _BREAKING and self._in_cell):
            self._words.append("\n")
        elif tag in _BREAKING:
            self.finish_block()

    def _take_table(self, is_end: bool) -> None:
        self.finish_block()
        if is_end:
            if self._open:
                self._open.pop()
            self._in_cell = len(self._open)
            return
        self._tables += 1
        self._open.append([self._tables, 0, 0])
        self._in_cell = 0

    def _take_row(self, is_end: bool) -> None:
        self.finish_block()
        if is_end and self.pieces:
            last = self.pieces[-1]
            self.pieces[-1] = Piece(last.where, last.text)
        elif not is_end:
            self._open[-1][1] += 1
            self._open[-1][2] = 0

    def _take_cell(self, is_end: bool) -> None:
        if is_end:
            self.finish_block()
            self._in_cell = 0
            return
        self.finish_block()
        self._open[-1][2] += 1
        self._in_cell = 1

    def finish_block(self) -> None:
        lines = "".join(self._words).split("\n")
        self._words.clear()
        text = "\n".join(line.strip(" ") for line in lines if line.strip(" "))
        if not text:
            return
        if self._open and not self._in_caption:
            number, row, cell = self._open[-1]
            where = f"表 {number} 第 {row} 行第 {cell} 格"
            self.pieces.append(Piece(where, text, "\t"))
        elif self._in_caption:
            self.pieces.append(Piece(f"表 {self._tables} 标题", text))
        else:
            self._paragraphs += 1
            self.pieces.append(Piece(f"第 {self._paragraphs} 段", text))
