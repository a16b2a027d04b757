"""What an act would do, shown before it is done: the new due date, the fee."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language

from gongkai import law
from gongkai.applications import clock
from gongkai.applications.models import Case, Fee
from gongkai.applications.transitions import Transition
from gongkai.law import fees

UNTIL = "correction-notice"
PARTY = ("third-party", "organ")


@dataclass(frozen=True)
class Preview:
    """``before`` and ``after``: the due dates, None where the clock stands."""

    before: date | None = None
    after: date | None = None
    moves: bool = False
    stops: bool = False
    sentences: list[str] = field(default_factory=list)
    # What the law allows but the clerk should know, of this act alone.
    warnings: list[str] = field(default_factory=list)
    problem: str = ""
    fee: list[str] = field(default_factory=list)


def preview_of(case: Case, row: Transition, told: Mapping[str, Any]) -> Preview | None:
    """None for an act that moves no clock, or while its day is not given. Nothing is
    written; three queries."""
    moves = bool(row.clock) or row.name == "confirm"
    on = told.get("on") or _day_of_silence(case, row)
    if not moves or on is None:
        return None
    language = get_language() or "zh-hans"
    lines = _fee_lines(row, told, language)
    try:
        after = _clock_after(case, row, told, on)
    except law.BadHistory as error:
        return Preview(before=case.due_on, problem=error.words(language), fee=lines)
    return Preview(
        before=case.due_on,
        after=after.due_on,
        moves=True,
        stops=after.state == "stopped",
        sentences=[one.words(language) for one in after.segments],
        warnings=[one.words(language) for one in _new_warnings(case, after)],
        fee=lines,
    )


def _new_warnings(case: Case, after: law.Clock) -> list[law.Flag]:
    known = clock.clock_of(case).warnings
    return [flag for flag in after.warnings if flag not in known]


def _clock_after(
    case: Case, row: Transition, told: Mapping[str, Any], on: date
) -> law.Clock:
    if row.name == "confirm":
        confirmed = copy(case)
        confirmed.confirmed_on = on
        return clock.clock_of(confirmed)
    event = law.Event(
        row.clock,
        on,
        until=told.get("until") if row.clock == UNTIL else None,
        days=told.get("days") if row.clock == law.events.EXTENSION else None,
        party=_party(case, row),
    )
    return clock.clock_of(case, more=[event])


def _party(case: Case, row: Transition) -> str:
    if not row.clock.startswith(PARTY):
        return ""
    if row.clock.endswith("-sent"):
        return "new"
    waiting = case.consultations.filter(answer="").last()
    return str(waiting.pk) if waiting else ""


def _day_of_silence(case: Case, row: Transition) -> date | None:
    if not row.name.endswith("_silent"):
        return None
    waiting = case.consultations.filter(answer="").last()
    return waiting.due_on if waiting else None


def _fee_lines(row: Transition, told: Mapping[str, Any], language: str) -> list[str]:
    """The brackets of the fee, in words."""
    quantity = told.get("quantity")
    if row.name != "charge" or not quantity:
        return []
    if told.get("basis") == Fee.Basis.VOLUME:
        return fees.by_volume(quantity).explain(language)
    return fees.by_item(1, already=quantity - 1).explain(language)
