"""A picture released as it is: what it carries beside its dots, and a clean copy."""

import io
import zlib
from collections.abc import Iterator

from PIL import Image

from gongkai.redaction.exceptions import DamagedFile
from gongkai.redaction.pages import ImagePages, open_pages
from gongkai.redaction.traces import Kind, Trace, refuse_if_any

QUALITY = 92
_JPEG_NEEDED = {0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD}
"""Frames, tables and restarts: what a decoder cannot do without."""
_JFIF, _EXIF, _ICC, _COMMENT, _ADOBE, _SCAN, _END = (
    *(0xE0, 0xE1, 0xE2, 0xFE, 0xEE, 0xDA, 0xD9),
)
_JFIF_BYTES, _ADOBE_BYTES = 16, 14
_PNG_NEEDED = {*(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM")} | {
    *(b"sRGB", b"pHYs", b"sBIT", b"bKGD"),
}
_WEBP_NEEDED = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}


def clean_image(data: bytes) -> tuple[bytes, str]:
    """The dots alone, written anew, with the media type; checked.

    JPEG stays JPEG, all else becomes PNG. Of several frames the first would show:
    raises TracesFound, so that nobody releases frames that were not seen.
    """
    with open_pages(data) as pages:
        if not isinstance(pages, ImagePages):
            raise DamagedFile
        if pages.count > 1:
            refuse_if_any([Trace(Kind.FRAMES)])
        picture = pages.picture(0)
    file = io.BytesIO()
    if data.startswith(b"\xff\xd8"):
        picture.save(file, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
        media_type = "image/jpeg"
    else:
        picture.save(file, "PNG", optimize=True)
        media_type = "image/png"
    refuse_if_any(image_traces(file.getvalue()))
    return file.getvalue(), media_type


def image_traces(data: bytes) -> list[Trace]:
    """What is in the file beside one frame's dots; raises what ``open_pages`` does."""
    with open_pages(data) as pages:
        if pages.count > 1:
            return [Trace(Kind.FRAMES), *_container(data)]
        hides = isinstance(pages, ImagePages) and _hides_dots(data)
        # A file that breaks off shows less than it holds.
        pages.picture(0)
    return [*([Trace(Kind.TRANSPARENT)] if hides else []), *_container(data)]


def _hides_dots(data: bytes) -> bool:
    """Whether transparent dots have a colour of their own."""
    with Image.open(io.BytesIO(data)) as image:
        if "A" not in image.mode and "transparency" not in image.info:
            return False
        red, green, blue, alpha = image.convert("RGBA").split()
        clear = alpha.point(lambda v: 255 if v < 32 else 0)
        for channel in (red, green, blue):
            shown = [channel.copy() for _ in "ab"]
            for ground, one in zip((0, 255), shown, strict=True):
                one.paste(ground, mask=alpha.point(lambda v: 255 if v >= 32 else 0))
            low, high = shown[1].getextrema()[0], shown[0].getextrema()[1]
            if clear.getextrema()[1] and int(low) < int(high):  # type: ignore[arg-type]
                return True
    return False


def _container(data: bytes) -> Iterator[Trace]:
    if data.startswith(b"\xff\xd8"):
        yield from jpeg_traces(data)
    elif data.startswith(b"\x89PNG"):
        yield from _png_traces(data)
    elif data.startswith(b"GIF8"):
        yield from _gif_traces(data)
    else:
        yield from _webp_traces(data)


def jpeg_traces(data: bytes) -> Iterator[Trace]:
    """Segments that no decoder needs, and bytes behind the end."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            yield Trace(Kind.STRAY_BYTES)
            return
        mark, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if mark == 0xFF:
            at += 1
            continue
        if mark == _END:
            break
        yield from _segment(mark, data[at + 4 : at + 2 + length])
        at += 2 + length
        if mark == _SCAN:
            at = _after_scan(data, at)
    if data[at : at + 2] != b"\xff\xd9" or len(data) != at + 2:
        yield Trace(Kind.STRAY_BYTES)


def without_segments(data: bytes) -> bytes:
    """The same dots without what no decoder needs; as it is where it breaks off."""
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        mark, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if mark == 0xFF:
            at += 1
            continue
        if mark == _END:
            return b"".join([*kept, b"\xff\xd9"])
        end = at + 2 + length
        if not list(_segment(mark, data[at + 4 : end])):
            kept.append(data[at:end])
        at = end
        if mark == _SCAN:
            at = _after_scan(data, at)
            kept.append(data[end:at])
    return data


def _segment(mark: int, told: bytes) -> Iterator[Trace]:
    if mark in _JPEG_NEEDED or mark == _SCAN:
        return
    if mark == _JFIF and told[:5] == b"JFIF\0" and len(told) + 2 == _JFIF_BYTES:
        return
    if mark == _ADOBE and told[:5] == b"Adobe" and len(told) + 2 == _ADOBE_BYTES:
        return
    if mark == _JFIF:
        yield Trace(Kind.THUMBNAIL)
    elif mark == _ICC and told.startswith(b"ICC_PROFILE"):
        yield Trace(Kind.PROFILE)
    elif mark == _EXIF:
        yield Trace(Kind.METADATA, place="EXIF" if told[:4] == b"Exif" else "XMP")
    elif mark == _COMMENT:
        yield Trace(Kind.METADATA, place="comment")
    else:
        yield Trace(Kind.METADATA, place=f"{mark:02X}")


def _after_scan(data: bytes, at: int) -> int:
    """Where the next segment begins behind the coded dots."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        else:
            return at


def _png_traces(data: bytes) -> Iterator[Trace]:
    at, coded, reader = 8, b"", zlib.decompressobj()
    while at + 12 <= len(data):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if name not in _PNG_NEEDED:
            kind = Kind.PROFILE if name == b"iCCP" else Kind.METADATA
            yield Trace(kind, place=name.decode("latin-1"))
        if name == b"IDAT":
            coded += data[at + 8 : at + 8 + length]
        at += 12 + length
        if name == b"IEND":
            if length:
                yield Trace(Kind.STRAY_BYTES, place="IEND")
            break
    try:
        while coded:
            reader.decompress(coded, 1 << 20)
            coded = reader.unconsumed_tail
    except zlib.error as error:
        raise DamagedFile from error
    if at != len(data) or reader.unused_data:
        yield Trace(Kind.STRAY_BYTES)


def _gif_traces(data: bytes) -> Iterator[Trace]:
    at = 13 + (3 * 2 ** ((data[10] & 7) + 1) if data[10] & 0x80 else 0)
    while at < len(data):
        mark = data[at]
        if mark == 0x3B:
            at += 1
            break
        if mark == 0x21:
            if data[at + 1] != 0xF9:  # how long a frame is shown says nothing
                yield Trace(Kind.METADATA, place="comment")
            at = _after_blocks(data, at + 2)
        elif mark == 0x2C:
            flags = data[at + 9]
            at += 10 + (3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0)
            at = _after_blocks(data, at + 1)
        else:
            break
    if at != len(data):
        yield Trace(Kind.STRAY_BYTES)


def _after_blocks(data: bytes, at: int) -> int:
    while at < len(data) and data[at]:
        at += data[at] + 1
    return at + 1


def _webp_traces(data: bytes) -> Iterator[Trace]:
    size, at = int.from_bytes(data[4:8], "little") + 8, 12
    while at + 8 <= min(size, len(data)):
        name = data[at : at + 4]
        if name not in _WEBP_NEEDED:
            kind = Kind.PROFILE if name == b"ICCP" else Kind.METADATA
            yield Trace(kind, place=name.decode("latin-1").strip())
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + length + length % 2
    if len(data) != size or at != size:
        yield Trace(Kind.STRAY_BYTES)
