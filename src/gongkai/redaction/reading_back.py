"""A rebuilt file read back: nothing in it but page pictures, black where it must be.

Independent of how the file was made: its bytes are read with a list of what may be
there, and its pages are rendered anew.
"""

import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pikepdf
from PIL import Image, ImageChops, ImageDraw

from gongkai.redaction import pdfium
from gongkai.redaction.boxes import Box
from gongkai.redaction.encoding import unpacked
from gongkai.redaction.images import jpeg_traces
from gongkai.redaction.pages import Size
from gongkai.redaction.painting import paint
from gongkai.redaction.traces import Kind, Trace, refuse_if_any

CATALOG = {"/Type", "/Pages"}
TRAILER = {"/Root", "/Size", "/ID"}
TREE = {"/Type", "/Kids", "/Count"}
PAGE = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
IMAGE = {
    *("/Type", "/Subtype", "/Width", "/Height", "/ColorSpace"),
    *("/BitsPerComponent", "/Filter", "/DecodeParms", "/Length"),
}
CLOSE = 1.0
"""Points by which a page may differ from its source's."""
DARK = 24
"""The lightest that a box may be, where no word and no edge is near."""
NEAR = 96
"""How far a dot of a box may be from what was painted; JPEG rings at edges."""
EDGE = 8
"""Dots of an edge or a word that ringing reaches."""


def drawing(width: float, height: float) -> bytes:
    """The only contents that a page may have: its picture, as large as it is."""
    return f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /P Do Q".encode()


def check(
    data: bytes,
    sizes: Sequence[Size],
    boxes: Mapping[int, list[Box]],
    tell: Callable[[int], None] = lambda done: None,
) -> None:
    """Raises TracesFound. ``sizes`` are the source's, ``boxes`` by page."""
    refuse_if_any(_structure(data))
    dots = _dots(data)
    if len(dots) != len(sizes):
        refuse_if_any([Trace(Kind.PAGES)])
    with pdfium.document(data) as opened:
        for index, (wide, size) in enumerate(zip(dots, sizes, strict=True)):
            number = index + 1
            refuse_if_any(_shown(opened, index, wide, size, boxes.get(number, [])))
            tell(number)


# What is in the bytes


def _structure(data: bytes) -> Iterator[Trace]:
    yield from _outline(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if not set(pdf.trailer.keys()) <= TRAILER:
            yield Trace(Kind.METADATA, place="trailer")
        if not set(pdf.Root.keys()) <= CATALOG:
            yield Trace(Kind.UNKNOWN_PART, place="catalog")
        if not set(pdf.Root.Pages.keys()) <= TREE:
            yield Trace(Kind.UNKNOWN_PART, place="pages")
        known = {pdf.Root.objgen, pdf.Root.Pages.objgen}
        for number, page in enumerate(pdf.pages, 1):
            yield from _page(page.obj, number, known)
        for found in pdf.objects:
            if found is not None and found.objgen not in known:
                yield Trace(Kind.UNREFERENCED, place=str(found.objgen[0]))


def _outline(data: bytes) -> Iterator[Trace]:
    """One header, one revision, nothing before, between the objects or after."""
    if data.count(b"startxref") != 1 or data.count(b"%%EOF") != 1:
        yield Trace(Kind.REVISIONS)
    if not data.startswith(b"%PDF-1.") or not data.endswith(b"%%EOF\n"):
        yield Trace(Kind.STRAY_BYTES)


def _page(page: Any, number: int, known: set[tuple[int, int]]) -> Iterator[Trace]:
    resources = page.get("/Resources", {})
    pictures = resources.get("/XObject", {})
    is_plain = (
        set(page.keys()) <= PAGE
        and set(resources.keys()) == {"/XObject"}
        and set(pictures.keys()) == {"/P"}
        and isinstance(page.Contents, pikepdf.Stream)
        and set(page.Contents.keys()) <= {"/Length"}
    )
    if not is_plain:
        yield Trace(Kind.UNKNOWN_PART, number)
        return
    _x, _y, width, height = (float(side) for side in page.MediaBox)
    if page.Contents.read_raw_bytes() != drawing(width, height):
        yield Trace(Kind.UNKNOWN_PART, number, "contents")
    known.update({page.objgen, page.Contents.objgen, pictures.P.objgen})
    if not set(pictures.P.keys()) <= IMAGE or not _is_whole(pictures.P):
        yield Trace(Kind.UNKNOWN_PART, number, "picture")


def _is_whole(picture: Any) -> bool:
    """A picture of its size, with nothing behind its end."""
    raw, way = bytes(picture.read_raw_bytes()), str(picture.Filter)
    if way == "/DCTDecode":
        return not list(jpeg_traces(raw))
    if way == "/FlateDecode":
        row = (int(picture.Width) * int(picture.BitsPerComponent) + 7) // 8 + 1
        try:
            return len(unpacked(raw)) == row * int(picture.Height)
        except zlib.error:
            return False
    # The end-of-block mark, with at most seven bits behind it to fill its byte.
    return way == "/CCITTFaxDecode" and _ends_block(raw)


def _ends_block(raw: bytes) -> bool:
    bits = f"{int.from_bytes(raw[-5:], 'big'):040b}"
    return re.search("0000000000010000000000010{0,7}$", bits) is not None


# What is on the pages


def _dots(data: bytes) -> list[int]:
    """How many dots the picture of each page is wide."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [int(page.Resources.XObject.P.Width) for page in pdf.pages]


def _shown(
    opened: Any, index: int, wide: int, size: Size, boxes: list[Box]
) -> Iterator[Trace]:
    number = index + 1
    with pdfium.page(opened, index) as page:
        text = page.get_textpage()
        if text.count_chars():
            yield Trace(Kind.TEXT, number)
        text.close()
        width, height = page.get_size()
        if not (_are_close(width, size[0]) and _are_close(height, size[1])):
            yield Trace(Kind.PAGES, number)
        if not boxes:
            return
        # A hair less than whole dots: the renderer rounds up.
        bitmap = page.render(scale=(wide - 0.01) / width, grayscale=True)
        picture = bitmap.to_pil().convert("L")
    if not are_black(picture, boxes):
        yield Trace(Kind.NOT_BLACK, number)


def _are_close(one: float, other: float) -> bool:
    return abs(one - other) <= max(CLOSE, other / 1000)


def are_black(picture: Image.Image, boxes: Sequence[Box]) -> bool:
    """Whether the boxes show black and their own words, and nothing else."""
    expected = Image.new("L", picture.size, 0)
    paint(expected, boxes)
    whole = Image.new("L", picture.size, 0)
    within = Image.new("L", picture.size, 0)
    for box in boxes:
        left, top, right, bottom = box.pixels(picture.size)
        _fill(whole, (left + 1, top + 1, right - 1, bottom - 1))
        _fill(within, (left + EDGE, top + EDGE, right - EDGE, bottom - EDGE))
    words = expected.getbbox()
    if words is not None:
        within = ImageChops.subtract(within, _grown(expected))
    off = ImageChops.multiply(ImageChops.difference(picture, expected), whole)
    light = ImageChops.multiply(picture, within)
    return _most(off) <= NEAR and _most(light) <= DARK


def _grown(words: Image.Image) -> Image.Image:
    """White where a word is or its ringing reaches."""
    small = words.reduce(EDGE).point(lambda v: 255 if v else 0)
    wide = Image.new("L", (small.width + 2, small.height + 2), 0)
    for x in range(3):
        for y in range(3):
            wide.paste(255, (x, y), small)
    wide = wide.crop((1, 1, small.width + 1, small.height + 1))
    grown = wide.resize((small.width * EDGE, small.height * EDGE), 0)
    return grown.crop((0, 0, *words.size))


def _fill(mask: Image.Image, place: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = place
    if right > left and bottom > top:
        ImageDraw.Draw(mask).rectangle((left, top, right - 1, bottom - 1), fill=255)


def _most(picture: Image.Image) -> int:
    return int(picture.getextrema()[1])  # type: ignore[arg-type]
