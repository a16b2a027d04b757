from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from gongkai.registry import outbox
from gongkai.registry.models import OutboxEntry
from gongkai.registry.outbox import Lease, LeaseLost, enqueue, handles, run_next

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def done() -> Iterator[list[object]]:
    """A topic that keeps what it was given, or fails where that says so."""
    seen: list[object] = []

    @handles("test.topic")
    def handle(lease: Lease) -> None:
        if lease.payload.get("fail"):
            raise ValueError("secret words of a person")
        seen.append(lease.payload["n"])

    yield seen
    del outbox._handlers["test.topic"]


def promise(n: int, **payload: object) -> None:
    with transaction.atomic():
        enqueue("test.topic", key=str(n), payload={"n": n, **payload})


def test_a_promise_is_kept_once(done: list[object]) -> None:
    promise(1)
    assert run_next("w")
    assert not run_next("w")
    assert done == [1]


def test_the_same_promise_twice_is_one(done: list[object]) -> None:
    promise(1)
    promise(1)
    while run_next("w"):
        pass
    assert done == [1]


@pytest.mark.django_db(transaction=True)
def test_a_promise_of_a_rolled_back_act_is_none(done: list[object]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue("test.topic", key="1", payload={"n": 1})
        raise ZeroDivisionError
    assert not run_next("w")


def test_a_failure_is_kept_without_its_words_and_tried_later(
    done: list[object],
) -> None:
    promise(1, fail=True)
    assert run_next("w")
    entry = OutboxEntry.objects.get()
    assert entry.last_error == "ValueError"
    assert entry.due_at > timezone.now()
    assert not run_next("w")


def test_what_keeps_failing_is_given_up_and_stays_on_record(
    done: list[object],
) -> None:
    promise(1, fail=True)
    for _try in range(outbox.MAX_ATTEMPTS):
        OutboxEntry.objects.update(due_at=timezone.now())
        assert run_next("w")
    OutboxEntry.objects.update(due_at=timezone.now())
    assert not run_next("w")
    assert OutboxEntry.objects.get().failed_at is not None


def test_the_work_of_a_killed_worker_is_taken_over(done: list[object]) -> None:
    promise(1)
    held = outbox._lease("killed")
    assert held is not None
    assert not run_next("other")
    OutboxEntry.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert run_next("other")
    assert done == [1]


def test_a_worker_that_lost_its_lease_is_told(done: list[object]) -> None:
    promise(1)
    held = outbox._lease("slow")
    assert held is not None
    OutboxEntry.objects.update(leased_by="other")
    with pytest.raises(LeaseLost):
        Lease(held.pk, "slow", held.payload).renew()
