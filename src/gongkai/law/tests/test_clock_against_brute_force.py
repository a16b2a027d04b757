"""The clock and a second, day-by-day implementation agree; and what always holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai import law
from gongkai.law.tests import brute
from gongkai.law.tests.histories import Case, cases

EVERY_DAY = [date(2008, 1, 1) + timedelta(days=n) for n in range(7305)]
CALENDAR = law.standard_calendar()
IMPOSSIBLE = "impossible"
MANY = settings(max_examples=2_000)
VERY_MANY = settings(max_examples=100_000)
SOME = settings(max_examples=500)


def test_every_receipt_date_agrees() -> None:
    assert EVERY_DAY[-1] == date(2027, 12, 31)
    for n in (1, 7, 15, 20, 40):
        for day in EVERY_DAY:
            assert CALENDAR.add_working_days(day, n) == brute.add(day, n), (day, n)


@pytest.mark.parametrize("name", ["2008", "2019"])
def test_every_receipt_date_gives_the_day_of_the_plain_walk(name: str) -> None:
    regime = law.regime(name)
    length = {"2008": 15, "2019": 20}[name]  # Art. 24 of 2007, Art. 33 of 2019
    for day in EVERY_DAY:
        clock = law.compute(regime, "in_person", day, [], CALENDAR)
        assert clock.due_on == brute.add(day, length)
        assert clock.provisional == (clock.due_on >= date(2027, 1, 1))


def due_by_clock(case: Case, calendar: law.Calendar = CALENDAR) -> date | str | None:
    try:
        return clock_of(case, calendar).due_on
    except law.BadHistory as problem:
        assert problem.words("en")
        return IMPOSSIBLE


def clock_of(case: Case, calendar: law.Calendar = CALENDAR) -> law.Clock:
    return law.compute(
        law.regime(case.regime),
        "in_person",
        case.receipt,
        case.events,
        calendar,
        rules=law.Rules(late_correction_stops=case.late_stops),
    )


def due_by_walk(case: Case) -> date | str | None:
    walk = brute.Walk(brute.is_working, late_stops=case.late_stops)
    if case.regime == "2008":
        walk.term, walk.notice_term, walk.silence = 15, None, None
    try:
        return walk.run(case.receipt, case.events)
    except brute.Impossible:
        return IMPOSSIBLE


def agrees(case: Case) -> None:
    due = due_by_walk(case)
    assert due_by_clock(case) == due
    if due == IMPOSSIBLE:
        return
    clock = clock_of(case)
    adds_up(clock)
    stopped_does_not_expire(clock)


def adds_up(clock: law.Clock) -> None:
    """What runs after the last restart is the term, and every step speaks."""
    for language in ("zh-hans", "en"):
        assert all(clock.explain(language))
    kinds = [segment.kind for segment in clock.segments]
    days = [segment.first for segment in clock.segments]
    assert days == sorted(days)
    if clock.due_on is None:
        return
    assert kinds[-1] is law.SegmentKind.DUE
    last_restart = max(
        (n for n, kind in enumerate(kinds) if kind is law.SegmentKind.RESTART),
        default=0,
    )
    running = [
        segment.working_days or 0
        for segment in clock.segments[last_restart:]
        if segment.kind is law.SegmentKind.RUNNING
    ]
    assert sum(running) == clock.term_days


def stopped_does_not_expire(clock: law.Clock) -> None:
    awaited = [clock.third_party_due, clock.organ_due]
    if clock.state == "stopped" and clock.due_on:
        # It is known only because the other's silence will end the stop.
        assert any(day and day <= clock.due_on for day in awaited)


@MANY
@given(cases())
def test_random_histories_agree(case: Case) -> None:
    agrees(case)


@pytest.mark.deep
@VERY_MANY
@given(cases())
def test_very_many_random_histories_agree(case: Case) -> None:
    agrees(case)


def never_shortens(case: Case, offset: int) -> None:
    holiday = case.receipt + timedelta(days=offset)
    before = due_by_clock(case)
    after = due_by_clock(
        case, CALENDAR.with_changes({holiday: (False, "local holiday")})
    )
    if isinstance(before, date) and after is not None:
        assert isinstance(after, date)
        assert after >= before
    elif before is None:
        assert after is None


@SOME
@given(cases(), st.integers(0, 150))
def test_adding_a_holiday_never_shortens_a_term(case: Case, offset: int) -> None:
    never_shortens(case, offset)


@pytest.mark.deep
@settings(max_examples=20_000)
@given(cases(), st.integers(0, 150))
def test_adding_any_holiday_never_shortens_any_term(case: Case, offset: int) -> None:
    never_shortens(case, offset)


@SOME
@given(cases(), st.integers(0, 60))
def test_a_clock_that_waits_for_an_answer_has_no_last_day(
    case: Case, offset: int
) -> None:
    on = case.receipt + timedelta(days=offset)
    earlier = [event for event in case.events if event.on <= on]
    try:
        plain = clock_of(case._replace(events=earlier))
    except law.BadHistory:
        return
    if plain.due_on and on >= plain.due_on:
        return
    sent = law.Event("third-party-sent", on, party="one more")
    clock = clock_of(case._replace(events=[*earlier, sent]))
    assert (clock.state, clock.due_on) == ("stopped", None)
