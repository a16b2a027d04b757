"""The pages of a PDF or of a picture as pictures: what a reader sees, nothing else."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from gongkai.redaction import pdfium
from gongkai.redaction.exceptions import (
    DamagedFile,
    EmptyFile,
    TooLong,
    UnknownFormat,
)

MOST_PAGES = 1_000
MOST_PIXELS = 200_000_000
"""Of one picture that somebody sends."""
PICTURE_PIXELS = 36_000_000
"""Of one page picture that is made: A1 at 200 dpi. Larger pages get fewer dots."""
POINTS = 72
DPI = 200
IMAGES = ("PNG", "JPEG", "WEBP", "GIF")
_FAULTS = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError)
Size = tuple[float, float]


class Pages(Protocol):
    """An open file. ``index`` counts from 0; sizes are in points, as shown."""

    @property
    def count(self) -> int: ...

    def size(self, index: int) -> Size: ...

    def picture(self, index: int, dpi: float = DPI) -> Image.Image:
        """The page in RGB; raises DamagedFile, TooLong."""
        ...


@contextmanager
def open_pages(data: bytes) -> Iterator[Pages]:
    """By the bytes, whatever the name said.

    Raises UnknownFormat, EncryptedFile, DamagedFile, EmptyFile, TooLong.
    """
    if not data:
        raise EmptyFile
    if is_pdf(data):
        with pdfium.document(data) as opened:
            yield PdfPages(opened)
    else:
        with _open_image(data) as image:
            yield ImagePages(image)


def is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


class PdfPages:
    def __init__(self, opened: Any) -> None:
        self._opened = opened
        with pdfium.ONE_AT_A_TIME:
            self._count = len(opened)
        _check_count(self._count)

    @property
    def count(self) -> int:
        return self._count

    def size(self, index: int) -> Size:
        with pdfium.page(self._opened, index) as page:
            width, height = page.get_size()
        if width <= 0 or height <= 0:
            raise DamagedFile(index + 1)
        return width, height

    def picture(self, index: int, dpi: float = DPI) -> Image.Image:
        scale = scale_for(self.size(index), dpi)
        with pdfium.page(self._opened, index) as page:
            try:
                bitmap = page.render(scale=scale, rev_byteorder=True)
                found: Image.Image = bitmap.to_pil().convert("RGB").copy()
            except pypdfium2.PdfiumError as error:
                raise DamagedFile(index + 1) from error
            bitmap.close()
        return found


def scale_for(size: Size, dpi: float) -> float:
    """Dots a point, so that the picture keeps to PICTURE_PIXELS."""
    width, height = size
    most = (PICTURE_PIXELS / max(1.0, width * height)) ** 0.5
    return min(dpi / POINTS, most)


class ImagePages:
    """Every frame is a page; a dot of the picture is a dot at DPI."""

    def __init__(self, image: Image.Image) -> None:
        self._image = image
        self._count = int(getattr(image, "n_frames", 1))
        _check_count(self._count)

    @property
    def count(self) -> int:
        return self._count

    def size(self, index: int) -> Size:
        width, height = self._frame(index).size
        return width * POINTS / DPI, height * POINTS / DPI

    def picture(self, index: int, dpi: float = DPI) -> Image.Image:
        found = self._frame(index)
        scale = scale_for(self.size(index), dpi) * POINTS / DPI
        if scale < 1:
            wide, high = (max(1, round(side * scale)) for side in found.size)
            found = found.resize((wide, high), Image.Resampling.BOX)
        return found

    def _frame(self, index: int) -> Image.Image:
        try:
            self._image.seek(index)
            shown = flat(ImageOps.exif_transpose(self._image))
        except _FAULTS as error:
            raise DamagedFile(index + 1) from error
        # Pillow would write remarks and profiles into any copy.
        shown.info.clear()
        return shown


def flat(image: Image.Image) -> Image.Image:
    """In RGB on white: what lies under a transparent part is gone."""
    if image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        shown = image.convert("RGBA")
        ground = Image.new("RGBA", shown.size, "white")
        return Image.alpha_composite(ground, shown).convert("RGB")
    if image.mode.startswith("I;16") or image.mode in {"I", "F"}:
        return image.convert("F").point(lambda v: v / 257).convert("L").convert("RGB")
    return image.convert("RGB")


@contextmanager
def _open_image(data: bytes) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its size is looked at here
        try:
            image = Image.open(io.BytesIO(data), formats=IMAGES)
        except Image.DecompressionBombError as error:
            raise TooLong from error
        except UnidentifiedImageError as error:
            raise UnknownFormat from error
        except _FAULTS as error:
            raise DamagedFile from error
    with image:
        if image.width * image.height > MOST_PIXELS:
            raise TooLong
        yield image


def _check_count(count: int) -> None:
    if count == 0:
        raise EmptyFile
    if count > MOST_PAGES:
        raise TooLong
