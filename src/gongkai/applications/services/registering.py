"""Registration: numbered, sealed and acknowledged in one transaction, exactly once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai import law
from gongkai.agencies.models import Agency
from gongkai.applications import clock, mailing, rules
from gongkai.applications.choices import ApplicantKind, Channel, Flag, Stage
from gongkai.applications.exceptions import BadInput
from gongkai.applications.files import Kept, Prepared, attach, keep
from gongkai.applications.models import Act, Case, Paper
from gongkai.applications.numbering import new_query_code, next_number_of, query_index
from gongkai.applications.persons import (
    Applicant,
    Sealed,
    Wanted,
    indexes_of,
    open_case,
    sealed_bytes,
)
from gongkai.applications.rules import Actor
from gongkai.applications.services.moving import words_of
from gongkai.applications.transitions import HANDLERS
from gongkai.audit import services as audit
from gongkai.registry.sealing import new_key

SUBJECT_LENGTH = 200
LOOKED_AT = 200
"""Earlier cases of an applicant that are compared with a new one."""


@dataclass(frozen=True)
class Incoming:
    """What came in on one day by one channel, from one applicant.

    ``key`` names the sending: the same key is the same paper. ``legacy_number`` is that
    of an older register.
    """

    key: str
    channel: str
    received_on: date
    kind: str
    applicant: Applicant
    wanted: tuple[Wanted, ...]
    confirmed_on: date | None = None
    regime: str = ""
    legacy_number: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the applicant holds: with both, the case can be followed."""

    case: Case
    number: str
    query_code: str


@dataclass(frozen=True)
class _Matter:
    """One matter with its key, its files sealed and stored before the transaction."""

    wanted: Wanted
    key: bytes
    files: tuple[Kept, ...]

    @classmethod
    def of(cls, wanted: Wanted, files: Sequence[Prepared]) -> "_Matter":
        key = new_key()
        return cls(wanted, key, tuple(keep(key, file) for file in files))


def register(
    *,
    actor: Actor,
    agency: Agency,
    incoming: Incoming,
    files: Sequence[Prepared] = (),
    now: datetime | None = None,
) -> list[Receipt]:
    """Register a paper as one case for each matter; the receipts, in their order.

    A second call with the same key gives the receipts of the first and makes nothing.
    Nothing is refused for its number: many at once are stored at once and flagged.
    Raises BadInput, PermissionDenied.
    """
    if actor.scope is not None and not actor.scope.holds(agency.pk, *HANDLERS):
        raise PermissionDenied
    now = now or timezone.now()
    check(incoming, timezone.localdate(now), agency)
    _check_confirmation(incoming)
    matters = [_Matter.of(wanted, files) for wanted in incoming.wanted]
    try:
        with transaction.atomic():
            return _register(actor, agency, incoming, matters, now)
    except IntegrityError:
        known = receipts_of(incoming.key)
        if not known:
            raise
        return known


def receipts_of(key: str) -> list[Receipt]:
    """The receipts that an earlier sending under this key was given."""
    cases = Case.objects.filter(paper__key=key).select_related("agency").order_by("pk")
    return [Receipt(case, case.number, open_case(case).query_code) for case in cases]


def _register(
    actor: Actor,
    agency: Agency,
    incoming: Incoming,
    matters: Sequence[_Matter],
    now: datetime,
) -> list[Receipt]:
    # A second sending fails here, at the unique key, and gets the first's receipts.
    paper = Paper.objects.create(
        agency=agency,
        key=incoming.key,
        channel=incoming.channel,
        received_on=incoming.received_on,
        registered_at=now,
        registered_by_id=actor.user_id,
    )
    return [_register_one(actor, paper, incoming, one, now) for one in matters]


def _register_one(
    actor: Actor,
    paper: Paper,
    incoming: Incoming,
    matter: _Matter,
    now: datetime,
) -> Receipt:
    agency, code, key, wanted = (
        paper.agency,
        new_query_code(),
        matter.key,
        matter.wanted,
    )
    number, year, serial = next_number_of(agency, now)
    indexes = indexes_of(incoming.applicant)
    case = Case(
        paper=paper,
        agency=agency,
        number=number,
        year=year,
        serial=serial,
        query_index=query_index(number, code),
        regime=incoming.regime or law.regime_on(incoming.received_on).name,
        channel=incoming.channel,
        applicant_kind=incoming.kind,
        received_on=incoming.received_on,
        confirmed_on=incoming.confirmed_on,
        registered_at=now,
        subject=wanted.subject.strip(),
        manner=wanted.manner,
        route=wanted.route,
        stage=Stage.RECEIVED,
        stage_since=now,
        flag=_flag(agency, indexes, wanted, incoming.received_on),
        data_key=key,
        sealed=sealed_bytes(key, Sealed(incoming.applicant, wanted, code)),
        legacy_number=incoming.legacy_number,
        **indexes,
    )
    _start_clock(case)
    case.save(force_insert=True)
    act = Act.objects.create(
        case=case,
        name="register",
        to_stage=Stage.RECEIVED,
        on=incoming.received_on,
        at=now,
        by_id=actor.user_id,
        by_applicant=actor.is_applicant,
    )
    for file in matter.files:
        attach(case, file, by_applicant=actor.is_applicant, now=now)
    mailing.acknowledge(act)
    audit.record(
        "case.registered",
        about=case,
        user_id=actor.user_id,
        agency_id=agency.pk,
        data={"number": number, "channel": incoming.channel},
    )
    return Receipt(case, number, code)


def _start_clock(case: Case) -> None:
    try:
        clock.start(case)
    except law.BadHistory as error:
        raise BadInput("confirmed_on", words_of(error)) from error


def _flag(
    agency: Agency, indexes: dict[str, str], wanted: Wanted, received_on: date
) -> str:
    same = {
        name: index
        for name, index in indexes.items()
        if index and name in {"name_index", "identity_index"}
    }
    subject, month = wanted.subject.strip(), received_on.replace(day=1)
    # Newest first, so that those of the month come first; one query for both questions.
    before = (
        Case.objects.filter(Q(subject=subject) | Q(received_on__gte=month), **same)
        .filter(agency=agency)
        .newest_first()
        .values_list("subject", "received_on")[:LOOKED_AT]
    )
    told = list(before)
    if any(earlier == subject for earlier, _on in told):
        return Flag.REPEAT
    same_month = sum(
        (on.year, on.month) == (month.year, month.month) for _subject, on in told
    )
    return Flag.MANY if same_month >= rules.MANY_IN_A_MONTH else ""


def check(incoming: Incoming, today: date, agency: Agency) -> None:
    if incoming.channel not in Channel.values:
        raise BadInput("channel", _("Choose how the application came in."))
    if incoming.kind not in ApplicantKind.values:
        raise BadInput("kind", _("Choose who applies."))
    if not incoming.applicant.name.strip():
        raise BadInput("name", _("The applicant's name is empty. Enter it."))
    if incoming.received_on > today:
        raise BadInput(
            "received_on",
            _("The date %(day)s is later than today. Check it.")
            % {"day": incoming.received_on.isoformat()},
        )
    _check_law(incoming)
    _check_agency(agency, incoming.received_on)
    confirmed = incoming.confirmed_on
    if confirmed is not None and not incoming.received_on <= confirmed <= today:
        raise BadInput(
            "confirmed_on",
            _("%(day)s is not between receipt and today. Check it.")
            % {"day": confirmed.isoformat()},
        )
    if not incoming.wanted:
        raise BadInput("subject", _("Write what information is asked for."))
    for wanted in incoming.wanted:
        _check_wanted(wanted)


def _check_law(incoming: Incoming) -> None:
    """A mistyped year may lie before all law."""
    if incoming.regime:
        return
    try:
        law.regime_on(incoming.received_on)
    except law.NoRegime as error:
        sentence = _(
            "On %(day)s no Regulations were in force: the first took effect on "
            "2008-05-01. Check the day."
        )
        day = {"day": incoming.received_on.isoformat()}
        raise BadInput("received_on", sentence % day) from error


def _check_confirmation(incoming: Incoming) -> None:
    regime = incoming.regime or law.regime_on(incoming.received_on).name
    if (
        incoming.confirmed_on is not None
        and law.regime(regime).channel(incoming.channel).acknowledged_at_once
    ):
        raise BadInput(
            "confirmed_on",
            _(
                "What comes in on this channel is acknowledged at once and counts from "
                "%(day)s. Leave the day of confirmation empty."
            )
            % {"day": incoming.received_on.isoformat()},
        )


def _check_agency(agency: Agency, day: date) -> None:
    if not agency.exists_on(day):
        raise BadInput(
            "agency",
            _("%(agency)s did not exist on %(day)s. Choose the body that took over.")
            % {"agency": agency.name, "day": day.isoformat()},
        )


def _check_wanted(wanted: Wanted) -> None:
    subject = wanted.subject.strip()
    if not subject:
        raise BadInput("subject", _("Write what information is asked for."))
    if len(subject) > SUBJECT_LENGTH:
        raise BadInput(
            "subject",
            _(
                "The subject has %(length)s characters; at most %(most)s fit. Put the "
                "rest into the description."
            )
            % {"length": len(subject), "most": SUBJECT_LENGTH},
        )
