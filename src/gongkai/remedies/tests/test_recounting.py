"""When the calendar changes, defences that are to be sent move once, and say so."""

from datetime import date

import pytest

from gongkai.applications.tests.factories import Desk, noon
from gongkai.audit.models import Event
from gongkai.registry import calendars
from gongkai.registry.calendars import DayChange
from gongkai.remedies.choices import Kind
from gongkai.remedies.models import Step
from gongkai.remedies.services import handling
from gongkai.remedies.tests.factories import DEFENCE, clerk, make_remedy, now

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
NEW_YEAR = [
    DayChange(date(2027, 1, 1), False, "元旦"),
    DayChange(date(2027, 1, 4), False, "元旦调休"),
]


def test_a_defence_waits_for_the_notice_and_moves_once() -> None:
    desk = Desk()
    made = make_remedy(desk, copy_received_on=date(2026, 12, 24))
    assert (made.due_on, made.is_provisional) == (date(2027, 1, 7), True)
    [move] = calendars.propose(changes=NEW_YEAR, year=2027).moves["remedies"]
    assert (move.old_on, move.new_on) == (date(2027, 1, 7), date(2027, 1, 11))
    calendars.apply(changes=NEW_YEAR, by_user_id=None, note="国办通知", year=2027)
    moved = now(made)
    assert (moved.due_on, moved.is_provisional) == (date(2027, 1, 11), False)
    assert Step.objects.filter(remedy=made, name="recount").count() == 1
    assert Event.objects.filter(verb="remedy.recounted").count() == 1


def test_a_suits_defence_runs_on_past_the_new_rest_days() -> None:
    made = make_remedy(
        Desk(), kind=Kind.DIRECT_SUIT, copy_received_on=date(2026, 12, 17)
    )
    assert made.due_on == date(2027, 1, 1)
    calendars.apply(changes=NEW_YEAR, by_user_id=None, note="国办通知", year=2027)
    assert now(made).due_on == date(2027, 1, 5)


def test_a_defence_that_was_sent_stays() -> None:
    desk = Desk()
    made = make_remedy(desk, copy_received_on=date(2026, 12, 24))
    day = date(2026, 12, 28)
    handling.defend(by=clerk(desk), remedy=made, on=day, files=[DEFENCE], now=noon(day))
    calendars.apply(changes=NEW_YEAR, by_user_id=None, note="国办通知", year=2027)
    assert now(made).due_on is None
    assert not Step.objects.filter(name="recount").exists()
