"""Working days as announced, and terms in days and months."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from gongkai import law
from gongkai.law import calendar as working

CALENDAR = law.standard_calendar()


def day(text: str) -> date:
    return date.fromisoformat(text)


# domain.md §10: day 0, then the 7th, 15th, 20th and 40th working day.
VECTORS = [
    ("2018-12-28", ["2019-01-09", "2019-01-21", "2019-01-28", "2019-02-28"]),
    ("2019-05-15", ["2019-05-24", "2019-06-05", "2019-06-13", "2019-07-11"]),
    ("2025-01-24", ["2025-02-10", "2025-02-20", "2025-02-27", "2025-03-27"]),
    ("2025-09-26", ["2025-10-13", "2025-10-23", "2025-10-30", "2025-11-27"]),
    ("2026-02-13", ["2026-03-02", "2026-03-12", "2026-03-19", "2026-04-17"]),
]


@pytest.mark.parametrize(("start", "ends"), VECTORS)
def test_terms_over_holidays_end_as_counted_by_hand(
    start: str, ends: list[str]
) -> None:
    found = [CALENDAR.add_working_days(day(start), n) for n in (7, 15, 20, 40)]
    assert [end.isoformat() for end in found] == ends


def test_every_announced_day_is_as_the_package_says() -> None:
    some_day = date(2004, 1, 1)
    while some_day <= date(2026, 12, 31):
        assert CALENDAR.is_working(some_day) == chinese_calendar.is_workday(some_day)
        assert CALENDAR.is_announced(some_day)
        some_day += timedelta(days=1)


@pytest.mark.parametrize("text", ["2003-12-31", "2027-01-01", "2027-10-01"])
def test_a_day_of_an_unannounced_year_is_a_guess(text: str) -> None:
    assert not CALENDAR.is_announced(day(text))
    assert CALENDAR.is_working(day(text)) == (day(text).weekday() < 5)
    assert CALENDAR.source(day(text)) == ""


def test_working_days_are_counted_after_the_first_and_up_to_the_last() -> None:
    friday, monday = day("2025-03-07"), day("2025-03-10")
    assert CALENDAR.working_days(friday, monday) == 1
    assert CALENDAR.working_days(friday, friday) == 0
    assert CALENDAR.working_days(monday, friday) == 0


def test_adding_and_counting_undo_each_other() -> None:
    for start in (day("2024-02-09"), day("2025-09-27"), day("2031-05-04")):
        for n in range(1, 400):
            end = CALENDAR.add_working_days(start, n)
            assert CALENDAR.is_working(end)
            assert CALENDAR.working_days(start, end) == n


def test_no_days_added_is_the_day_itself() -> None:
    assert CALENDAR.add_working_days(day("2025-03-08"), 0) == day("2025-03-08")


@pytest.mark.parametrize(
    ("start", "found"),
    [
        ("2025-03-07", "2025-03-07"),
        ("2025-03-08", "2025-03-10"),
        ("2025-01-26", "2025-01-26"),  # a Sunday worked before the Spring Festival
        ("2025-01-28", "2025-02-05"),
    ],
)
def test_the_next_working_day_may_be_the_day_itself(start: str, found: str) -> None:
    assert CALENDAR.next_working_day(day(start)) == day(found)


def test_a_change_makes_a_new_calendar_and_leaves_the_old() -> None:
    start, closed = day("2026-12-31"), day("2027-01-04")
    changed = CALENDAR.with_changes({closed: (False, "暴雪停工")}, announced=[2027])
    assert changed.add_working_days(start, 2) == day("2027-01-05")
    assert CALENDAR.add_working_days(start, 2) == closed
    assert changed.source(closed) == "暴雪停工"
    assert changed.is_announced(closed)
    assert not CALENDAR.is_announced(closed)


def test_a_change_can_take_back_a_holiday() -> None:
    holiday = day("2026-10-01")
    assert not CALENDAR.is_working(holiday)
    changed = CALENDAR.with_changes({holiday: (True, "emergency")})
    assert changed.is_working(holiday)
    assert changed.add_working_days(day("2026-09-30"), 1) == holiday


def test_a_calendar_without_days_is_monday_to_friday() -> None:
    plain = law.Calendar({})
    assert plain.add_working_days(day("2025-01-24"), 10) == day("2025-02-07")
    assert plain.announced == frozenset()


def test_a_year_announced_through_needs_every_year_between() -> None:
    plain = law.Calendar({}, [2025, 2027])
    assert plain.is_announced_through(day("2025-01-01"), day("2025-12-31"))
    assert not plain.is_announced_through(day("2025-12-31"), day("2027-01-01"))


@pytest.mark.parametrize("n", [-1, 100_001, True, 1.5])
def test_a_length_that_cannot_be_is_refused(n: int) -> None:
    with pytest.raises(law.BadNumber, match="100000"):
        CALENDAR.add_working_days(day("2025-01-01"), n)


def test_a_term_past_the_last_of_all_days_is_refused() -> None:
    with pytest.raises(law.BadNumber):
        CALENDAR.add_working_days(day("9999-12-30"), 20)
    with pytest.raises(law.BadNumber):
        law.natural_term(day("9999-12-30"), 20, law.Unit.NATURAL_DAYS, CALENDAR)
    with pytest.raises(law.BadNumber):
        law.natural_term(day("9999-12-30"), 6, law.Unit.MONTHS, CALENDAR)


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2025-03-03", 60, "2025-05-06"),  # 2 May is in the holiday: Civil Code 203
        ("2025-03-04", 15, "2025-03-19"),
        ("2025-02-21", 15, "2025-03-10"),  # ends on a Saturday
        ("2024-12-27", 30, "2025-01-26"),  # ends on a Sunday that was worked
    ],
)
def test_natural_days_that_end_on_a_rest_day_run_on(
    start: str, length: int, end: str
) -> None:
    found = law.natural_term(day(start), length, law.Unit.NATURAL_DAYS, CALENDAR)
    assert found == day(end)


def test_months_end_on_the_same_day_or_on_the_last_of_the_month() -> None:
    every = law.Calendar(dict.fromkeys(_days(2023, 2026), (True, "")))
    for start in _days(2023, 2025):
        for count in (1, 6, 12):
            end = law.natural_term(start, count, law.Unit.MONTHS, every)
            month = (start.month - 1 + count) % 12 + 1
            assert end.month == month
            is_last = (end + timedelta(days=1)).month != month
            assert end.day == start.day or (is_last and end.day < start.day)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2023-08-31", 6, "2024-02-29"),
        ("2024-08-30", 6, "2025-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-10-31", 6, "2025-04-30"),
        ("2024-11-01", 6, "2025-05-06"),  # 1 to 5 May 2025 were days of rest
    ],
)
def test_six_months_to_sue(start: str, months: int, end: str) -> None:
    assert law.natural_term(day(start), months, law.Unit.MONTHS, CALENDAR) == day(end)


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        ("confirm_mail", "2025-03-08", "2025-03-08"),
        ("correction_due", "2025-03-08", None),
        ("publish", "2025-01-24", "2025-02-27"),
        ("sue_direct", "2024-08-30", "2025-02-28"),
        ("review_apply", "2025-03-03", "2025-05-06"),
        ("annual_dept", "2025-12-31", "2026-01-31"),  # a Saturday: not settled, stays
    ],
)
def test_the_end_of_a_term_follows_its_unit(
    key: str, start: str, end: str | None
) -> None:
    found = law.term_end(law.regime("2019").term(key), day(start), CALENDAR)
    assert found == (day(end) if end else None)


def test_seed_days_name_their_source_and_make_the_standard_calendar() -> None:
    days = list(law.seed_days())
    assert [some for some, _, _ in days] == sorted({some for some, _, _ in days})
    assert all("chinesecalendar" in source for _, _, source in days)
    assert (day("2025-01-26"), True) in {(some, works) for some, works, _ in days}
    assert law.seed_years() == tuple(range(2004, 2027))


def test_the_standard_calendar_is_made_once() -> None:
    assert working.standard_calendar() is CALENDAR


def _days(first: int, last: int) -> list[date]:
    start, count = date(first, 1, 1), (date(last + 1, 1, 1) - date(first, 1, 1)).days
    return [start + timedelta(days=n) for n in range(count)]
