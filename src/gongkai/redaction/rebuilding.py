"""A new PDF of page pictures: what was under a box does not exist in it."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pikepdf

from gongkai.redaction import reading_back
from gongkai.redaction.boxes import Box, by_page
from gongkai.redaction.encoding import encode, image_stream
from gongkai.redaction.pages import DPI, Pages, Size, open_pages, scale_for
from gongkai.redaction.painting import paint

Progress = Callable[[int, int], None]
"""Called with steps done and steps in all: a page is one step made, one checked."""


@dataclass(frozen=True)
class Rebuilt:
    data: bytes
    pages: int


def rebuild(
    data: bytes,
    boxes: Sequence[Box] = (),
    *,
    dpi: int = DPI,
    progress: Progress | None = None,
) -> Rebuilt:
    """The file with its boxes black, checked by reading it back.

    Memory holds one page picture at a time. Raises TracesFound where the check fails,
    and whatever ``open_pages`` raises.
    """
    tell = progress or (lambda done, total: None)
    with open_pages(data) as pages:
        found, count = by_page(boxes, pages.count), pages.count
        sizes = [pages.size(index) for index in range(count)]
        made = _made(pages, sizes, found, dpi, lambda done: tell(done, 2 * count))
    reading_back.check(made, sizes, found, lambda done: tell(count + done, 2 * count))
    return Rebuilt(made, count)


def _made(
    pages: Pages,
    sizes: list[Size],
    boxes: dict[int, list[Box]],
    dpi: int,
    tell: Callable[[int], None],
) -> bytes:
    with pikepdf.new() as pdf:
        for index, size in enumerate(sizes):
            picture = pages.picture(index, dpi)
            paint(picture, boxes.get(index + 1, ()))
            image = image_stream(pdf, encode(picture), picture.size)
            _add_page(pdf, image, picture.size, scale_for(size, dpi))
            tell(index + 1)
        file = io.BytesIO()
        pdf.save(
            file,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=False,
        )
    return file.getvalue()


def _add_page(
    pdf: pikepdf.Pdf, image: object, dots: tuple[int, int], scale: float
) -> None:
    """As large as its picture is, to the dot: it is rendered again without blur."""
    width, height = (round(side / scale, 4) for side in dots)
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, Decimal(str(width)), Decimal(str(height))],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=image)),
        Contents=pdf.make_stream(reading_back.drawing(width, height)),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
