"""Work that follows a commit: promised in the transaction, kept by the worker."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from gongkai.registry.models import OutboxEntry

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 12


@dataclass(frozen=True)
class Lease:
    """The worker's hold on one entry. Long work renews it between its own steps."""

    entry_id: int
    worker: str
    payload: Mapping[str, object]

    def renew(self) -> None:
        """Hold on for another LEASE; raises LeaseLost if another worker took over."""
        held = OutboxEntry.objects.filter(
            pk=self.entry_id, leased_by=self.worker, done_at__isnull=True
        ).update(leased_until=timezone.now() + LEASE)
        if not held:
            raise LeaseLost(self.entry_id)


class LeaseLost(Exception):
    """The lease ran out and another worker has the entry."""


Handler = Callable[[Lease], None]
_handlers: dict[str, Handler] = {}


def handles(topic: str) -> Callable[[Handler], Handler]:
    """Register the handler of a topic. It must be safe to run again after a crash."""

    def register(handler: Handler) -> Handler:
        _handlers[topic] = handler
        return handler

    return register


def enqueue(
    topic: str,
    *,
    key: str,
    payload: Mapping[str, object] | None = None,
    due_at: datetime | None = None,
) -> None:
    """Promise ``topic`` within the current transaction; the same key is promised once.

    ``payload`` holds ids, never personal data. Raises RuntimeError outside a
    transaction and KeyError for a topic that nobody handles.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A promise must be made inside the act's transaction.")
    _handlers[topic]
    OutboxEntry.objects.bulk_create(
        [
            OutboxEntry(
                topic=topic,
                key=key,
                payload=dict(payload or {}),
                due_at=due_at or timezone.now(),
            )
        ],
        ignore_conflicts=True,
    )


def run_next(worker: str) -> bool:
    """Lease and run one due entry; False where none is due."""
    entry = _lease(worker)
    if entry is None:
        return False
    try:
        _handlers[entry.topic](Lease(entry.pk, worker, entry.payload))
    except Exception as error:  # noqa: BLE001 - any failure is retried and kept
        log.warning("outbox %s %s: %s", entry.topic, entry.pk, type(error).__name__)
        _failed(entry, worker, error)
    else:
        _mine(entry, worker).update(done_at=timezone.now(), last_error="")
    return True


def _lease(worker: str) -> OutboxEntry | None:
    now = timezone.now()
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    with transaction.atomic():
        due = OutboxEntry.objects.filter(
            free, due_at__lte=now, done_at__isnull=True, failed_at__isnull=True
        ).order_by("due_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        entry = due.first()
        if entry is None:
            return None
        OutboxEntry.objects.filter(pk=entry.pk).update(
            leased_until=now + LEASE, leased_by=worker, attempts=F("attempts") + 1
        )
        entry.attempts += 1
    return entry


def _failed(entry: OutboxEntry, worker: str, error: Exception) -> None:
    wait = timedelta(seconds=min(2**entry.attempts, 3600))
    given_up = entry.attempts >= MAX_ATTEMPTS
    _mine(entry, worker).update(
        last_error=type(error).__name__,
        leased_until=None,
        due_at=timezone.now() + wait,
        failed_at=timezone.now() if given_up else None,
    )


def _mine(entry: OutboxEntry, worker: str) -> models.QuerySet[OutboxEntry]:
    return OutboxEntry.objects.filter(pk=entry.pk, leased_by=worker)
