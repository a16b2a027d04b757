"""From running text to tokens, the same for documents and for queries.

*Canonical* text is folded (NFKC, no case, no accents), has one space for every break
and marks each run of letters or digits that are not Chinese: ``第_3_条 公开``.
Tokens are overlapping pairs of characters, so that a word of two is one token and a
longer one a phrase of them: exact substrings, and no dictionary to cut a word in two.
"""

import re
import unicodedata

# Written without spaces: Han, kana, hangul, bopomofo, 々 〇 and the Hangzhou numerals.
HAN = (
    "\u3005\u3007\u3021-\u3029\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
MAX_TOKEN = 64  # characters of a Latin word or number that count

_SEGMENT = re.compile(r"[^\W_]+")
_FOREIGN = re.compile(f"[^{HAN} ]+")
_NOT_HAN = re.compile(f"[^{HAN}]+")
# Titles are often spaced out: 通　知.
_SPACING = re.compile(f"(?<=[{HAN}])[ \\t]+(?=[{HAN}])")
_ACCENTS = re.compile("[\u0300-\u036f]")
_DASHES = re.compile("[\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\u30fc~]")
_OPENING = re.compile(r"[〔\[【〖{<《〈「『﹝]")
_CLOSING = re.compile(r"[〕\]】〗}>》〉」』﹞]")


class _Folding(dict[int, str]):
    """Code point → folded text, learnt as it is met. Invisible signs become nothing.

    So do lone surrogates, which no database takes.
    """

    def __missing__(self, code: int) -> str:
        folded = self.fold(chr(code))
        if code < 0x10000:  # a bound on memory, whatever is sent here
            self[code] = folded
        return folded

    def fold(self, sign: str) -> str:
        if unicodedata.category(sign) in ("Cf", "Cs"):
            return ""
        folded = unicodedata.normalize("NFKC", sign).casefold()
        bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", folded))
        return unicodedata.normalize("NFKC", bare)


class _EvenFolding(_Folding):
    """Sign for sign, so that places stay: NUL for the invisible."""

    def fold(self, sign: str) -> str:
        folded = super().fold(sign) or "\0"
        return folded if len(folded) == 1 else sign


_FOLDING = _Folding()
_EVEN_FOLDING = _EvenFolding()


def canonical(text: str) -> str:
    folded = _SPACING.sub("", text.translate(_FOLDING))
    return _FOREIGN.sub(r"_\g<0>_", " ".join(_SEGMENT.findall(folded)))


def fold_in_place(text: str) -> str:
    """Folded text of the same length, to find places in the original."""
    return text.translate(_EVEN_FOLDING)


def tokens(canonical_text: str) -> list[str]:
    """In order. Adjacent tokens of a query are adjacent in each text that holds it."""
    found: list[str] = []
    for segment in canonical_text.split():
        if "_" in segment:
            found += _mixed(segment)
        elif len(segment) == 1:
            found.append(segment)
        else:
            found += map(str.__add__, segment, segment[1:])
    return found


def _mixed(segment: str) -> list[str]:
    """第_3_条例 → 第 3 条 条例: beside a number a character stands alone, too."""
    found: list[str] = []
    pieces = segment.split("_")
    for place, piece in enumerate(pieces):
        if place % 2:
            found.append(piece[:MAX_TOKEN])
        elif len(piece) == 1:
            found.append(piece)
        elif piece:
            found += piece[0] if place else ""
            found += map(str.__add__, piece, piece[1:])
            found += piece[-1] if place < len(pieces) - 1 else ""
    return found


def characters(canonical_text: str) -> set[str]:
    """The Chinese characters in it."""
    return set(_NOT_HAN.sub("", canonical_text))


def is_single(segment: str) -> bool:
    return len(segment) == 1


def number_key(number: str) -> str:
    """A document or index number without what people write in different ways.

    Spaces, the shape of brackets and dashes, full-width signs and case; at most 200
    characters, empty where nothing can be told apart.
    """
    folded = "".join(number.translate(_FOLDING).split()).replace("\0", "")
    folded = _CLOSING.sub(")", _OPENING.sub("(", _DASHES.sub("-", folded)))
    return folded[:200] if _SEGMENT.search(folded) else ""
