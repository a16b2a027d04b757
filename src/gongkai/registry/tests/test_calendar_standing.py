from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from gongkai.audit import guards
from gongkai.registry import calendars
from gongkai.registry.calendars import DayChange, standing
from gongkai.registry.models import CalendarDay, CalendarVersion

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Agency:
    path: str


COUNTY, BUREAU, OTHER = Agency("0001"), Agency("00010002"), Agency("0002")
DAY = date(2026, 3, 3)
REST = DayChange(DAY, False, "县政府通知")


def change(*days: DayChange, area: str = "", year: int | None = None) -> int:
    applied = calendars.apply(
        by_user_id=None, changes=days, area=area, note="试", year=year
    )
    return applied.version.number


def test_the_first_version_holds_the_packaged_notices() -> None:
    calendar = calendars.calendar_of(None)
    assert calendars.version() == 1
    assert CalendarDay.objects.count() < 1000
    assert not calendar.is_working(date(2026, 10, 1))
    assert calendar.is_working(date(2026, 10, 10))
    assert calendar.is_announced(date(2026, 12, 31))
    assert not calendar.is_announced(date(2027, 1, 1))


def test_a_local_day_holds_for_the_agency_and_all_below_it_only() -> None:
    assert change(REST, area=COUNTY.path) == 2
    for agency, is_working in ((COUNTY, False), (BUREAU, False), (OTHER, True)):
        assert calendars.calendar_of(agency).is_working(DAY) == is_working
    assert calendars.calendar_of(None).is_working(DAY)


def test_what_was_decided_last_holds() -> None:
    change(REST)
    change(DayChange(DAY, True, "收回"), area=BUREAU.path)
    assert not calendars.calendar_of(COUNTY).is_working(DAY)
    assert calendars.calendar_of(BUREAU).is_working(DAY)


def test_agencies_without_days_of_their_own_share_one_calendar() -> None:
    change(REST, area=OTHER.path)
    assert calendars.calendar_of(COUNTY) is calendars.calendar_of(BUREAU)


def test_a_request_asks_for_the_version_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    calendars.calendar_of(None)
    standing.begin_request()
    try:
        with django_assert_num_queries(1):
            for agency in (COUNTY, BUREAU, OTHER, None):
                calendars.calendar_of(agency)
                calendars.version()
    finally:
        standing.end_request()
    with django_assert_num_queries(2):
        calendars.version()
        calendars.version()


def test_a_version_that_was_rolled_back_leaves_nothing_behind() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        change(REST)
        assert not calendars.calendar_of(None).is_working(DAY)
        raise ZeroDivisionError
    assert change(DayChange(date(2026, 3, 4), False, "另一天")) == 2
    assert calendars.calendar_of(None).is_working(DAY)


def test_an_empty_table_reads_like_its_first_version() -> None:
    seeded = calendars.calendar_of(None)
    guards.lift(connection)
    CalendarDay.objects.all().delete()
    CalendarVersion.objects.all().delete()
    assert calendars.version() == 0
    assert calendars.calendar_of(None).days == seeded.days
    assert change(REST) == 2
