"""Dates as Chinese official documents write them."""

import re
from datetime import date

_DIGITS = str.maketrans(
    "〇○◯零一二三四五六七八九０１２３４５６７８９", "00001234567890123456789"
)
_YEAR = r"[0-9〇○◯OＯ零一二三四五六七八九]{4}"
_SMALL = r"[0-9零〇一二三四五六七八九十]{1,3}"
_DATE = re.compile(
    rf"(?P<year>{_YEAR})(?:年|[-./])(?P<month>{_SMALL})(?:月|[-./])(?P<day>{_SMALL})日?"
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９－．／", "0123456789-./")


def parse_date(text: str) -> date | None:
    """The date that the text is, whole; None for anything else or an impossible day."""
    found = _DATE.fullmatch(_compact(text))
    return _as_date(found) if found else None


def date_at_end(text: str) -> tuple[str, date] | None:
    """What stands before a date at the end of the line, and the date."""
    compact = _compact(text)
    for found in _DATE.finditer(compact[-200:]):
        if found.end() == len(compact[-200:]) and (day := _as_date(found)):
            return compact[: len(compact) - len(found[0])], day
    return None


def _compact(text: str) -> str:
    return re.sub(r"\s+", "", text).translate(_FULL_WIDTH)


def _as_date(found: re.Match[str]) -> date | None:
    # Typists put the letter O for the Chinese nought.
    year = int(re.sub("[OＯ]", "0", found["year"]).translate(_DIGITS))
    try:
        return date(year, _small_number(found["month"]), _small_number(found["day"]))
    except ValueError:
        return None


def _small_number(text: str) -> int:
    """A number below 100 in Arabic or Chinese; raises ValueError for anything else."""
    if "十" not in text:
        return int(text.translate(_DIGITS))
    tens, _, ones = text.partition("十")
    return (int(tens.translate(_DIGITS)) if tens else 1) * 10 + (
        int(ones.translate(_DIGITS)) if ones else 0
    )
