"""Taking one transition: checked, recorded, the days counted anew."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.scope import Scope
from gongkai.applications.services.moving import check_day
from gongkai.audit import services as audit
from gongkai.registry.sealing import seal_note
from gongkai.remedies import clock, rules
from gongkai.remedies.exceptions import BadInput, NotAllowedNow
from gongkai.remedies.models import Remedy, Step
from gongkai.remedies.transitions import TRANSITIONS, Transition


@dataclass
class Move:
    """One transition under way, inside the act's transaction.

    Begin with ``begin``, change the remedy's own fields, end with ``finish``.
    """

    remedy: Remedy
    row: Transition
    by: Scope
    on: date
    now: datetime

    def finish(
        self, *, note: str = "", until: date | None = None, outcome: str = ""
    ) -> Step:
        """Record the step, set the stage, count the days, audit."""
        remedy, before = self.remedy, self.remedy.stage
        remedy.stage = self._stage()
        if remedy.stage != before:
            remedy.stage_since = self.now
        step = Step.objects.create(
            remedy=remedy,
            name=self.row.name,
            from_stage=before,
            to_stage=remedy.stage,
            on=self.on,
            at=self.now,
            by_id=self.by.user_id,
            until=until,
            outcome=outcome,
            sealed_note=seal_note(remedy.data_key, note),
        )
        clock.set_clock(remedy)
        remedy.save()
        audit.record(
            f"remedy.{self.row.name}",
            about=remedy,
            user_id=self.by.user_id,
            agency_id=remedy.agency_id,
            data={"from": before, "to": remedy.stage, "on": self.on.isoformat()},
        )
        return step

    def _stage(self) -> str:
        if self.row.to is not None:
            return self.row.to
        is_open = self.remedy.is_open
        return rules.standing(self.remedy) if is_open else self.remedy.stage


def begin(
    name: str, *, remedy: Remedy, by: Scope, on: date | None, now: datetime | None
) -> Move:
    """Lock the remedy and check the transition; raises NotAllowedNow, BadInput.

    Two people who do the same at once: the second finds it moved on.
    """
    now = now or timezone.now()
    row, remedy = TRANSITIONS[name], locked(remedy)
    reason = rules.why_not(row, remedy, by)
    if reason:
        raise NotAllowedNow(reason)
    today = timezone.localdate(now)
    day = on or today
    check_day("on", day, today)
    if day < remedy.copy_received_on and name != "accept":
        raise BadInput("on", _before_copy(day, remedy.copy_received_on))
    return Move(remedy, row, by, day, now)


def locked(remedy: Remedy) -> Remedy:
    """The remedy anew, its row held until the transaction ends."""
    return (
        Remedy.objects.select_for_update(of=("self",))
        .select_related("agency")
        .get(pk=remedy.pk)
    )


def _before_copy(day: date, received_on: date) -> str:
    return _("%(day)s is before the copy came in, %(received)s. Check it.") % {
        "day": day.isoformat(),
        "received": received_on.isoformat(),
    }
