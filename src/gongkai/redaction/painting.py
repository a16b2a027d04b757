"""Boxes on a page picture: black, with a short white word where it fits."""

from collections.abc import Iterable
from functools import lru_cache

from noto_cjk_sans_otc import FONT_PATH
from PIL import Image, ImageDraw, ImageFont

from gongkai.redaction.boxes import Box

LARGEST, SMALLEST = 40, 14
"""Of the word, in dots."""
AIR = 4


def paint(picture: Image.Image, boxes: Iterable[Box]) -> None:
    """Every box black first, then the words: no word lies under another box."""
    places = [(box, box.pixels(picture.size)) for box in boxes]
    draw = ImageDraw.Draw(picture)
    for _box, (left, top, right, bottom) in places:
        draw.rectangle((left, top, right - 1, bottom - 1), fill=0)
    for box, (left, top, right, bottom) in places:
        word = stamp(box.word, right - left, bottom - top)
        if word is not None:
            x = left + (right - left - word.width) // 2
            y = top + (bottom - top - word.height) // 2
            picture.paste(word.convert(picture.mode), (x, y))


def stamp(word: str, width: int, height: int) -> Image.Image | None:
    """White on black without greys, as large as fits; None where none does."""
    if not word:
        return None
    for size in range(LARGEST, SMALLEST - 1, -2):
        left, top, right, bottom = _face(size).getbbox(word)
        wide, high = round(right - left), round(bottom - top)
        if wide + 2 * AIR <= width and high + 2 * AIR <= height:
            made = Image.new("L", (wide, high), 0)
            ImageDraw.Draw(made).text((-left, -top), word, fill=255, font=_face(size))
            return made.point(lambda v: 255 if v > 127 else 0)
    return None


@lru_cache(maxsize=32)
def _face(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT_PATH), size)
