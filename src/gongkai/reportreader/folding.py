"""Forms of writing folded one character to one, so that offsets stay true."""

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
_FOLDS = _WIDE | _SPACES | _MARKS


def fold(text: str) -> str:
    """Half-width letters, digits and marks, one kind of dash, bar, bracket and space.

    The result has the length of ``text``: a position in one is a position in both.
    """
    return text.translate(_FOLDS)
