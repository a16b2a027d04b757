"""What stands on a page and cannot be seen there: found by looking.

A page is rendered as it is and without its text. Where a character changes no dot, it
is there for machines only: white on white, under a box or a picture, without ink. The
same with pictures, put black and white: where the page does not change, it is covered.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pikepdf
import pypdfium2.raw as raw
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from gongkai.redaction import pdfium
from gongkai.redaction.pages import scale_for
from gongkai.redaction.traces import Kind, Trace

Tell = Callable[[int, int], None]
DPI = 100
FAINT = 20
"""A change of a dot that the eye does not see on paper."""
COVERED = 9
"""Side in dots of a square of a picture that is covered: a character's size."""
OUTSIDE = 2.0
"""Points by which something may reach over the edge of its page."""
SAME_PLACE = 0.6
_SHOWING = {"Tj", "TJ", "'", '"'}
_INVISIBLE = (3, 7)
"""Render modes: no ink; used as a clip only."""


def unseen(data: bytes, tell: Tell | None = None) -> Iterator[Trace]:
    """Page by page; the file is one that pikepdf and PDFium open."""
    bare = _without_text(data)
    black, white = _with_pictures(data, 0), _with_pictures(data, 255)
    with (
        pdfium.document(data) as shown,
        pdfium.document(bare) as without,
        pdfium.document(black) as dark,
        pdfium.document(white) as light,
    ):
        with pdfium.ONE_AT_A_TIME:
            count = len(shown)
        for index in range(count):
            views = [_view(one, index) for one in (shown, without, dark, light)]
            yield from _of_page(shown, index, views)
            if tell is not None:
                tell(index + 1, count)


def _view(opened: Any, index: int) -> Image.Image:
    with pdfium.page(opened, index) as page:
        bitmap = page.render(
            scale=scale_for(page.get_size(), DPI), rev_byteorder=True, draw_annots=False
        )
        return bitmap.to_pil().convert("RGB").copy()


def _of_page(opened: Any, index: int, views: list[Image.Image]) -> Iterator[Trace]:
    number = index + 1
    ink = _changed(views[0], views[1])
    with pdfium.page(opened, index) as page:
        box = page.get_bbox()
        letters = list(_letters(page))
        pictures = list(_pictures(page))
        if any(mode in _INVISIBLE for mode in _modes(page)):
            yield Trace(Kind.HIDDEN_TEXT, number)
        place = _Placed(page, ink.size)
    if any(_is_outside(letter, box) for letter in letters):
        yield Trace(Kind.OFF_PAGE, number)
    within = [one for one in letters if not _is_outside(one, box)]
    if any(_is_blank(ink, place.of(letter)) for letter in within):
        yield Trace(Kind.HIDDEN_TEXT, number)
    if _stand_on_one_another(within):
        yield Trace(Kind.HIDDEN_TEXT, number)
    if any(_reaches_out(picture, box) for picture in pictures):
        yield Trace(Kind.OFF_PAGE, number)
    if _is_covered(_changed(views[2], views[3]), pictures, place):
        yield Trace(Kind.COVERED_PICTURE, number)


def _changed(one: Image.Image, other: Image.Image) -> Image.Image:
    """White where a reader sees a difference."""
    red, green, blue = ImageChops.difference(one, other).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most.point(lambda v: 255 if v > FAINT else 0)


# Text

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


def _letters(page: Any) -> Iterator[Rect]:
    text = page.get_textpage()
    try:
        for index in range(text.count_chars()):
            sign = raw.FPDFText_GetUnicode(text, index)
            if raw.FPDFText_IsGenerated(text, index) == 1 or _is_space(sign):
                continue
            with suppress(Exception):
                yield text.get_charbox(index)
    finally:
        text.close()


def _is_space(sign: int) -> bool:
    return sign < 0x20 or chr(sign).isspace() or sign in {0xAD, 0xFEFF, 0x200B}


def _modes(page: Any) -> Iterator[int]:
    for found in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=8):
        yield raw.FPDFTextObj_GetTextRenderMode(found)


class _Placed:
    """From points of the page to dots of its picture, also where it is turned."""

    def __init__(self, page: Any, size: tuple[int, int]) -> None:
        self._corners: dict[Rect, tuple[int, int, int, int]] = {}
        self._size = size
        left, bottom, right, top = page.get_bbox()
        self._origin, self._turn = (left, bottom), page.get_rotation() % 360
        self._wide, self._high = right - left, top - bottom

    def of(self, rect: Rect) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        ends = [self._point(rect[0], rect[1]), self._point(rect[2], rect[3])]
        xs, ys = sorted(end[0] for end in ends), sorted(end[1] for end in ends)
        return int(xs[0]), int(ys[0]), int(xs[1]) + 1, int(ys[1]) + 1

    def _point(self, x: float, y: float) -> tuple[float, float]:
        across = (x - self._origin[0]) / self._wide
        down = 1 - (y - self._origin[1]) / self._high
        turned = {
            0: (across, down),
            90: (1 - down, across),
            180: (1 - across, 1 - down),
            270: (down, 1 - across),
        }[self._turn]
        return turned[0] * self._size[0], turned[1] * self._size[1]


def _is_outside(rect: Rect, box: Rect) -> bool:
    x, y = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
    return not (
        box[0] - OUTSIDE <= x <= box[2] + OUTSIDE
        and box[1] - OUTSIDE <= y <= box[3] + OUTSIDE
    )


def _is_blank(ink: Image.Image, place: tuple[int, int, int, int]) -> bool:
    left, top, right, bottom = place
    area = (max(0, left - 1), max(0, top - 1), right + 1, bottom + 1)
    return ink.crop(area).getextrema()[1] == 0


def _stand_on_one_another(letters: list[Rect]) -> bool:
    """Two letters on nearly the same place are not both read.

    On the very same place stand the letters of one sign, such as fi, and what is drawn
    twice to be bold.
    """
    columns: dict[int, list[Rect]] = {}
    for one in dict.fromkeys(letters):
        if one[2] - one[0] < 1 or one[3] - one[1] < 1:
            continue
        middle = int((one[0] + one[2]) / 2 // 12)
        for column in (middle - 1, middle, middle + 1):
            if any(
                _share(one, other) > SAME_PLACE for other in columns.get(column, ())
            ):
                return True
        columns.setdefault(middle, []).append(one)
    return False


def _share(one: Rect, other: Rect) -> float:
    """Of the smaller one's area, how much both cover."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    if wide <= 0 or high <= 0:
        return 0
    areas = [(rect[2] - rect[0]) * (rect[3] - rect[1]) for rect in (one, other)]
    return wide * high / min(areas)


def _without_text(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            kept = _kept(page)
            if kept is not None:
                page.Contents = pdf.make_stream(kept)
        for found in list(pdf.objects):
            is_form = isinstance(found, pikepdf.Stream) and (
                found.get("/Subtype") == "/Form" or "/PatternType" in found
            )
            kept = _kept(found) if is_form else None
            if kept is not None:
                found.write(kept)
        return _written(pdf)


def _kept(source: Any) -> bytes | None:
    """The drawing without what shows text; None where it cannot be read."""
    try:
        told = pikepdf.parse_content_stream(source)
    except (pikepdf.PdfError, pikepdf.PdfParsingError):
        return None
    kept = [one for one in told if str(one.operator) not in _SHOWING]
    return pikepdf.unparse_content_stream(kept)


# Pictures


def _pictures(page: Any) -> Iterator[Rect]:
    # Of those inside forms the place is told in the form's own measure.
    for found in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=1):
        with suppress(Exception):
            yield found.get_bounds()


def _reaches_out(picture: Rect, box: Rect) -> bool:
    return (
        picture[0] < box[0] - OUTSIDE
        or picture[1] < box[1] - OUTSIDE
        or picture[2] > box[2] + OUTSIDE
        or picture[3] > box[3] + OUTSIDE
    )


def _is_covered(seen: Image.Image, pictures: list[Rect], place: _Placed) -> bool:
    """Whether a square of a picture that a character would fill does not show."""
    if any(
        _overlap(one, other)
        for at, one in enumerate(pictures)
        for other in pictures[:at]
    ):
        return True
    where = Image.new("L", seen.size, 0)
    for picture in pictures:
        left, top, right, bottom = place.of(picture)
        if right - left > 4 and bottom - top > 4:
            inner = (left + 2, top + 2, right - 3, bottom - 3)
            ImageDraw.Draw(where).rectangle(inner, fill=255)
    hidden = ImageChops.multiply(ImageChops.invert(seen), where)
    return bool(hidden.filter(ImageFilter.MinFilter(COVERED)).getextrema()[1])


def _overlap(one: Rect, other: Rect) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return min(wide, high) > COVERED


def _with_pictures(data: bytes, grey: int) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for found in list(pdf.objects):
            if isinstance(found, pikepdf.Stream) and found.get("/Subtype") == "/Image":
                for key in list(found.keys()):
                    if key not in {"/Type", "/Subtype", "/Length"}:
                        del found[key]
                found.write(bytes([grey]))
                found.Width = found.Height = 1
                found.ColorSpace = pikepdf.Name.DeviceGray
                found.BitsPerComponent = 8
        return _written(pdf)


def _written(pdf: pikepdf.Pdf) -> bytes:
    file = io.BytesIO()
    pdf.save(file, encryption=False)
    return file.getvalue()
