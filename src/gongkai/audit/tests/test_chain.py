"""`verify_audit` finds any edit, gap, swap or cut, and names the place."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from pytest_django.fixtures import Settings

from gongkai.audit import guards
from gongkai.audit.heads import copy_heads, read_heads
from gongkai.audit.models import Chain, Event
from gongkai.audit.services import NotInTransaction, record
from gongkai.audit.verifying import Break, verify

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def chain(settings: Settings, tmp_path: Path) -> list[Event]:
    settings.AUDIT_HEADS_FILE = tmp_path / "heads.jsonl"
    with transaction.atomic():
        return [
            record("test.act", about=Chain(pk=7), user_id=number, agency_id=7)
            for number in range(1, 6)
        ]


@pytest.fixture
def tamperer() -> Iterator[None]:
    """Somebody with the database's own rights, who takes the guards off first."""
    guards.lift(connection)
    yield
    guards.install(connection)


def found() -> list[Break]:
    return list(verify())


def test_an_untouched_chain_verifies(chain: list[Event]) -> None:
    assert found() == []


@pytest.mark.usefixtures("tamperer")
def test_an_edited_event_is_named(chain: list[Event]) -> None:
    Event.objects.filter(seq=3).update(verb="test.other")
    assert [(broken.seq, broken.reason) for broken in found()] == [
        (3, "was changed after it was written")
    ]


@pytest.mark.usefixtures("tamperer")
def test_a_gap_is_named(chain: list[Event]) -> None:
    Event.objects.filter(seq__in=(2, 3)).delete()
    assert found()[0] == Break(7, 4, "events 2 to 3 are missing")


@pytest.mark.usefixtures("tamperer")
def test_two_swapped_events_are_named(chain: list[Event]) -> None:
    Event.objects.filter(seq=2).update(seq=99)
    Event.objects.filter(seq=3).update(seq=2)
    Event.objects.filter(seq=99).update(seq=3)
    assert {broken.seq for broken in found()} >= {2, 3}


@pytest.mark.usefixtures("tamperer")
def test_a_cut_end_is_named_by_the_chains_head(chain: list[Event]) -> None:
    Event.objects.filter(seq=5).delete()
    assert found()[0] == Break(7, 4, "the chain ends here, its head says 5")


@pytest.mark.usefixtures("tamperer")
def test_a_cut_with_its_head_turned_back_is_named_by_the_copy(
    chain: list[Event],
) -> None:
    copy_heads()
    Event.objects.filter(seq=5).delete()
    Chain.objects.filter(pk=7).update(seq=4, head=chain[3].mac)
    assert found() == [
        Break(7, 4, "the chain was cut: the copy outside the database knows 5")
    ]


@pytest.mark.usefixtures("tamperer")
def test_a_cut_chain_that_was_written_on_is_named_by_the_older_copy(
    chain: list[Event],
) -> None:
    copy_heads()
    Event.objects.filter(seq__gte=4).delete()
    Chain.objects.filter(pk=7).update(seq=3, head=chain[2].mac)
    with transaction.atomic():
        for number in range(4):
            record("test.act", about=Chain(pk=7), user_id=number, agency_id=7)
    copy_heads()
    reason = "differs from the head that was copied outside the database"
    assert found() == [Break(7, 5, reason)]


def test_a_torn_line_of_the_copy_stops_nothing(
    chain: list[Event], settings: Settings
) -> None:
    settings.AUDIT_HEADS_FILE.write_text('{"agency": 7, "se', encoding="utf-8")
    assert copy_heads() == 1
    assert read_heads() == {7: (5, chain[4].mac)}


def test_the_command_says_that_nothing_was_copied(chain: list[Event]) -> None:
    told = StringIO()
    call_command("verify_audit", stdout=StringIO(), stderr=told)
    assert "no copy of the heads" in told.getvalue()


@pytest.mark.usefixtures("tamperer")
def test_a_chain_that_vanished_whole_is_named(chain: list[Event]) -> None:
    copy_heads()
    Event.objects.all().delete()
    Chain.objects.all().delete()
    assert 7 in {broken.agency_id for broken in found()}


def test_the_database_refuses_a_change(chain: list[Event]) -> None:
    for act in (
        lambda: Event.objects.update(verb="x"),
        lambda: Event.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_the_command_fails_when_a_guard_is_missing(
    chain: list[Event], tamperer: None
) -> None:
    with pytest.raises(CommandError, match="problem"):
        call_command("verify_audit", stdout=StringIO(), stderr=StringIO())


def test_migration_makes_lost_guards_again(tamperer: None) -> None:
    assert guards.missing(connection)
    guards.after_migrate()
    assert guards.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(NotInTransaction):
        record("test.act", about=Chain(pk=7), user_id=None, agency_id=7)
