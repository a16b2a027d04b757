"""Taking a case over from an older register: as it ended there, or still open.

The older register vouches for it: no reply file is asked for, nobody is written to, and
the import run writes one audit event for all of its cases.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai import law
from gongkai.agencies.models import Agency
from gongkai.agencies.scope import Scope
from gongkai.applications import clock
from gongkai.applications.choices import Stage
from gongkai.applications.exceptions import BadInput
from gongkai.applications.models import Act, Case, Paper
from gongkai.applications.numbering import new_query_code, next_number_of, query_index
from gongkai.applications.permissions import can_import
from gongkai.applications.persons import Sealed, indexes_of, note_bytes, sealed_bytes
from gongkai.applications.services import registering
from gongkai.applications.services.handling import WITHDRAWN
from gongkai.applications.services.moving import words_of
from gongkai.applications.services.registering import Incoming
from gongkai.registry import calendars
from gongkai.registry.sealing import new_key

ACT = "taken_over"


@dataclass(frozen=True)
class OldCase:
    """A case as the older register has it.

    ``result`` is a code of its regime or ``withdrawn``; with it stands ``ended_on``,
    and without it the case is open. ``note`` is what the register says besides.
    """

    incoming: Incoming
    result: str = ""
    ended_on: date | None = None
    reply_no: str = ""
    extension_days: int = 0
    note: str = ""


def check(agency: Agency, old: OldCase, today: date) -> None:
    """Raises BadInput for the first field that cannot be as it is told."""
    registering.check(old.incoming, today, agency)
    if old.result and old.ended_on is None:
        raise BadInput("ended_on", _("There is a result and no day. Enter the day."))
    if old.ended_on is None:
        return
    told = {
        "day": old.ended_on.isoformat(),
        "received": old.incoming.received_on.isoformat(),
    }
    if not old.result:
        raise BadInput("result", _("There is a day and no result. Enter the result."))
    if old.ended_on > today:
        sentence = _("The date %(day)s is later than today. Check it.")
        raise BadInput("ended_on", sentence % told)
    if old.ended_on < old.incoming.received_on:
        sentence = _(
            "%(day)s is before the application came in, %(received)s. Check it."
        )
        raise BadInput("ended_on", sentence % told)


@transaction.atomic
def take_over(
    *, by: Scope, agency: Agency, old: OldCase, now: datetime | None = None
) -> Case:
    """One case with a number of its year of receipt; the same key makes it once.

    The older number stays with it as text. No audit event: the run of which this is a
    part writes one over all of its cases. Raises BadInput, PermissionDenied.
    """
    if not can_import(by, agency.pk):
        raise PermissionDenied
    now = now or timezone.now()
    check(agency, old, timezone.localdate(now))
    known = Case.objects.filter(paper__key=old.incoming.key, agency=agency).first()
    if known is not None:
        return known
    case = _made(by, agency, old, now)
    _tell(case, by, old, now)
    try:
        clock.wind(case)
    except law.BadHistory as error:
        raise BadInput("extension", words_of(error)) from error
    return case


def _made(by: Scope, agency: Agency, old: OldCase, now: datetime) -> Case:
    incoming, wanted = old.incoming, old.incoming.wanted[0]
    key, code = new_key(), new_query_code()
    number, year, serial = next_number_of(agency, _on(incoming.received_on))
    regime = incoming.regime or law.regime_on(incoming.received_on).name
    paper = Paper.objects.create(
        agency=agency,
        key=incoming.key,
        channel=incoming.channel,
        received_on=incoming.received_on,
        registered_at=now,
        registered_by_id=by.user,
    )
    is_withdrawn = old.result == "withdrawn"
    return Case.objects.create(
        paper=paper,
        agency=agency,
        number=number,
        year=year,
        serial=serial,
        query_index=query_index(number, code),
        regime=regime,
        channel=incoming.channel,
        applicant_kind=incoming.kind,
        received_on=incoming.received_on,
        confirmed_on=_confirmed_on(incoming, regime),
        registered_at=now,
        subject=wanted.subject,
        manner=wanted.manner,
        route=wanted.route,
        # Its file lies with the older register: nothing is left to file here.
        stage=Stage.ARCHIVED if old.result else Stage.RECEIVED,
        stage_since=now,
        result=WITHDRAWN[regime] if is_withdrawn else old.result,
        replied_on=None if is_withdrawn else old.ended_on,
        closed_on=old.ended_on,
        reply_no=old.reply_no,
        data_key=key,
        sealed=sealed_bytes(key, Sealed(incoming.applicant, wanted, code)),
        legacy_number=incoming.legacy_number,
        **indexes_of(incoming.applicant),
    )


def _confirmed_on(incoming: Incoming, regime: str) -> date | None:
    """Where the law counts from a confirmation, an old register's day of receipt is
    the day from which its office counted."""
    way = law.regime(regime).channel(incoming.channel)
    if way.rule is not law.StartRule.CONFIRMATION or way.acknowledged_at_once:
        return None
    return incoming.confirmed_on or incoming.received_on


def _tell(case: Case, by: Scope, old: OldCase, now: datetime) -> None:
    Act.objects.create(
        case=case,
        name=ACT,
        to_stage=case.stage,
        on=case.received_on,
        at=now,
        by_id=by.user,
        sealed_note=note_bytes(case, old.note),
    )
    if old.extension_days:
        Act.objects.create(
            case=case,
            name="extend",
            from_stage=case.stage,
            to_stage=case.stage,
            on=_extended_on(case, old, timezone.localdate(now)),
            at=now,
            by_id=by.user,
            clock_kind="extension",
            days=old.extension_days,
        )


def _extended_on(case: Case, old: OldCase, today: date) -> date:
    """The register seldom says when: the last day on which it could be told."""
    first = clock.clock_of(case, calendars.calendar_of(case.agency)).due_on
    known = [day for day in (first, old.ended_on, today) if day is not None]
    return max(min(known), case.received_on)


def _on(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))  # noqa: DTZ001
