import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from gongkai.audit.models import INSTALLATION, Event
from gongkai.registry import calendars
from gongkai.registry.calendars import (
    AlreadyInForce,
    Applied,
    Change,
    DayChange,
    MeanwhileChanged,
    Move,
    changing,
)
from gongkai.registry.models import CalendarVersion, OutboxEntry

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 20)
NEW_YEAR = DayChange(date(2027, 1, 1), False, "国务院办公厅通知: 元旦")


@dataclass
class Ledger:
    """One letter, received on a day, to be answered within 20 working days."""

    path: str = "0001"
    received_on: date = date(2026, 12, 10)
    due_on: date | None = None
    moved: list[Move] = field(default_factory=list)

    def count(self) -> date:
        return calendars.calendar_of(self).add_working_days(self.received_on, 20)

    def preview(self, change: Change) -> Iterator[Move]:
        new = change.new_calendar(self).add_working_days(self.received_on, 20)
        is_past = change.reaches_past(self, self.received_on, TODAY)
        if new != self.due_on or is_past:
            yield Move(1, "一", self.path, self.due_on, new, is_past)

    def apply(self, change: Change) -> list[Move]:
        moved = list(self.preview(change))
        for move in moved:
            self.due_on = move.new_on
        self.moved += moved
        return moved


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Ledger:
    made = Ledger()
    made.due_on = made.count()
    monkeypatch.setattr(changing, "_dependents", {})
    calendars.register_dependent("letters", made.preview, made.apply)
    return made


def apply(*days: DayChange, **told: object) -> Applied:
    wanted: dict[str, object] = {"by_user_id": None, "note": "试", **told}
    return calendars.apply(changes=days, **wanted)  # type: ignore[arg-type]


def test_a_letter_of_december_moves_once_when_the_next_year_is_loaded(
    ledger: Ledger,
) -> None:
    assert ledger.due_on == date(2027, 1, 7)
    preview = calendars.propose(changes=[NEW_YEAR], year=2027)
    assert [move.new_on for move in preview.all_moves] == [date(2027, 1, 8)]
    assert ledger.due_on == date(2027, 1, 7)
    applied = apply(NEW_YEAR, year=2027, seen=preview.seen)
    assert applied.moved == {"letters": 1}
    assert ledger.due_on == ledger.count() == date(2027, 1, 8)
    assert calendars.calendar_of(None).is_announced(NEW_YEAR.day)
    with pytest.raises(AlreadyInForce):
        apply(NEW_YEAR, year=2027)
    assert len(ledger.moved) == 1


def test_a_day_behind_us_is_flagged_on_what_it_touches(ledger: Ledger) -> None:
    emergency = DayChange(date(2026, 12, 15), False, "临时停工")
    assert calendars.propose(changes=[emergency]).all_moves[0].is_past
    ledger.received_on = date(2026, 12, 15)
    ledger.due_on = ledger.count()
    assert calendars.propose(changes=[emergency]).all_moves == []


def test_a_local_day_moves_nothing_elsewhere(ledger: Ledger) -> None:
    day = DayChange(date(2026, 12, 22), False, "县庆")
    assert calendars.propose(changes=[day], area="0002").all_moves == []
    assert len(calendars.propose(changes=[day], area="0001").all_moves) == 1


def test_the_version_and_the_moves_are_told_in_one_event(ledger: Ledger) -> None:
    made = apply(NEW_YEAR, year=2027, by_user_id=7).version
    event = Event.objects.get(verb="calendar.changed")
    assert (event.agency_id, event.user_id) == (INSTALLATION, 7)
    told = json.loads(event.data)
    assert told["moved"] == {"letters": 1}
    assert (told["number"], told["digest"]) == (made.number, made.digest)


def test_a_move_that_fails_undoes_the_version(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(change: Change) -> list[Move]:
        raise ZeroDivisionError

    calendars.register_dependent("broken", lambda change: [], fail)
    with pytest.raises(ZeroDivisionError):
        apply(NEW_YEAR, year=2027)
    assert calendars.version() == 1
    assert calendars.calendar_of(None).is_working(NEW_YEAR.day)
    assert not OutboxEntry.objects.filter(topic=changing.SETTLE_TOPIC).exists()


def test_sent_twice_it_is_applied_once(ledger: Ledger) -> None:
    first = apply(NEW_YEAR, year=2027, token="t", seen=1)
    second = apply(NEW_YEAR, year=2027, token="t", seen=1)
    assert second.is_repeat and second.version == first.version
    assert CalendarVersion.objects.count() == 2


def test_a_preview_that_is_out_of_date_is_not_applied(ledger: Ledger) -> None:
    seen = calendars.propose(changes=[NEW_YEAR], year=2027).seen
    apply(DayChange(date(2026, 12, 22), False, "县庆"))
    with pytest.raises(MeanwhileChanged):
        apply(NEW_YEAR, year=2027, seen=seen)


@pytest.mark.parametrize(
    ("day", "is_working"),
    [(date(2026, 10, 1), False), (date(2026, 10, 10), True), (date(2027, 1, 2), False)],
)
def test_a_day_that_is_so_already_is_refused(day: date, is_working: bool) -> None:
    with pytest.raises(AlreadyInForce) as refused:
        calendars.propose(changes=[DayChange(day, is_working, "试")])
    with translation.override("en"):
        assert "already" in str(refused.value)


def test_a_corrected_notice_takes_back_what_it_no_longer_says(ledger: Ledger) -> None:
    wrong = DayChange(date(2027, 1, 4), False, "误录")
    emergency = DayChange(date(2027, 1, 5), False, "临时停工")
    apply(NEW_YEAR, wrong, year=2027)
    apply(emergency)
    apply(NEW_YEAR, year=2027)
    calendar = calendars.calendar_of(None)
    assert calendar.is_working(wrong.day)
    assert not calendar.is_working(emergency.day)


def test_what_was_counted_by_the_old_calendar_is_moved_after(ledger: Ledger) -> None:
    number = apply(NEW_YEAR, year=2027).version.number
    assert OutboxEntry.objects.get(topic=changing.SETTLE_TOPIC).key == str(number)
    ledger.due_on = date(2027, 1, 7)
    assert changing.settle(number) == 1
    assert ledger.due_on == date(2027, 1, 8)
    assert changing.settle(number) == 0
    assert Event.objects.filter(verb="calendar.settled").count() == 1


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_each_version_stands_upon_the_one_before() -> None:
    def one(n: int) -> bool:
        try:
            apply(DayChange(date(2026, 3, 2 + n), False, "试"), token=f"t{n}")
        except MeanwhileChanged:
            return False
        finally:
            connection.close()
        return True

    days = [0, 0, 1, 1, 2, 2, 3, 3]
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(one, days))
    numbers = list(CalendarVersion.objects.values_list("number", flat=True))
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert any(done)
    assert len(numbers) - 1 <= 4


@pytest.mark.engines
def test_versions_are_never_changed() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        CalendarVersion.objects.update(note="改")
