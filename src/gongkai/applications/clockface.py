"""The clock of a case as the office reads it: bars, one summary, its sentences."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai import law
from gongkai.applications import clock
from gongkai.applications.bars import bars_of
from gongkai.applications.models import Case
from gongkai.registry import calendars


@dataclass(frozen=True)
class Face:
    clock: law.Clock
    summary: str
    bars: list[dict[str, object]]
    sentences: list[str]
    warnings: list[str]


def face_of(case: Case, today: date) -> Face:
    """One query for the acts. Raises law.BadHistory as ``clock_of``."""
    told, language = clock.clock_of(case), get_language() or "zh-hans"
    shown_on = min(today, case.closed_on or case.replied_on or today)
    return Face(
        clock=told,
        summary=summary_of(case, told, shown_on),
        bars=_bars(case, told, shown_on),
        sentences=[segment.words(language) for segment in told.segments],
        warnings=[flag.words(language) for flag in told.warnings],
    )


def summary_of(case: Case, told: law.Clock, today: date) -> str:
    if not case.is_open:
        return _("The clock ended on %(day)s.") % {"day": today.isoformat()}
    if told.state == "not_started":
        return _("The clock waits for the day of confirmation.")
    if told.due_on is None:
        return _("The clock stands still; the term begins or goes on with the answer.")
    due = told.due_on.isoformat()
    days = law.days_left(told, today, calendars.calendar_of(case.agency)) or 0
    if told.state == "stopped" and today <= told.due_on:
        sentence = _("The clock stands still; by what is known it ends on %(due)s.")
    elif today > told.due_on:
        sentence = _("Was to be answered by %(due)s, working days overdue: %(days)s.")
    else:
        sentence = _("To be answered by %(due)s, working days left: %(days)s.")
    if told.provisional:
        sentence += _(" Provisional: not all holidays are announced.")
    return sentence % {"due": due, "days": abs(days)}


def _bars(case: Case, told: law.Clock, until: date) -> list[dict[str, object]]:
    """Of an ended case nothing is left."""
    bars = bars_of(told, calendars.calendar_of(case.agency), until)
    return [bar for bar in bars if case.is_open or bar["kind"] != "left"]
