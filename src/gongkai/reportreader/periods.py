"""The year that a report is about and the days that its figures cover."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from gongkai.reportreader.dates import YEAR, Dated, find_dates, year_of
from gongkai.reportreader.lines import Page
from gongkai.reportreader.quoting import Quote

_OPENING = 6_000
_SHORT_END = re.compile(
    r" ?(?:起|开始)? ?,? ?(?:至|到|-|~) ?(?:当年|同年|本年)?"
    r" ?(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?日"
)
_LINK = re.compile(r" ?(?:日|起|开始|,| )*(?:至|到|-|~)+ ?")
_UNTIL = re.compile(r"截[至止]到? ?$")
_ABOUT = re.compile(
    r"(?P<told>(?:现将|现公布|特?向社会公布|编制)[^。]{0,24}?)?"
    + YEAR
    + r" ?年(?:度|全年|,|(?=.{0,24}?(?:政府信息公开|政务公开|信息公开)))"
)


@dataclass(frozen=True)
class Period:
    """First and last day of the figures, both included; ``first`` where it is told."""

    first: date | None
    last: date
    quote: Quote


def find_period(page: Page) -> Period | None:
    """The days that the opening gives for the figures (统计期限)."""
    opening = page.source.folded[:_OPENING]
    days = find_dates(opening)
    for index, day in enumerate(days):
        following = days[index + 1] if index + 1 < len(days) else None
        period = _span(page, opening, day, following)
        if period:
            return period
    return next((_until(page, day) for day in days if _is_until(opening, day)), None)


def _span(page: Page, text: str, day: Dated, following: Dated | None) -> Period | None:
    if (day.on.month, day.on.day) != (1, 1) and "统计" not in text[
        max(0, day.start - 20) : day.start
    ]:
        return None
    if following and _LINK.fullmatch(text[day.end : following.start]):
        quoted = page.quote(day.start, following.end)
        return Period(day.on, following.on, quoted)
    short = _SHORT_END.match(text, day.end)
    last = _same_year(day.on, short) if short else None
    if short and last:
        return Period(day.on, last, page.quote(day.start, short.end()))
    return None


def _same_year(first: date, end: re.Match[str]) -> date | None:
    try:
        return first.replace(month=int(end["month"]), day=int(end["day"]))
    except ValueError:
        return None


def _is_until(text: str, day: Dated) -> bool:
    return _UNTIL.search(text[max(0, day.start - 5) : day.start]) is not None


def _until(page: Page, day: Dated) -> Period:
    return Period(None, day.on, page.quote(day.start, day.end))


def find_year(page: Page) -> tuple[int, Quote] | None:
    """The year that the opening speaks of most, with its first mention."""
    mentions: dict[int, Quote] = {}
    count: Counter[int] = Counter()
    for match in _ABOUT.finditer(page.source.folded[:_OPENING]):
        year = year_of(match["year"])
        mentions.setdefault(year, page.quote(match.start("year"), match.end()))
        count[year] += 5 if match["told"] else 1
    if not count:
        return None
    year = max(count, key=lambda each: (count[each], -mentions[each].start))
    return year, mentions[year]
