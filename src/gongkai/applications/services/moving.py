"""Taking one transition: checked, recorded, the clock wound, the letter made."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.agencies.scope import Scope
from gongkai.applications import clock, mailing, notices, rules
from gongkai.applications.exceptions import BadInput, NotAllowedNow
from gongkai.applications.models import Act, Case, Consultation
from gongkai.applications.permissions import can_answer
from gongkai.applications.persons import note_bytes
from gongkai.applications.rules import Actor
from gongkai.applications.services.locking import locked
from gongkai.applications.transitions import HANDLERS, TRANSITIONS, Transition
from gongkai.audit import services as audit
from gongkai.law import BadHistory


@dataclass
class Move:
    """One transition under way, inside the act's transaction.

    Begin with ``begin``, change the case's own fields, end with ``finish``.
    """

    case: Case
    row: Transition
    actor: Actor
    on: date
    now: datetime

    def finish(
        self,
        *,
        note: str = "",
        until: date | None = None,
        days: int | None = None,
        clock_kind: str | None = None,
        consultation: Consultation | None = None,
        fields: dict[str, str] | None = None,
    ) -> Act:
        """Record the act, set the stage, wind the clock, make the letter, audit.

        ``fields`` fill the letter. Raises BadInput where the clock cannot follow.
        """
        case, before = self.case, self.case.stage
        if self.row.to is not None:
            case.stage, case.stage_since = self.row.to, self.now
        act = Act.objects.create(
            case=case,
            name=self.row.name,
            from_stage=before,
            to_stage=case.stage,
            on=self.on,
            at=self.now,
            by_id=self.actor.user_id,
            by_applicant=self.actor.is_applicant,
            clock_kind=self.row.clock if clock_kind is None else clock_kind,
            until=until,
            days=days,
            consultation=consultation,
            sealed_note=note_bytes(case, note),
        )
        self._wind()
        case.save()
        if self.row.notice:
            notices.make(act, self.row.notice, {"text": note, **(fields or {})})
            mailing.tell_applicant(act)
        audit.record(
            f"case.{self.row.name}",
            about=case,
            user_id=self.actor.user_id,
            agency_id=case.agency_id,
            data={"from": before, "to": case.stage, "on": self.on.isoformat()},
        )
        return act

    def _wind(self) -> None:
        try:
            clock.set_clock(self.case)
        except BadHistory as error:
            raise BadInput("on", words_of(error)) from error


def begin(
    name: str, *, case: Case, actor: Actor, on: date | None, now: datetime | None
) -> Move:
    """Lock the case and check the transition; raises NotAllowedNow, BadInput.

    Two people who do the same at once: the second finds the case moved on.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    row, case = TRANSITIONS[name], locked(case)
    reason = rules.why_not(row, case, actor, today)
    if reason:
        raise NotAllowedNow(reason)
    day = on or today
    check_day("on", day, today)
    if day < case.received_on:
        raise BadInput("on", _before_receipt(day, case.received_on))
    return Move(case, row, actor, day, now)


def words_of(error: BadHistory) -> str:
    """The law's objection in the reader's language."""
    return error.words(get_language() or "zh-hans")


def check_day(field: str, day: date, today: date) -> None:
    """Raises BadInput for a day that has not come."""
    if day > today:
        raise BadInput(
            field,
            _("The date %(day)s is later than today. Check it.")
            % {"day": day.isoformat()},
        )


def check_answering(by: Scope, case: Case) -> None:
    """Raises PermissionDenied, or NotAllowedNow where nothing is answered any more."""
    if not by.holds(case.agency_id, *HANDLERS):
        raise PermissionDenied
    if not can_answer(by, case):
        raise NotAllowedNow(
            _("The case is at “%(stage)s”.") % {"stage": case.get_stage_display()}
        )


def _before_receipt(day: date, received_on: date) -> str:
    return _("%(day)s is before the application came in, %(received)s. Check it.") % {
        "day": day.isoformat(),
        "received": received_on.isoformat(),
    }
