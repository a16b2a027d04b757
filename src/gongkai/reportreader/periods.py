"""The year that a report is about and the days that its figures cover."""

import re
from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import date

from gongkai.reportreader.dates import YEAR, Dated, find_dates, year_of
from gongkai.reportreader.lines import Page
from gongkai.reportreader.quoting import Quote

_OPENING = 6_000
_SHORT_END = re.compile(
    r" ?(?:起|开始)? ?,? ?(?:至|到|-|~)+ ?(?:当年|同年|本年)?"
    r" ?(?P<month>\d{1,2}) ?月 ?(?:(?P<day>\d{1,2}) ?日|[底末])"
)
# 至2016年11月底, 2020年1至11月, 截至2022年11月末: told by months.
_END_MONTH = re.compile(
    r" ?(?:起|开始)? ?,? ?(?:至|到|-|~)+ ?"
    + YEAR
    + r" ?年 ?(?P<month>\d{1,2}) ?月 ?[底末份]?"
)
_MONTHS = re.compile(
    r"(?:统计|数据|期限|时限|时间|范围)[^。]{0,24}?"
    + YEAR
    + r" ?年 ?1 ?月?份? ?(?:至|到|-|~)+ ?(?:当年|同年)?(?P<month>\d{1,2}) ?月"
    r"(?! ?\d{1,2} ?日)"
)
_UNTIL_MONTH = re.compile(
    r"(?:统计|数据|期限|时限)[^。]{0,16}?截[至止]到? ?"
    + YEAR
    + r" ?年 ?(?P<month>\d{1,2}) ?月 ?(?:份|[底末])"
)
_WHOLE_YEAR = re.compile(
    r"(?:统计|数据)[^。]{0,8}(?:期限|时限|时段|范围|区间)(?:为|是|:| )*"
    + YEAR
    + r" ?(?:年度|年 ?全年|全年)"
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
    by_month = _by_month(page, opening)
    if by_month:
        return by_month
    return next((_until(page, day) for day in days if _is_until(opening, day)), None)


def _by_month(page: Page, text: str) -> Period | None:
    """The period told without days, by its last month or as a whole year."""
    for pattern in (_MONTHS, _UNTIL_MONTH, _WHOLE_YEAR):
        found = pattern.search(text)
        if not found:
            continue
        year = year_of(found["year"])
        last = _end_of(year, int(found.groupdict().get("month") or 12))
        if last:
            first = None if pattern is _UNTIL_MONTH else date(year, 1, 1)
            return Period(first, last, page.quote(found.start("year"), found.end()))
    return None


def _end_of(year: int, month: int) -> date | None:
    if not 1 <= month <= 12:
        return None
    return date(year, month, monthrange(year, month)[1])


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
    month = _END_MONTH.match(text, day.end)
    last = _end_of(year_of(month["year"]), int(month["month"])) if month else None
    if month and last:
        return Period(day.on, last, page.quote(day.start, month.end()))
    return None


def _same_year(first: date, end: re.Match[str]) -> date | None:
    month = int(end["month"])
    if not end["day"]:
        return _end_of(first.year, month)
    try:
        return first.replace(month=month, day=int(end["day"]))
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
