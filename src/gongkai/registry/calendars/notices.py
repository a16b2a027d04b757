"""The State Council's notice of a year, as rows ``date, 休|班, name``."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from gongkai.law import seed_days, seed_years
from gongkai.registry.calendars.changing import DayChange
from gongkai.registry.imports.tables import NotReadable, rows_of

REST = ("休", "休息", "放假", "rest")
WORK = ("班", "上班", "工作", "work")
LONGEST_SOURCE = 200
MOST_ROWS = 366

# Rest in every year, by the Rules on Holidays (全国年节及纪念日放假办法), Art. 2.
FIXED = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))

_DATE = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


class BadNotice(Exception):
    """Rows that cannot be taken; ``errors`` names row, value and remedy of each."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


def packaged_years() -> tuple[int, ...]:
    return seed_years()


def packaged_notice(year: int) -> list[DayChange]:
    """The days that the installed package names; none for a year it does not know."""
    return [DayChange(*said) for said in seed_days() if said[0].year == year]


def read_notice(data: bytes, year: int, source: str) -> list[DayChange]:
    """The rows of a CSV or .xlsx file, or of what was pasted. Raises BadNotice."""
    errors: list[str] = []
    found: dict[date, DayChange] = {}
    try:
        rows = list(rows_of(data))
    except NotReadable as problem:
        raise BadNotice([problem.sentence]) from problem
    if len(rows) > MOST_ROWS:
        raise BadNotice(
            [
                _("A notice has one row a day; these are %(count)s rows.")
                % {"count": len(rows)}
            ]
        )
    for number, cells in rows:
        if not found and not errors and not any(map(str.isdigit, cells[0])):
            continue  # headings
        row = _Row(number, [*cells, "", "", ""])
        change, error = row.read(year, source)
        if change is None:
            errors.append(error)
        elif change.day in found:
            errors.append(row.twice(change.day))
        else:
            found[change.day] = change
    errors += [] if errors else _missing(found, year)
    if errors:
        raise BadNotice(errors)
    return [found[day] for day in sorted(found)]


class _Row:
    """One row of the notice and what may be wrong with it."""

    def __init__(self, number: int, cells: list[str]) -> None:
        self.number = number
        self.day, self.mark, self.name = cells[:3]

    def read(self, year: int, source: str) -> tuple[DayChange | None, str]:
        day = _day(self.day, year)
        if day is None:
            return None, _(
                "Row %(row)s: “%(value)s” is no date. Write it like 2027-02-06."
            ) % self._told(self.day)
        if day.year != year:
            return None, _(
                "Row %(row)s: %(value)s is not in %(year)s. Correct the date, or load "
                "the other year by itself."
            ) % {**self._told(day.isoformat()), "year": year}
        if self.mark.lower() not in REST + WORK:
            return None, _(
                "Row %(row)s: “%(value)s” is neither 休 nor 班. Write one of them in "
                "the second column."
            ) % self._told(self.mark)
        is_working = self.mark.lower() in WORK
        if is_working and day.weekday() < 5:
            return None, _(
                "Row %(row)s: %(value)s is no weekend and is worked anyway. Compare "
                "the date with the notice."
            ) % self._told(day.isoformat())
        told = f"{source}: {self.name}" if self.name else source
        return DayChange(day, is_working, told[:LONGEST_SOURCE]), ""

    def twice(self, day: date) -> str:
        return _(
            "Row %(row)s: %(value)s stands in an earlier row too. Keep one."
        ) % self._told(day.isoformat())

    def _told(self, value: str) -> dict[str, object]:
        return {"row": self.number, "value": value}


def _day(text: str, year: int) -> date | None:
    match = _DATE.match(text)
    if match is None:
        return None
    try:
        return date(int(match[1] or year), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _missing(found: dict[date, DayChange], year: int) -> list[str]:
    """What every notice has: without it, part of the notice was left out."""
    return list(_missing_days(found, year))


def _missing_days(found: dict[date, DayChange], year: int) -> Iterator[str]:
    for month, number in FIXED:
        day = date(year, month, number)
        if day not in found or found[day].is_working:
            yield _(
                "%(day)s is missing: by law it is a holiday in every year. Add the "
                "row, and check that the notice is complete."
            ) % {"day": day.isoformat()}
