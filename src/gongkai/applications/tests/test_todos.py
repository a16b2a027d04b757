"""The desk's part of the to-do list: what the law wants first, what never came."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from gongkai.applications import clock
from gongkai.applications.exceptions import NotAllowedNow
from gongkai.applications.models import Case, Consultation
from gongkai.applications.services import asking, handling
from gongkai.applications.services.asking import Consulted
from gongkai.applications.tests.factories import Desk, noon
from gongkai.applications.todos import count, waiting
from gongkai.applications.transitions import TRANSITIONS
from gongkai.registry.todos import Todo, todos_for

pytestmark = pytest.mark.django_db

RECEIVED = date(2025, 3, 3)
SENT = date(2025, 3, 5)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def waits(desk: Desk, day: date) -> list[Todo]:
    assert desk.clerk.scope is not None
    with time_machine.travel(noon(day)):
        found = list(waiting(desk.clerk.scope, 100))
        assert count(desk.clerk.scope) == len(found)
    return found


def begun(desk: Desk) -> Case:
    case = desk.case(received_on=RECEIVED)
    handling.take_up(actor=desk.clerk, case=case, now=noon(RECEIVED))
    return case


def label(act: str) -> str:
    return str(TRANSITIONS[act].label)


def ask_correction(desk: Desk, case: Case, now: datetime) -> None:
    until, text = date(2025, 3, 20), "请写明年度。"
    asking.ask_correction(
        actor=desk.clerk, case=case, text=text, until=until, on=SENT, now=now
    )


def charge(desk: Desk, case: Case, now: datetime) -> None:
    """To be paid by 2 April."""
    asking.charge(
        actor=desk.clerk, case=case, basis="item", quantity=11, on=SENT, now=now
    )


def consult(of: str, desk: Desk, case: Case, now: datetime) -> None:
    """Their term ends on 26 March."""
    party = Consulted("某社", question="是否同意？")
    asked = asking.consult(
        actor=desk.clerk, case=case, of=of, party=party, on=SENT, now=now
    )
    asking.consulted_received(actor=desk.clerk, asked=asked, on=SENT, now=now)


def unreceived(of: str, desk: Desk) -> Consultation:
    """A letter to others of SENT that nobody is known to have received."""
    return asking.consult(
        actor=desk.clerk,
        case=begun(desk),
        of=of,
        party=Consulted("某社", question="是否同意？"),
        on=SENT,
        now=noon(SENT),
    )


@pytest.mark.parametrize("of", ["third_party", "organ"])
def test_a_letter_without_proof_of_receipt_is_delivered_again(
    desk: Desk, of: str
) -> None:
    asked = unreceived(of, desk)
    assert waits(desk, SENT + timedelta(days=14)) == []
    late = SENT + timedelta(days=15)
    (todo,) = waits(desk, late)
    assert (todo.act, todo.due_on) == (label("deliver_again"), None)
    asking.deliver_again(
        actor=desk.clerk, asked=asked, text="直接送达", on=late, now=noon(late)
    )
    assert waits(desk, late) == waits(desk, late + timedelta(days=14)) == []
    (todo,) = waits(desk, late + timedelta(days=15))
    assert todo.act == label("deliver_again")


def test_what_was_received_is_not_delivered_again(desk: Desk) -> None:
    asked = unreceived("third_party", desk)
    day = SENT + timedelta(days=20)
    asking.consulted_received(actor=desk.clerk, asked=asked, on=day, now=noon(day))
    assert waits(desk, day) == []
    with pytest.raises(NotAllowedNow):
        asking.deliver_again(
            actor=desk.clerk, asked=asked, text="再送", on=day, now=noon(day)
        )


def test_delivering_again_moves_no_day(desk: Desk) -> None:
    asked = unreceived("third_party", desk)
    before = clock.clock_of(asked.case)
    day = SENT + timedelta(days=15)
    asking.deliver_again(
        actor=desk.clerk, asked=asked, text="公告送达", on=day, now=noon(day)
    )
    after = clock.clock_of(Case.objects.get(pk=asked.case.pk))
    assert (after.due_on, after.state) == (before.due_on, before.state)


def test_a_receipt_to_be_confirmed_stands_before_all_else(desk: Desk) -> None:
    """The law wants it on the day on which the letter comes (Art. 31)."""
    desk.case(received_on=date(2025, 2, 10))
    desk.case(received_on=date(2025, 3, 7), channel="letter")
    assert desk.clerk.scope is not None
    with time_machine.travel(noon(date(2025, 3, 7))):
        first, second = todos_for(desk.clerk.scope)
    assert (first.act, first.due_on) == (label("confirm"), date(2025, 3, 7))
    assert first.days_left == 0
    assert second.due_on == date(2025, 3, 10)


@pytest.mark.parametrize(
    ("ask", "last", "act"),
    [
        (ask_correction, date(2025, 3, 20), "default_correction"),
        (charge, date(2025, 4, 2), "default_fee"),
        (
            lambda *told: consult("third_party", *told),
            date(2025, 3, 26),
            "third_party_silent",
        ),
        (lambda *told: consult("organ", *told), date(2025, 3, 26), "organ_silent"),
    ],
)
def test_what_did_not_come_in_its_time_waits_for_the_handler(
    desk: Desk, ask: object, last: date, act: str
) -> None:
    case = begun(desk)
    ask(desk, case, noon(SENT))  # type: ignore[operator]
    assert waits(desk, last) == []
    (todo,) = waits(desk, date.fromordinal(last.toordinal() + 1))
    assert todo.act == label(act)
