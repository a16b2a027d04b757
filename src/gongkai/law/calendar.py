"""Working days: a base of Monday to Friday, and the days that differ from it.

The State Council's yearly notice makes weekdays into holidays and weekends into working
days; a day of a year without a notice is a guess, and says so.
"""

import calendar as months
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from importlib.metadata import version
from itertools import accumulate
from typing import NamedTuple

from gongkai.law.exceptions import BadNumber
from gongkai.law.model import Term, Unit

SEED_PACKAGE = "chinesecalendar"
MOST = 100_000
"""Longest term that is counted, in its unit."""


class Day(NamedTuple):
    """What is known of one day, and by whom."""

    is_working: bool
    source: str


class Calendar:
    """Which days are working days. Immutable; one clock is counted by one calendar.

    ``days`` are those on which somebody decided, whether or not they differ from Monday
    to Friday; ``announced`` the years whose official notice is among them.
    """

    def __init__(
        self, days: Mapping[date, tuple[bool, str]], announced: Iterable[int] = ()
    ) -> None:
        self._days = {day: Day(*said) for day, said in days.items()}
        self._announced = frozenset(announced)
        changed = sorted(
            (day.toordinal(), 1 if said.is_working else -1)
            for day, said in self._days.items()
            if said.is_working != _is_weekday(day.toordinal())
        )
        self._changed = [ordinal for ordinal, _ in changed]
        self._sums = [0, *accumulate(step for _, step in changed)]
        self._counts = [self._count(ordinal) for ordinal in self._changed]

    @property
    def days(self) -> Mapping[date, Day]:
        return dict(self._days)

    @property
    def announced(self) -> frozenset[int]:
        return self._announced

    def is_working(self, day: date) -> bool:
        said = self._days.get(day)
        return said.is_working if said else _is_weekday(day.toordinal())

    def source(self, day: date) -> str:
        """Who decided on ``day``; empty where it follows from Monday to Friday."""
        said = self._days.get(day)
        return said.source if said else ""

    def is_announced(self, day: date) -> bool:
        """Whether the notice for its year is known; if not, the day is provisional."""
        return day.year in self._announced

    def is_announced_through(self, first: date, last: date) -> bool:
        """Whether every day from ``first`` to ``last`` is announced."""
        return all(year in self._announced for year in range(first.year, last.year + 1))

    def working_days(self, after: date, until: date) -> int:
        """Working days d with ``after`` < d <= ``until``; 0 if there is none."""
        count = self._count(until.toordinal()) - self._count(after.toordinal())
        return max(count, 0)

    def add_working_days(self, day: date, n: int) -> date:
        """The ``n``-th working day after ``day``, which is not counted; n 0 is ``day``.

        Raises BadNumber where n is negative or leads out of all calendars. Source:
        Civil Code Art. 201, applied to these terms by practice.
        """
        _check_length(n)
        if n == 0:
            return day
        found = self._reaching(self._count(day.toordinal()) + n)
        if found > date.max.toordinal():
            raise BadNumber("期限", n, "请缩短期限或改正起算日期")
        return date.fromordinal(found)

    def next_working_day(self, day: date) -> date:
        """``day`` itself where it is a working day, else the first one after it."""
        return day if self.is_working(day) else self.add_working_days(day, 1)

    def with_changes(
        self,
        changes: Mapping[date, tuple[bool, str]],
        announced: Iterable[int] = (),
    ) -> "Calendar":
        """A new calendar where ``changes`` prevail and more years are announced."""
        return Calendar({**self._days, **changes}, self._announced | {*announced})

    def _count(self, ordinal: int) -> int:
        """Working days from the first day of all up to ``ordinal``."""
        return _weekdays(ordinal) + self._sums[bisect_right(self._changed, ordinal)]

    def _reaching(self, count: int) -> int:
        """The first ordinal up to which there are ``count`` working days."""
        place = bisect_left(self._counts, count)
        found = _nth_weekday(count - self._sums[place])
        if place < len(self._changed):
            return min(found, self._changed[place])
        return found


def _is_weekday(ordinal: int) -> bool:
    return 0 < ordinal % 7 < 6  # ordinal 1 was a Monday


def _weekdays(ordinal: int) -> int:
    weeks, rest = divmod(ordinal, 7)
    return weeks * 5 + min(rest, 5)


def _nth_weekday(n: int) -> int:
    weeks, rest = divmod(n - 1, 5)
    return weeks * 7 + rest + 1


def _check_length(n: int) -> None:
    if isinstance(n, bool) or not isinstance(n, int) or not 0 <= n <= MOST:
        raise BadNumber("期限", n, f"请写 0 到 {MOST} 的整数")


def natural_term(day: date, length: int, unit: Unit, calendar: Calendar) -> date:
    """Last day of a term of ``length`` natural days or months after ``day``.

    A month ends on the same day of the month, or on its last; an end on a rest day
    moves to the next working day. Source: Civil Code Art. 202 [G] and 203.
    """
    _check_length(length)
    try:
        if unit is Unit.MONTHS:
            end = _months_later(day, length)
        else:
            end = day + timedelta(days=length)
    except (OverflowError, ValueError) as problem:
        raise BadNumber("期限", length, "请缩短期限或改正起算日期") from problem
    return calendar.next_working_day(end)


def _months_later(day: date, count: int) -> date:
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    last = months.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def term_end(term: Term, day: date, calendar: Calendar) -> date | None:
    """Last day of ``term`` after ``day``; None where the office sets it itself."""
    if term.unit is Unit.SET_BY_OFFICE:
        return None
    if term.unit is Unit.SAME_DAY:
        return day
    if term.month_day is not None:
        return date(day.year + 1, *term.month_day)
    length = term.length or 0
    if term.unit is Unit.WORKING_DAYS:
        return calendar.add_working_days(day, length)
    return natural_term(day, length, term.unit, calendar)


def seed_days() -> Iterator[tuple[date, bool, str]]:
    """(day, is it a working day, source) of each day that a notice names, in order."""
    from chinese_calendar import constants

    source = f"{SEED_PACKAGE} {version(SEED_PACKAGE)}"
    named = {day: (False, name) for day, name in constants.holidays.items()}
    named |= {day: (True, name) for day, name in constants.workdays.items()}
    for day, (is_working, name) in sorted(named.items()):
        yield day, is_working, f"{source}: {name}"


def seed_years() -> tuple[int, ...]:
    """The years that the package covers; it raises beyond them."""
    from chinese_calendar import is_workday

    covered = []
    for year in range(2004, date.max.year):
        try:
            is_workday(date(year, 12, 31))
        except NotImplementedError:
            break
        covered.append(year)
    return tuple(covered)


@lru_cache(maxsize=1)
def standard_calendar() -> Calendar:
    """The notices that the package knows; later years are provisional."""
    days = {day: (is_working, source) for day, is_working, source in seed_days()}
    return Calendar(days, seed_years())
