"""The clock of a case: the acts that move it, read by ``law``, kept on the case."""

from collections.abc import Callable, Iterable
from datetime import date

from gongkai import law
from gongkai.applications.models import Act, Case
from gongkai.registry import calendars

COLUMNS = (
    "due_on",
    "is_stopped",
    "is_provisional",
    "was_extended",
    "calendar_version",
)


PUT_OFF = "delay"
"""The act that tells a later day; no event of the law's own clock."""


def events_of(acts: Iterable[Act]) -> tuple[law.Event, ...]:
    return tuple(
        law.Event(
            act.clock_kind,
            act.on,
            # Of a fee it is the law's own term, and stands in the letter only.
            until=act.until if act.clock_kind == "correction-notice" else None,
            days=act.days,
            party=str(act.consultation_id or ""),
        )
        for act in acts
        if act.clock_kind
    )


def clock_of(
    case: Case,
    calendar: law.Calendar | None = None,
    more: Iterable[law.Event] = (),
) -> law.Clock:
    """The clock as it stands by the recorded acts. One query for the acts.

    ``calendar`` is that of the case's agency unless a preview gives another; ``more``
    are events that a preview adds. Raises law.BadHistory where they contradict each
    other.
    """
    acts = list(case.acts.all())
    events = (*events_of(acts), *more)
    told = _computed(case, events, calendar or calendars.calendar_of(case.agency))
    return _put_off(told, acts)


def start(case: Case) -> law.Clock:
    """The clock of a case that has no row and no act yet, in its columns. One query.

    Raises law.BadHistory.
    """
    return _set(case, lambda calendar: _computed(case, (), calendar))


def set_clock(case: Case, calendar: law.Calendar | None = None) -> law.Clock:
    """Write what the clock says into the case's columns; the caller saves them."""
    return _set(case, lambda newest: clock_of(case, calendar or newest))


def _computed(
    case: Case, events: Iterable[law.Event], calendar: law.Calendar
) -> law.Clock:
    return law.compute(
        regime=law.regime(case.regime),
        channel=case.channel,
        received_on=case.received_on,
        confirmed_on=case.confirmed_on,
        events=events,
        calendar=calendar,
    )


def _set(case: Case, read: Callable[[law.Calendar], law.Clock]) -> law.Clock:
    known = calendars.newest()
    clock = read(known.calendar(case.agency.path))
    case.due_on = clock.due_on
    case.is_stopped = clock.state == "stopped"
    case.is_provisional = clock.provisional
    case.was_extended = any(
        segment.kind is law.SegmentKind.EXTENSION for segment in clock.segments
    )
    case.calendar_version = known.number
    return clock


def _put_off(told: law.Clock, acts: Iterable[Act]) -> law.Clock:
    """With the later day that the applicant was told, where there is one (Art. 35)."""
    for act in acts:
        if act.name == PUT_OFF and act.until is not None:
            told = law.put_off(told, act.on, act.until)
    return told


def wind(case: Case) -> law.Clock:
    """Recompute and save, in the act's transaction. The only writer of the dates."""
    clock = set_clock(case)
    case.save(update_fields=COLUMNS)
    return clock


def days_left(case: Case, today: date) -> int | None:
    """Working days until the answer is due, below zero when overdue; None while the
    clock stands. No query but for the calendar.

    Where it stands for another's opinion it ends by their silence: once the last day
    that follows from that is over, the case is overdue.
    """
    if case.due_on is None or (case.is_stopped and today <= case.due_on):
        return None
    return days_to_due(case, case.due_on, today)


def days_to_due(case: Case, due_on: date, today: date) -> int:
    """Working days from today to the day, below zero after it."""
    calendar = calendars.calendar_of(case.agency)
    if today <= due_on:
        return calendar.working_days(today, due_on)
    return -max(calendar.working_days(due_on, today), 1)
