"""The months that a term runs through, day by day."""

import calendar as weeks
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.law import Calendar, Clock, SegmentKind

MOST_MONTHS = 8
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """``kind``: zero, counted, paused, due, rest, or empty for any other day."""

    number: int
    kind: str = ""
    is_provisional: bool = False


@dataclass(frozen=True)
class Month:
    year: int
    month: int
    weeks: list[list[Day | None]]

    @property
    def name(self) -> str:
        return f"{self.year}-{self.month:02}"


def months_of(clock: Clock, calendar: Calendar) -> list[Month]:
    """From the day of receipt to the last day; none while that is not known, or where
    more than MOST_MONTHS lie between."""
    first, last = clock.received_on, clock.due_on
    if last is None:
        return []
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    if count > MOST_MONTHS:
        return []
    counted = set(_counted(clock, calendar))
    found = []
    for place in range(count):
        years, month = divmod(first.month - 1 + place, 12)
        found.append(_month(first.year + years, month + 1, clock, calendar, counted))
    return found


def _counted(clock: Clock, calendar: Calendar) -> list[date]:
    days = []
    for segment in clock.segments:
        if segment.kind is SegmentKind.RUNNING and segment.last is not None:
            day = segment.first
            while day <= segment.last:
                if calendar.is_working(day):
                    days.append(day)
                day += ONE_DAY
    return days


def _month(
    year: int, month: int, clock: Clock, calendar: Calendar, counted: set[date]
) -> Month:
    def day(number: int) -> Day | None:
        if number == 0:
            return None
        on = date(year, month, number)
        kind = _kind(on, clock, calendar, counted)
        return Day(number, kind, not calendar.is_announced(on))

    grid = weeks.Calendar(firstweekday=0).monthdayscalendar(year, month)
    return Month(year, month, [[day(number) for number in week] for week in grid])


def _kind(on: date, clock: Clock, calendar: Calendar, counted: set[date]) -> str:
    zero, due_on = clock.day_zero or clock.received_on, clock.due_on
    if on == due_on:
        return "due"
    if on == zero:
        return "zero"
    if on in counted and on > zero:
        return "counted"
    if not calendar.is_working(on):
        return "rest"
    within = clock.received_on < on and due_on is not None and on < due_on
    return "paused" if within else ""
