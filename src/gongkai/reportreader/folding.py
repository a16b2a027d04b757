"""Forms of writing folded one character to one, so that offsets stay true.

So are words that a page turned into Taiwan's, where both have the same length.
"""

from functools import lru_cache
from pathlib import Path

_PAIRS = Path(__file__).parent / "data" / "simplified.txt"

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = {
    ord(char): " " for char in "\u3000\u00a0\u2002\u2003\u2009\u202f\ufeff\u200b"
}
_MARKS = {
    ord(char): plain
    for plain, chars in {
        "〔": "﹝〖[［",
        "〕": "﹞〗]］",
        "-": "—–－‐‑―",
        "|": "｜│┃",
        ".": "．",
        "〇": "○◯",
    }.items()
    for char in chars
}


# In simplified characters, as they stand after folding.
WORDS = {
    "资讯": "信息",
    "网路": "网络",
    "视窗": "窗口",
    "入口网站": "门户网站",
    "规范性档案": "规范性文件",
}


@lru_cache(maxsize=1)
def _folds() -> dict[int, int | str]:
    groups = _PAIRS.read_text(encoding="utf-8").split()
    simplified = {ord(char): group[0] for group in groups for char in group[1:]}
    return _WIDE | _SPACES | _MARKS | simplified


def fold(text: str) -> str:
    """Half-width letters, digits and marks, one kind of dash, bar, bracket and space,
    simplified characters.

    The result has the length of ``text``: a position in one is a position in both.
    """
    folded = text.translate(_folds())
    for word, plain in WORDS.items():
        folded = folded.replace(word, plain)
    return folded
