"""Text made comparable: one form of digit, dash, dot and space, nothing invisible."""

import re
import unicodedata
from functools import cache

HARD_BREAK = "\x1d"  # between paragraphs, cells and pages: no number goes across it

_INVISIBLE = "\u200b"
_DASHES = "‐‑‒–—―−﹣－_＿ー"
_DOTS = "·・．•‧∙⋅｡"
_SPACES = "\xa0\u1680\u202f\u205f\u3000\v\f" + "".join(map(chr, range(0x2000, 0x200B)))
_CROSSES = "ＸｘХхΧχx"  # also Cyrillic and Greek
_OTHER_INVISIBLE = "\x02\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffe"


@cache
def _table() -> dict[int, str]:
    table = dict.fromkeys(map(ord, _DASHES), "-")
    table |= dict.fromkeys(map(ord, _DOTS), ".")
    table |= dict.fromkeys(map(ord, _SPACES), " ")
    table |= dict.fromkeys(map(ord, _CROSSES), "X")
    table |= {ord("\r"): "\n", ord("\u2028"): "\n", ord("\u2029"): "\n"}
    table |= dict.fromkeys(map(ord, _OTHER_INVISIBLE), _INVISIBLE)
    table |= dict.fromkeys(range(0xFE00, 0xFE10), _INVISIBLE)
    for point in range(0x80, 0x20000):
        sign = chr(point)
        if sign.isdecimal():
            table[point] = str(unicodedata.decimal(sign))
        elif unicodedata.category(sign) == "Cf":
            table[point] = _INVISIBLE
    for point in range(ord("Ａ"), ord("Ｚ") + 1):
        table.setdefault(point, chr(point - 0xFEE0))
        table.setdefault(point + 32, chr(point + 32 - 0xFEE0))
    return table


class Normal:
    """The comparable text, which knows the place of each sign in the original."""

    def __init__(self, original: str) -> None:
        text = original.translate(_table())
        self._places: list[int] | None = None
        if _INVISIBLE in text:
            self._places = [at for at, sign in enumerate(text) if sign != _INVISIBLE]
            self._places.append(len(text))
            text = text.replace(_INVISIBLE, "")
        self.text = text

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Start and end in the original of a non-empty span of the comparable text."""
        if self._places is None:
            return start, end
        return self._places[start], self._places[end - 1] + 1


def digits_only(text: str) -> str:
    return re.sub(r"[^0-9X]", "", text)
