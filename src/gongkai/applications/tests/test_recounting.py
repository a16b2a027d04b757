"""When a year is loaded or a day changes, open cases move once, and say so."""

from datetime import date

import pytest
import time_machine

from gongkai.applications.choices import Flag
from gongkai.applications.models import Act, Case
from gongkai.applications.services import handling
from gongkai.applications.tests.factories import REPLY, Desk, noon
from gongkai.audit.models import Event
from gongkai.registry import calendars
from gongkai.registry.calendars import DayChange

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

NEW_YEAR = [
    DayChange(date(2027, 1, 1), False, "元旦"),
    DayChange(date(2027, 1, 4), False, "元旦调休"),
]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def load_2027(**told: object) -> calendars.Applied:
    known: dict[str, object] = {"by_user_id": None, "note": "国办通知", "year": 2027}
    return calendars.apply(changes=NEW_YEAR, **{**known, **told})  # type: ignore[arg-type]


def test_a_letter_of_december_waits_for_the_notice_and_moves_once(desk: Desk) -> None:
    case = desk.case(
        received_on=date(2026, 12, 10),
        confirmed_on=date(2026, 12, 10),
        channel="letter",
    )
    assert (case.due_on, case.is_provisional) == (date(2027, 1, 7), True)
    preview = calendars.propose(changes=NEW_YEAR, year=2027)
    [move] = preview.moves["applications"]
    assert (move.old_on, move.new_on) == (date(2027, 1, 7), date(2027, 1, 11))
    assert case.number in move.title
    load_2027(seen=preview.seen)
    case.refresh_from_db()
    assert (case.due_on, case.is_provisional) == (date(2027, 1, 11), False)
    with pytest.raises(calendars.AlreadyInForce):
        load_2027()
    assert Act.objects.filter(case=case, name="recount").count() == 1
    assert Event.objects.filter(verb="case.recounted").count() == 1


def test_a_case_that_stays_is_provisional_no_more(desk: Desk) -> None:
    case = desk.case(received_on=date(2026, 12, 4))
    assert (case.due_on, case.is_provisional) == (date(2027, 1, 1), True)
    calendars.apply(
        changes=[DayChange(date(2027, 10, 1), False, "国庆节")],
        by_user_id=None,
        note="国办通知",
        year=2027,
    )
    case.refresh_from_db()
    assert (case.due_on, case.is_provisional) == (date(2027, 1, 1), False)
    assert not Act.objects.filter(name="recount").exists()


def test_an_ended_case_keeps_its_days(desk: Desk) -> None:
    case = desk.case(received_on=date(2026, 12, 10))
    handling.reply(
        actor=desk.clerk,
        case=case,
        on=date(2026, 12, 11),
        result="R1",
        files=[REPLY],
        now=noon(date(2026, 12, 11)),
    )
    load_2027()
    assert Case.objects.get().due_on == date(2027, 1, 7)


@time_machine.travel(noon(date(2026, 12, 18)))
def test_a_change_that_reaches_into_the_past_flags_what_it_touches(desk: Desk) -> None:
    touched = desk.case(received_on=date(2026, 12, 10))
    later = desk.case(received_on=date(2026, 12, 16))
    emergency = DayChange(date(2026, 12, 15), False, "暴雪停工")
    calendars.apply(changes=[emergency], by_user_id=None, note="县政府通知")
    touched.refresh_from_db()
    later.refresh_from_db()
    assert (touched.due_on, touched.flag) == (date(2027, 1, 8), Flag.PAST_CALENDAR)
    assert (later.due_on, later.flag) == (date(2027, 1, 13), Flag.REPEAT)


def test_a_local_day_moves_the_cases_of_its_area_only(desk: Desk) -> None:
    elsewhere = Desk()
    here = desk.case(received_on=date(2026, 12, 10))
    there = elsewhere.case(received_on=date(2026, 12, 10))
    local = DayChange(date(2026, 12, 22), False, "县庆")
    calendars.apply(
        changes=[local], by_user_id=None, note="县庆", area=desk.agency.path
    )
    here.refresh_from_db()
    there.refresh_from_db()
    assert (here.due_on, there.due_on) == (date(2027, 1, 8), date(2027, 1, 7))
