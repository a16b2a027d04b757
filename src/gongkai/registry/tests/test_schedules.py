from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.registry import schedules
from gongkai.registry.models import Schedule

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    seen: list[int] = []
    job = schedules.Repeated("test.job", timedelta(hours=1), lambda: seen.append(1))
    monkeypatch.setattr(schedules, "_jobs", {"test.job": job})
    yield seen


def test_a_job_runs_when_due_and_not_before(runs: list[int]) -> None:
    now = timezone.now()
    assert schedules.run_due(now) == 1
    assert schedules.run_due(now + timedelta(minutes=59)) == 0
    assert schedules.run_due(now + timedelta(minutes=61)) == 1


def test_a_job_that_another_worker_runs_is_left(runs: list[int]) -> None:
    now = timezone.now()
    Schedule.objects.create(
        name="test.job", due_at=now, leased_until=now + timedelta(minutes=1)
    )
    assert schedules.run_due(now) == 0


def test_the_job_of_a_killed_worker_is_taken_over(runs: list[int]) -> None:
    now = timezone.now()
    Schedule.objects.create(
        name="test.job", due_at=now, leased_until=now - timedelta(seconds=1)
    )
    assert schedules.run_due(now) == 1
