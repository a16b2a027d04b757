"""Repeated jobs, kept in a table so that a restart forgets none."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.registry.models import Schedule

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
Job = Callable[[], object]


@dataclass(frozen=True)
class Repeated:
    name: str
    every: timedelta
    job: Job


_jobs: dict[str, Repeated] = {}


def repeats(name: str, every: timedelta) -> Callable[[Job], Job]:
    """Register a job that the worker runs again and again; it must be idempotent."""

    def register(job: Job) -> Job:
        _jobs[name] = Repeated(name, every, job)
        return job

    return register


def run_due(now: datetime | None = None) -> int:
    """Run every job that is due and nobody else is running; returns how many."""
    return sum(_run(repeated, now or timezone.now()) for repeated in _jobs.values())


def _run(repeated: Repeated, now: datetime) -> bool:
    if not _take(repeated, now):
        return False
    error = ""
    try:
        repeated.job()
    except Exception as failure:  # noqa: BLE001 - kept, and run again when due
        error = type(failure).__name__
        log.warning("job %s: %s", repeated.name, error)
    Schedule.objects.filter(pk=repeated.name).update(
        due_at=now + repeated.every,
        leased_until=None,
        last_run_at=now,
        last_error=error,
    )
    return True


def _take(repeated: Repeated, now: datetime) -> bool:
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    with transaction.atomic():
        Schedule.objects.get_or_create(pk=repeated.name, defaults={"due_at": now})
        return bool(
            Schedule.objects.filter(free, pk=repeated.name, due_at__lte=now).update(
                leased_until=now + LEASE
            )
        )
