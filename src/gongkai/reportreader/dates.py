"""Days as reports write them: 2018-03-28, 2018年3月28日, 二〇一八年三月二十八日."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_DIGITS = {char: str(n) for n, char in enumerate("〇一二三四五六七八九")}
_DIGITS |= dict.fromkeys("零OoΟО", "0") | {str(n): str(n) for n in range(10)}
_CN = "〇零一二三四五六七八九"

# One space may stand between figures and words; more would join table cells.
YEAR = rf"(?<![\d{_CN}])(?P<year>(?:19|20)\d\d|[二2][{_CN}OoΟО0][{_CN}OoΟО\d]{{2}})"
_WORDS = re.compile(
    YEAR + r" ?年 ?(?P<month>\d{1,2}|十[一二]?|元|[一二三四五六七八九])"
    r" ?月 ?(?P<day>\d{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]) ?日"
)
_FIGURES = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)"
)
_PACKED = re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)")
YEAR_WORDS = re.compile(YEAR + " ?年度?")


@dataclass(frozen=True)
class Dated:
    on: date
    start: int
    end: int


def find_dates(folded: str, offset: int = 0) -> list[Dated]:
    """Days named in a folded text, in order; days that no calendar has are left out."""
    found = [*_matches(_WORDS, folded, offset), *_matches(_FIGURES, folded, offset)]
    return sorted(found, key=lambda dated: dated.start)


def find_labelled_date(folded: str, offset: int = 0) -> Dated | None:
    """The first day of a value that is a date by its label, 20180328 included."""
    found = find_dates(folded, offset) or [*_matches(_PACKED, folded, offset)]
    return found[0] if found else None


def _matches(pattern: re.Pattern[str], folded: str, offset: int) -> Iterator[Dated]:
    for match in pattern.finditer(folded):
        on = _day(match["year"], match["month"], match["day"])
        if on:
            yield Dated(on, match.start() + offset, match.end() + offset)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(year_of(year), _number(month), _number(day))
    except ValueError:
        return None


def year_of(words: str) -> int:
    return int("".join(_DIGITS[char] for char in words))


def _number(words: str) -> int:
    """1 to 39, as in days and months."""
    if words.isdigit():
        return int(words)
    if words == "元":
        return 1
    tens, ten, ones = words.rpartition("十")
    value = int(_DIGITS[ones]) if ones else 0
    return value + (10 * int(_DIGITS[tens] if tens else 1) if ten else 0)
