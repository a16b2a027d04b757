"""When the calendar changes: which defences fall due on another day, moved together."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.audit import services as audit
from gongkai.registry.calendars import Change, Move
from gongkai.remedies import clock
from gongkai.remedies.models import Remedy, Step
from gongkai.remedies.querysets import RemedyQuerySet

NAME = "remedies"
ACT = "recount"
BATCH = 500


def preview(change: Change) -> Iterator[Move]:
    """Remedies whose defence is to be sent and falls due on another day."""
    for remedy in _owed(change).iterator(BATCH):
        move = _move_of(remedy, change)
        if move.new_on != move.old_on:
            yield move


def apply(change: Change) -> list[Move]:
    """Move them in the change's transaction: a step in each, one audit event for each
    agency. A second time nothing is left to move."""
    now, today = timezone.now(), timezone.localdate()
    moved: dict[Agency, list[Move]] = {}
    owed, steps = list(_owed(change)), []
    for remedy in owed:
        move = _move_of(remedy, change)
        calendar = change.new_calendar(remedy.agency)
        clock.set_clock(remedy, calendar, change.after.number)
        if move.new_on != move.old_on:
            moved.setdefault(remedy.agency, []).append(move)
            steps.append(_step(remedy, today, now))
    Remedy.objects.bulk_update(owed, clock.COLUMNS, BATCH)
    Step.objects.bulk_create(steps, BATCH)
    for agency, moves in moved.items():
        _record(agency, moves, change)
    return [move for moves in moved.values() for move in moves]


def _owed(change: Change) -> RemedyQuerySet:
    inside = Remedy.objects.awaiting_defence().filter(
        agency__path__startswith=change.area
    )
    found: RemedyQuerySet = inside.select_related("agency").order_by("pk")
    return found


def _move_of(remedy: Remedy, change: Change) -> Move:
    received_on, today = remedy.copy_received_on, timezone.localdate()
    return Move(
        record_id=remedy.pk,
        title=f"{remedy.number} {remedy.subject}",
        path=remedy.agency.path,
        old_on=remedy.due_on,
        new_on=clock.due_of(remedy, change.new_calendar(remedy.agency)),
        is_past=change.reaches_past(remedy.agency, received_on, today),
        url=reverse("remedies:remedy", args=[remedy.pk]),
    )


def _step(remedy: Remedy, today: date, now: datetime) -> Step:
    return Step(
        remedy=remedy,
        name=ACT,
        from_stage=remedy.stage,
        to_stage=remedy.stage,
        on=today,
        at=now,
        until=remedy.due_on,
    )


def _record(agency: Agency, moves: list[Move], change: Change) -> None:
    manifest = [[move.record_id, str(move.old_on), str(move.new_on)] for move in moves]
    digest = hashlib.sha256(json.dumps(manifest).encode()).hexdigest()
    audit.record(
        "remedy.recounted",
        about=agency,
        user_id=None,
        agency_id=agency.pk,
        data={
            "calendar": change.after.number,
            "count": len(moves),
            "manifest": digest,
        },
    )
