"""A page picture as a PDF image stream: sharp for text, small for photographs."""

import io
import zlib
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from PIL import Image, ImageChops

JPEG_QUALITY = 88
COLOURED = 24
"""By how much the channels of a dot differ that is more than a grey's noise."""
FEW = 0.0002
"""Share of dots that makes no page coloured."""


@dataclass(frozen=True)
class Encoded:
    """The bytes of an image XObject, with the keys that say how to read them."""

    data: bytes
    colours: str
    bits: int
    filter: str
    parameters: dict[str, Any] = field(default_factory=dict)


def encode(picture: Image.Image) -> Encoded:
    """Black and white as G4, greys without loss unless JPEG is smaller, else JPEG."""
    if _is_coloured(picture):
        return _jpeg(picture, "/DeviceRGB")
    grey = picture.convert("L")
    if _is_black_and_white(grey):
        return _group4(grey)
    exact, small = _sixteen_greys(grey), _jpeg(grey, "/DeviceGray")
    return exact if len(exact.data) <= len(small.data) else small


def image_stream(pdf: pikepdf.Pdf, told: Encoded, size: tuple[int, int]) -> Any:
    stream = pikepdf.Stream(pdf, told.data)
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = size
    stream.ColorSpace = pikepdf.Name(told.colours)
    stream.BitsPerComponent = told.bits
    stream.Filter = pikepdf.Name(told.filter)
    if told.parameters:
        stream.DecodeParms = pikepdf.Dictionary(told.parameters)
    return pdf.make_indirect(stream)


def _is_coloured(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    spread = ImageChops.lighter(
        ImageChops.difference(red, green), ImageChops.difference(green, blue)
    )
    return sum(spread.histogram()[COLOURED:]) > FEW * picture.width * picture.height


def _is_black_and_white(grey: Image.Image) -> bool:
    # Of a faint line nothing may be lost.
    return not any(grey.histogram()[16:240])


def _jpeg(picture: Image.Image, colours: str) -> Encoded:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=JPEG_QUALITY, subsampling=0, optimize=True)
    return Encoded(file.getvalue(), colours, 8, "/DCTDecode")


def _group4(grey: Image.Image) -> Encoded:
    file = io.BytesIO()
    whole = {278: grey.height}  # in one strip
    grey.point(lambda v: 255 if v > 127 else 0, "1").save(
        file, "TIFF", compression="group4", tiffinfo=whole
    )
    with Image.open(file) as read:
        tags: Any = read.tag_v2  # type: ignore[attr-defined]
        start, length, ink = tags[273][0], tags[279][0], tags[262]
    data = file.getvalue()[start : start + length]
    parameters = {
        "/K": -1,
        "/Columns": grey.width,
        "/Rows": grey.height,
        "/BlackIs1": ink == 1,
    }
    return Encoded(data, "/DeviceGray", 1, "/CCITTFaxDecode", parameters)


def _sixteen_greys(grey: Image.Image) -> Encoded:
    """Four bits a dot, filtered row by row as PNG does it, which PDF reads as well."""
    levels = grey.point(lambda v: (v + 8) // 17)
    levels.putpalette([level for level in range(16) for _ in "rgb"])
    file = io.BytesIO()
    levels.save(file, "PNG", bits=4, compress_level=6)
    parameters = {
        "/Predictor": 15,
        "/Colors": 1,
        "/BitsPerComponent": 4,
        "/Columns": grey.width,
    }
    data = b"".join(_chunks(file.getvalue(), b"IDAT"))
    return Encoded(data, "/DeviceGray", 4, "/FlateDecode", parameters)


def _chunks(png: bytes, name: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == name:
            found.append(png[at + 8 : at + 8 + length])
        at += 12 + length
    return found


def unpacked(data: bytes) -> bytes:
    """A flate stream; what follows its end is no part of it. Raises zlib.error."""
    reader = zlib.decompressobj()
    told = reader.decompress(data) + reader.flush()
    if reader.unused_data:
        raise zlib.error("bytes after the end")
    return told
