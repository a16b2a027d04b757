"""Registration of a remedy: numbered, sealed and counted in one transaction, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai import law
from gongkai.agencies.models import Agency
from gongkai.agencies.scope import Scope
from gongkai.applications.choices import ApplicantKind
from gongkai.applications.files import Kept, Prepared, keep
from gongkai.applications.models import Case
from gongkai.applications.persons import open_case
from gongkai.applications.services.moving import check_day
from gongkai.audit import services as audit
from gongkai.law.proceedings import proceedings
from gongkai.registry.sealing import CannotOpen, new_key
from gongkai.remedies import clock, rules
from gongkai.remedies.choices import SUITS, Appeal, Kind, Procedure, Stage
from gongkai.remedies.exceptions import AlreadyOpen, BadInput
from gongkai.remedies.files import attach
from gongkai.remedies.models import Remedy, Step
from gongkai.remedies.numbering import next_number_of
from gongkai.remedies.parties import Parties, sealed_bytes
from gongkai.remedies.permissions import can_register

REGISTERED = "register"


@dataclass(frozen=True)
class Incoming:
    """What came in: against what, by whom, before which body.

    ``key`` names the sending: the same key is the same remedy. ``parties`` None takes
    the case's applicant over, sealed anew and shown to nobody; ``others`` and
    ``claims`` are then added. ``even_if_open``: it is one more beside an open one.
    """

    key: str
    kind: str
    subject: str
    body: str
    copy_received_on: date
    party_kind: str = ApplicantKind.NATURAL_PERSON
    parties: Parties | None = None
    others: str = ""
    claims: str = ""
    case: Case | None = None
    follows: Remedy | None = None
    procedure: str = Procedure.ORDINARY
    body_number: str = ""
    contested_no: str = ""
    contested_on: date | None = None
    known_on: date | None = None
    filed_on: date | None = None
    accepted_on: date | None = None
    answer_set_on: date | None = None
    even_if_open: bool = False


def register(
    *,
    by: Scope,
    agency: Agency,
    incoming: Incoming,
    files: Sequence[Prepared] = (),
    now: datetime | None = None,
) -> Remedy:
    """Register one remedy; a second call with the same key gives the first.

    Raises BadInput, AlreadyOpen, PermissionDenied.
    """
    if not can_register(by, agency.pk):
        raise PermissionDenied
    now = now or timezone.now()
    _check(incoming, agency, timezone.localdate(now))
    key = new_key()
    sealed = sealed_bytes(key, _parties(incoming))
    kept = [keep(key, one) for one in files]
    try:
        with transaction.atomic():
            known = Remedy.objects.filter(key=incoming.key).first()
            if known is not None:
                return known
            made = _made(agency, incoming, key, sealed, now)
            return _register(by, made, incoming, kept)
    except IntegrityError:
        known = Remedy.objects.filter(key=incoming.key).first()
        if known is None:
            raise
        return known


def _made(
    agency: Agency, incoming: Incoming, key: bytes, sealed: bytes, now: datetime
) -> Remedy:
    case = incoming.case
    return Remedy(
        agency=agency,
        case=case,
        follows=incoming.follows,
        key=incoming.key,
        registered_at=now,
        stage_since=now,
        regime=case.regime if case else _regime(incoming),
        kind=incoming.kind,
        procedure=incoming.procedure,
        instance=_instance(incoming),
        subject=incoming.subject.strip(),
        contested_no=incoming.contested_no.strip(),
        contested_on=incoming.contested_on,
        body=incoming.body.strip(),
        body_number=incoming.body_number.strip(),
        known_on=incoming.known_on,
        filed_on=incoming.filed_on,
        accepted_on=incoming.accepted_on,
        copy_received_on=incoming.copy_received_on,
        answer_set_on=incoming.answer_set_on,
        party_kind=case.applicant_kind
        if case and incoming.parties is None
        else incoming.party_kind,
        data_key=key,
        sealed=sealed,
    )


def _register(
    by: Scope, remedy: Remedy, incoming: Incoming, kept: Sequence[Kept]
) -> Remedy:
    now = remedy.registered_at
    if remedy.case is not None:
        _check_the_only_one(remedy.case, remedy, incoming)
    remedy.number = next_number_of(remedy.agency, remedy.kind, now)
    clock.set_clock(remedy)
    remedy.save()
    attach(remedy, kept, now)
    Step.objects.create(
        remedy=remedy,
        name=REGISTERED,
        to_stage=Stage.RECEIVED,
        on=remedy.copy_received_on,
        at=now,
        by_id=by.user_id,
    )
    if remedy.follows is not None:
        _note_appeal(remedy.follows)
    audit.record(
        "remedy.registered",
        about=remedy,
        user_id=by.user_id,
        agency_id=remedy.agency_id,
        data={"kind": remedy.kind, "case": remedy.case_id, "number": remedy.number},
    )
    return remedy


def _check_the_only_one(case: Case, remedy: Remedy, incoming: Incoming) -> None:
    """Under the case's lock, so that of two at once the second finds the first."""
    held = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    other = rules.another_open(held, remedy.kind)
    if other is None or incoming.even_if_open or other.pk == remedy.follows_id:
        return
    raise AlreadyOpen(
        "even_if_open",
        _(
            "%(number)s of the same kind is open on this case. Say below that this is "
            "another one, or go on with that."
        )
        % {"number": other.number},
    )


def _note_appeal(earlier: Remedy) -> None:
    """That the earlier decision is contested is known now, by whom is not entered."""
    if earlier.appeal in {Appeal.UNKNOWN, Appeal.NONE}:
        Remedy.objects.filter(pk=earlier.pk).update(appeal=Appeal.THEIRS)


def _regime(incoming: Incoming) -> str:
    """Of what has no case, the text in force when what is contested was done."""
    return law.regime_on(incoming.contested_on or incoming.copy_received_on).name


def _instance(incoming: Incoming) -> int:
    """A suit that follows a suit is the second instance, or a new trial after it."""
    before = incoming.follows
    if before is None or before.kind not in SUITS or incoming.kind not in SUITS:
        return 1
    return 2 if before.instance == 1 else 1


def _parties(incoming: Incoming) -> Parties:
    if incoming.parties is not None:
        return incoming.parties
    if incoming.case is None:
        raise BadInput("name", _("Name the party, or choose the case it hangs on."))
    try:
        told = open_case(incoming.case)
    except CannotOpen as error:
        raise BadInput(
            "name",
            _("The applicant's data of %(number)s was destroyed: name the party.")
            % {"number": incoming.case.number},
        ) from error
    return Parties.of_applicant(told.applicant, incoming.others, incoming.claims)


# What is refused


def _check(incoming: Incoming, agency: Agency, today: date) -> None:
    if incoming.kind not in Kind.values:
        raise BadInput("kind", _("Choose one of the kinds."))
    if not incoming.subject.strip():
        raise BadInput("subject", _("Write what it is about, without names."))
    if not incoming.body.strip():
        raise BadInput("body", _("Name the body that it was filed with."))
    if incoming.parties is not None and not incoming.parties.name.strip():
        raise BadInput("name", _("Name the party."))
    _check_days(incoming, today)
    _check_procedure(incoming)
    _check_case(incoming, agency)
    _check_earlier(incoming, agency)


def _check_days(incoming: Incoming, today: date) -> None:
    for field in ("copy_received_on", "contested_on", "known_on", "filed_on"):
        day = getattr(incoming, field)
        if day is not None:
            check_day(field, day, today)
    if incoming.filed_on and incoming.filed_on > incoming.copy_received_on:
        raise BadInput(
            "filed_on",
            _("Filed on %(filed)s, after the copy came on %(copy)s. Check both.")
            % {"filed": incoming.filed_on, "copy": incoming.copy_received_on},
        )
    if incoming.answer_set_on and incoming.answer_set_on < incoming.copy_received_on:
        raise BadInput(
            "answer_set_on",
            _("%(day)s is before the copy came in, %(received)s. Check it.")
            % {
                "day": incoming.answer_set_on.isoformat(),
                "received": incoming.copy_received_on.isoformat(),
            },
        )


def _check_procedure(incoming: Incoming) -> None:
    is_simple = incoming.procedure == Procedure.SIMPLE
    if is_simple and proceedings()[incoming.kind].simple is None:
        raise BadInput(
            "procedure",
            _("“%(kind)s” knows no simple procedure of its own: choose the ordinary.")
            % {"kind": Kind(incoming.kind).label},
        )


def _check_case(incoming: Incoming, agency: Agency) -> None:
    case = incoming.case
    if case is not None and case.agency_id != agency.pk:
        raise BadInput(
            "case",
            _("%(number)s is not a case of %(agency)s.")
            % {"number": case.number, "agency": agency.name},
        )


def _check_earlier(incoming: Incoming, agency: Agency) -> None:
    before = incoming.follows
    if before is None:
        return
    if before.agency_id != agency.pk or before.stage == Stage.STRUCK:
        raise BadInput("follows", _("Choose an earlier remedy of the same agency."))
    if (before.case_id or None) != (incoming.case.pk if incoming.case else None):
        raise BadInput(
            "follows",
            _("%(number)s hangs on another case.") % {"number": before.number},
        )
    fits = (before.kind, incoming.kind) in FOLLOWS
    if not fits:
        raise BadInput(
            "follows",
            _("“%(kind)s” cannot follow “%(before)s”.")
            % {
                "kind": Kind(incoming.kind).label,
                "before": Kind(before.kind).label,
            },
        )
    if before.is_open:
        raise BadInput(
            "follows",
            _("%(number)s is not decided yet: enter its decision first.")
            % {"number": before.number},
        )


FOLLOWS = {
    (Kind.RECONSIDERATION, Kind.SUIT_AFTER),
    (Kind.DIRECT_SUIT, Kind.DIRECT_SUIT),
    (Kind.SUIT_AFTER, Kind.SUIT_AFTER),
}
"""What may follow what: a suit a reconsideration, an appeal its first instance."""
