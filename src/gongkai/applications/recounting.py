"""When the calendar changes: which open cases move, moved and logged together."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from gongkai import law
from gongkai.applications import clock
from gongkai.applications.choices import Flag
from gongkai.applications.models import Act, Case
from gongkai.audit import services as audit
from gongkai.registry.calendars import Change, Move

NAME = "applications"
ACT = "recount"
BATCH = 500


def preview(change: Change) -> Iterator[Move]:
    """Open cases whose last day moves, or whose running term the change touches."""
    today = timezone.localdate()
    for case in _open_cases(change):
        move = _move_of(case, change, today)
        if move is not None:
            yield move


def apply(change: Change) -> list[Move]:
    """Move them in the change's transaction: an act in each case, one audit event for
    each agency with the hash of what moved. A second time nothing is left to move."""
    now, today = timezone.now(), timezone.localdate()
    moved: dict[int, list[Move]] = {}
    changed, acts = [], []
    for case in _open_cases(change):
        move = _move_of(case, change, today)
        if move is None or (move.is_past and _is_told(case, change)):
            if change.years and case.is_provisional:
                # The day stays; now it is announced.
                _wind(case, change)
                changed.append(case)
            continue
        moved.setdefault(case.agency_id, []).append(move)
        _wind(case, change)
        if move.is_past:
            case.flag = Flag.PAST_CALENDAR
        changed.append(case)
        acts.append(_act(case, move, today, now))
    Case.objects.bulk_update(changed, [*clock.COLUMNS, "flag"], BATCH)
    Act.objects.bulk_create(acts, BATCH)
    for case in {act.case.agency_id: act.case for act in acts}.values():
        _record(case, moved[case.agency_id], change)
    return [move for moves in moved.values() for move in moves]


def _open_cases(change: Change) -> Iterator[Case]:
    cases = (
        Case.objects.open()
        .filter(agency__path__startswith=change.area)
        .select_related("agency")
        .prefetch_related("acts")
        .order_by("pk")
    )
    return cases.iterator(BATCH)


def _move_of(case: Case, change: Change, today: date) -> Move | None:
    is_past = change.reaches_past(case.agency, case.received_on, today)
    due_on = _due_on(case, change)
    if due_on == case.due_on and not is_past:
        return None
    return Move(
        record_id=case.pk,
        title=f"{case.number} {case.subject}",
        path=case.agency.path,
        old_on=case.due_on,
        new_on=due_on,
        is_past=is_past,
        url=reverse("applications-console:case", args=[case.pk]),
    )


def _due_on(case: Case, change: Change) -> date | None:
    try:
        return clock.clock_of(case, change.new_calendar(case.agency)).due_on
    except law.BadHistory:
        # A make-up day may put a recorded act behind the term that it lengthened: what
        # was done stays done, and a person looks at it.
        return case.due_on


def _wind(case: Case, change: Change) -> None:
    try:
        clock.set_clock(case, change.new_calendar(case.agency))
    except law.BadHistory:
        case.calendar_version = change.after.number


def _is_told(case: Case, change: Change) -> bool:
    """Whether this very version was applied to the case before."""
    return case.calendar_version >= change.after.number


def _act(case: Case, move: Move, today: date, now: datetime) -> Act:
    return Act(
        case=case,
        name=ACT,
        from_stage=case.stage,
        to_stage=case.stage,
        on=today,
        at=now,
        until=move.new_on,
    )


def _record(case: Case, moves: list[Move], change: Change) -> None:
    manifest = [[move.record_id, str(move.old_on), str(move.new_on)] for move in moves]
    digest = hashlib.sha256(json.dumps(manifest).encode()).hexdigest()
    audit.record(
        "case.recounted",
        about=case.agency,
        user_id=None,
        agency_id=case.agency_id,
        data={
            "calendar": change.after.number,
            "count": len(moves),
            "manifest": digest,
        },
    )
