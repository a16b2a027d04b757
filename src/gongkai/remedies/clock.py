"""The days of a remedy, by the law's terms and the calendar; kept on it for lists."""

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai import law
from gongkai.law.proceedings import Proceeding, proceedings
from gongkai.registry import calendars
from gongkai.remedies.models import Remedy

COLUMNS = ("due_on", "is_provisional", "calendar_version")


def of(remedy: Remedy) -> law.Calendar:
    return calendars.calendar_of(remedy.agency)


def proceeding_of(remedy: Remedy) -> Proceeding:
    return proceedings()[remedy.kind]


def defence_term(remedy: Remedy) -> law.Term | None:
    regime = law.regime(remedy.regime)
    return proceeding_of(remedy).defence_term(regime, is_simple=remedy.is_simple)


def defence_due(remedy: Remedy, calendar: law.Calendar) -> date | None:
    """Last day for the defence, whether or not it was sent: the day that the body set,
    else the law's. A suspension does not move it [D]: the law does not say so."""
    if remedy.answer_set_on is not None:
        return remedy.answer_set_on
    term = defence_term(remedy)
    return law.term_end(term, remedy.copy_received_on, calendar) if term else None


def due_of(remedy: Remedy, calendar: law.Calendar) -> date | None:
    """What the agency still owes: its defence; None once sent or over."""
    if not remedy.is_open or remedy.defended_on is not None:
        return None
    return defence_due(remedy, calendar)


def set_clock(
    remedy: Remedy, calendar: law.Calendar | None = None, version: int = 0
) -> None:
    """Write what the clock says into the columns; the caller saves. Its only writer."""
    if calendar is None:
        known = calendars.newest()
        calendar, version = known.calendar(remedy.agency.path), known.number
    remedy.due_on = due_of(remedy, calendar)
    remedy.is_provisional = remedy.due_on is not None and (
        not calendar.is_announced_through(remedy.copy_received_on, remedy.due_on)
    )
    remedy.calendar_version = version


@dataclass(frozen=True)
class Days:
    """What the page tells; each None where the law or the papers give no day."""

    to_begin: date | None
    defence: date | None
    decision: date | None
    to_contest: date | None


def days_of(remedy: Remedy) -> Days:
    """No query but for the calendar."""
    calendar, regime = of(remedy), law.regime(remedy.regime)
    one, known_on = proceeding_of(remedy), remedy.known_on
    return Days(
        to_begin=last_day_to_begin(remedy) if known_on else None,
        defence=defence_due(remedy, calendar),
        decision=_decision_due(remedy, calendar),
        to_contest=one.last_day_to_contest(regime, remedy.served_on, calendar)
        if remedy.served_on and remedy.instance == 1
        else None,
    )


def last_day_to_begin(remedy: Remedy) -> date | None:
    """From knowledge of what is contested; None where that day is not known or the
    remedy is an appeal, whose term runs from the judgment."""
    if remedy.known_on is None or remedy.instance > 1:
        return None
    calendar, regime = of(remedy), law.regime(remedy.regime)
    return proceeding_of(remedy).last_day_to_begin(regime, remedy.known_on, calendar)


def _decision_due(remedy: Remedy, calendar: law.Calendar) -> date | None:
    """For the body to decide; while it is suspended there is no last day."""
    if remedy.extended_until is not None:
        return remedy.extended_until
    regime, suspended = law.regime(remedy.regime), remedy.suspended_on is not None
    term = proceeding_of(remedy).decision_term(regime, is_simple=remedy.is_simple)
    if term is None or remedy.accepted_on is None or suspended:
        return None
    moved = remedy.accepted_on + timedelta(days=remedy.suspended_days)
    return law.term_end(term, moved, calendar)


def days_left(remedy: Remedy, today: date) -> int | None:
    """Working days until the defence is due, below zero when overdue; None where
    nothing is. No query but for the calendar."""
    if remedy.due_on is None:
        return None
    calendar = of(remedy)
    if today <= remedy.due_on:
        return calendar.working_days(today, remedy.due_on)
    return -max(calendar.working_days(remedy.due_on, today), 1)
