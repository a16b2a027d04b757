"""Row labels as offices type them: brackets of either width, stray blanks."""

import re
import unicodedata

_NUMBERING = re.compile(
    r"^(?:其中：)?(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\.)?"
)
_NOTE = re.compile(r"（[^（）]*）$")
_ARABIC = re.compile(r"^(\d+)[.、,]")


def normalise(label: str) -> str:
    """The form in which two spellings of one label are equal; not for display."""
    text = "".join(unicodedata.normalize("NFKC", label).split())
    return _ARABIC.sub(r"\1.", text)


def plain_name(label: str) -> str:
    """A label without its numbering, "其中：" and closing note, for sentences."""
    without_number = _NUMBERING.sub("", label)
    return _NOTE.sub("", without_number) or without_number
