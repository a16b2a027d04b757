"""Asking the applicant and others: each stops, restarts or lengthens the clock."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gongkai import law
from gongkai.applications.exceptions import BadInput
from gongkai.applications.files import Prepared, attach, keep_for
from gongkai.applications.models import Act, Case, Consultation, Fee
from gongkai.applications.rules import Actor
from gongkai.applications.services.moving import Move, begin
from gongkai.law import fees
from gongkai.registry import calendars
from gongkai.registry.sealing import CannotOpen, seal, unseal

PLACE = "consultation"


@dataclass(frozen=True)
class Consulted:
    """Who is asked and what, what they said, and why it was overridden. Sealed."""

    name: str
    contact: str = ""
    question: str = ""
    opinion: str = ""
    override: str = ""


@transaction.atomic
def ask_correction(
    *,
    actor: Actor,
    case: Case,
    text: str,
    until: date,
    on: date | None = None,
    now: datetime | None = None,
) -> Act:
    """Point out once what is unclear; the term starts anew with the answer (Art. 30).

    ``until`` is the reasonable day that the office sets. A notice after the seventh
    working day is sent all the same, and the clock says what it cannot do any more.
    """
    move = begin("ask_correction", case=case, actor=actor, on=on, now=now)
    _require(text, _("Write what has to be corrected and how."))
    _check_after(until, move.on)
    return move.finish(note=text, until=until)


def receive_correction(
    *,
    actor: Actor,
    case: Case,
    text: str,
    files: Sequence[Prepared] = (),
    on: date | None = None,
    now: datetime | None = None,
) -> Act:
    """The corrected application is in: a new term from this day."""
    kept = keep_for(case, files)
    with transaction.atomic():
        move = begin("receive_correction", case=case, actor=actor, on=on, now=now)
        if not files:
            _require(text, _("Write the corrected description, or add it as a file."))
        for one in kept:
            attach(move.case, one, by_applicant=actor.is_applicant, now=move.now)
        return move.finish(note=text)


@transaction.atomic
def ask_reasons(
    *,
    actor: Actor,
    case: Case,
    text: str,
    on: date | None = None,
    now: datetime | None = None,
) -> Act:
    """Number or frequency clearly exceeds reason: ask why (Art. 35). The clock runs."""
    move = begin("ask_reasons", case=case, actor=actor, on=on, now=now)
    _require(text, _("Write why reasons are asked for."))
    return move.finish(note=text)


@transaction.atomic
def receive_reasons(
    *,
    actor: Actor,
    case: Case,
    text: str,
    on: date | None = None,
    now: datetime | None = None,
) -> Act:
    move = begin("receive_reasons", case=case, actor=actor, on=on, now=now)
    _require(text, _("Write the reasons that were given."))
    return move.finish(note=text)


@transaction.atomic
def delay(
    *,
    actor: Actor,
    case: Case,
    until: date,
    text: str,
    on: date | None = None,
    now: datetime | None = None,
) -> Act:
    """The reasons are good but the term cannot be kept: a reasonable date (Art. 35)."""
    move = begin("delay", case=case, actor=actor, on=on, now=now)
    _require(text, _("Write why the answer takes longer."))
    _check_after(until, move.on)
    return move.finish(note=text, until=until)


@transaction.atomic
def resume(*, actor: Actor, case: Case, now: datetime | None = None) -> Act:
    return begin("resume", case=case, actor=actor, on=None, now=now).finish()


@transaction.atomic
def consult(
    *,
    actor: Actor,
    case: Case,
    of: str,
    party: Consulted,
    on: date | None = None,
    now: datetime | None = None,
) -> Consultation:
    """Ask a third party or another organ; the clock stops until the opinion."""
    move = begin(f"consult_{of}", case=case, actor=actor, on=on, now=now)
    _require(party.name, _("Name who is asked."), "party")
    _require(party.question, _("Write what is asked."))
    asked = Consultation.objects.create(
        case=move.case, of=of, sealed=_sealed(move.case, party), sent_on=move.on
    )
    move.finish(
        note=party.question,
        consultation=asked,
        fields={"party": party.name, "contact": party.contact},
    )
    return asked


@transaction.atomic
def consulted_received(
    *, actor: Actor, asked: Consultation, on: date, now: datetime | None = None
) -> Consultation:
    """The day on which they received it: their own 15 working days begin."""
    move = begin(f"{asked.of}_received", case=asked.case, actor=actor, on=on, now=now)
    if asked.received_on is not None:
        raise BadInput("on", _("The day of receipt is entered already."))
    if on < asked.sent_on:
        raise BadInput(
            "on",
            _("%(day)s is before it was sent, %(sent)s. Check it.")
            % {"day": on.isoformat(), "sent": asked.sent_on.isoformat()},
        )
    asked.received_on = on
    asked.due_on = _opinion_due(move.case, asked.of, on)
    asked.save(update_fields=["received_on", "due_on"])
    move.finish(consultation=asked)
    return asked


@transaction.atomic
def deliver_again(
    *,
    actor: Actor,
    asked: Consultation,
    text: str,
    on: date | None = None,
    now: datetime | None = None,
) -> Act:
    """The letter did not reach them: sent another way. Their term still waits for the
    day of receipt; of a public notice that is the day on which it counts as served."""
    move = begin("deliver_again", case=asked.case, actor=actor, on=on, now=now)
    _require(text, _("Write how it is delivered now."))
    return move.finish(note=text, consultation=asked)


@transaction.atomic
def consulted_answered(
    *,
    actor: Actor,
    asked: Consultation,
    answer: str,
    text: str = "",
    on: date | None = None,
    now: datetime | None = None,
) -> Consultation:
    """Their opinion is in; the clock runs on. Silence is entered by ``went_silent``."""
    move = begin(f"{asked.of}_opinion", case=asked.case, actor=actor, on=on, now=now)
    _check_unanswered(asked)
    if answer not in {Consultation.Answer.AGREES, Consultation.Answer.REFUSES}:
        raise BadInput("answer", _("Choose what they answered."))
    return _answered(move, asked, answer, text)


@transaction.atomic
def went_silent(
    *, actor: Actor, asked: Consultation, now: datetime | None = None
) -> Consultation:
    """No opinion within the term: the agency decides (Art. 32); a co-maker consents
    (Art. 34). The clock runs on from the last day of their term."""
    move = begin(
        f"{asked.of}_silent", case=asked.case, actor=actor, on=asked.due_on, now=now
    )
    _check_unanswered(asked)
    return _answered(move, asked, Consultation.Answer.SILENT, "")


@transaction.atomic
def override(
    *,
    actor: Actor,
    case: Case,
    text: str,
    on: date | None = None,
    now: datetime | None = None,
) -> Act:
    """Not to disclose would gravely harm the public: disclose, and tell the third party
    content and reasons in writing (Art. 32)."""
    move = begin("override", case=case, actor=actor, on=on, now=now)
    _require(text, _("Write what is disclosed and why the public interest outweighs."))
    asked = move.case.consultations.filter(of=Consultation.Of.THIRD_PARTY).last()
    if asked is None:
        raise BadInput("text", _("No third party was asked."))
    told = consulted(asked)
    asked.sealed = _sealed(move.case, Consulted(**{**asdict(told), "override": text}))
    asked.overridden_on = move.on
    asked.save(update_fields=["sealed", "overridden_on"])
    return move.finish(note=text, fields={"party": told.name, "contact": told.contact})


@transaction.atomic
def ask_extension(
    *, actor: Actor, case: Case, days: int, text: str, now: datetime | None = None
) -> Act:
    """The handler asks; only the head's consent extends (Art. 33)."""
    move = begin("ask_extension", case=case, actor=actor, on=None, now=now)
    _check_extension(move.case, days)
    _require(text, _("Write why more time is needed."))
    return move.finish(note=text, days=days, clock_kind="")


@transaction.atomic
def refuse_extension(
    *, actor: Actor, case: Case, text: str, now: datetime | None = None
) -> Act:
    """The head does not consent: the term stays as it is."""
    move = begin("refuse_extension", case=case, actor=actor, on=None, now=now)
    _require(text, _("Write why the term stays."))
    return move.finish(note=text)


@transaction.atomic
def extend(
    *,
    actor: Actor,
    case: Case,
    days: int,
    text: str,
    on: date | None = None,
    now: datetime | None = None,
) -> Act:
    """Extend once, with the consent of the head, and tell the applicant."""
    move = begin("extend", case=case, actor=actor, on=on, now=now)
    _check_extension(move.case, days)
    _require(text, _("Write why more time is needed."))
    return move.finish(note=text, days=days)


@transaction.atomic
def charge(
    *,
    actor: Actor,
    case: Case,
    basis: str,
    quantity: int,
    on: date | None = None,
    now: datetime | None = None,
) -> Fee:
    """Charge by item or by volume; the clock waits for the payment (Art. 42)."""
    move = begin("charge", case=case, actor=actor, on=on, now=now)
    amount = fee_of(basis, quantity)
    if amount == 0:
        raise BadInput(
            "quantity",
            _("%(quantity)s lies within what is free. No fee can be charged.")
            % {"quantity": quantity},
        )
    term = law.regime(move.case.regime).term("fee_payment")
    calendar = calendars.calendar_of(move.case.agency)
    due_on = calendar.add_working_days(move.on, term.length or 0)
    fee = Fee.objects.create(
        case=move.case,
        basis=basis,
        quantity=quantity,
        amount_yuan=amount,
        notified_on=move.on,
        due_on=due_on,
    )
    move.finish(
        until=fee.due_on,
        fields={
            "basis": fee.get_basis_display(),
            "quantity": str(quantity),
            "amount": f"{amount:.2f}",
        },
    )
    return fee


@transaction.atomic
def fee_paid(*, actor: Actor, case: Case, on: date, now: datetime | None = None) -> Fee:
    """The fee is in: the processing period is counted anew from the next day."""
    move = begin("fee_paid", case=case, actor=actor, on=on, now=now)
    fee = move.case.fee
    fee.paid_on = on
    fee.save(update_fields=["paid_on"])
    move.finish()
    return fee


def fee_of(basis: str, quantity: int) -> Decimal:
    """Yuan for one application; raises BadInput for an unknown basis or no quantity.

    By item the fee of the newest item is charged, ``quantity`` being its place among
    the applicant's items of the month.
    """
    if quantity < 1:
        raise BadInput("quantity", _("Enter how many items or pages, at least 1."))
    if basis == Fee.Basis.ITEM:
        return fees.by_item(1, already=quantity - 1).total_yuan
    if basis == Fee.Basis.VOLUME:
        return fees.by_volume(quantity).total_yuan
    raise BadInput("basis", _("Choose by item or by volume."))


def consulted(asked: Consultation) -> Consulted:
    """Whom and what; empty fields once the case was purged."""
    try:
        told = json.loads(unseal(asked.case.data_key, asked.sealed, PLACE))
    except CannotOpen:
        return Consulted("—")
    return Consulted(**told)


def _answered(move: Move, asked: Consultation, answer: str, text: str) -> Consultation:
    told = consulted(asked)
    asked.sealed = _sealed(move.case, Consulted(**{**asdict(told), "opinion": text}))
    asked.answer, asked.answered_on = answer, move.on
    asked.save(update_fields=["sealed", "answer", "answered_on"])
    move.finish(
        note=text, consultation=asked, fields={"answer": asked.get_answer_display()}
    )
    return asked


def _sealed(case: Case, party: Consulted) -> bytes:
    text = json.dumps(asdict(party), ensure_ascii=False)
    return seal(case.data_key, text.encode(), PLACE)


def _opinion_due(case: Case, of: str, received_on: date) -> date | None:
    key = "third_party_opinion" if of == "third_party" else "comaker_opinion"
    term = law.regime(case.regime).terms.get(key)
    if term is None:
        return None
    return law.term_end(term, received_on, calendars.calendar_of(case.agency))


def _check_unanswered(asked: Consultation) -> None:
    if asked.answer:
        raise BadInput("answer", _("The answer is entered already."))


def _check_extension(case: Case, days: int) -> None:
    most = law.regime(case.regime).term("extension").length or 0
    if not 1 <= days <= most:
        raise BadInput(
            "days",
            _("%(days)s working days: an extension has 1 to %(most)s.")
            % {"days": days, "most": most},
        )


def _check_after(until: date, on: date) -> None:
    if until <= on:
        raise BadInput(
            "until",
            _("%(day)s is not after %(on)s. Give a later day.")
            % {"day": until.isoformat(), "on": on.isoformat()},
        )


def _require(text: str, sentence: str, field: str = "text") -> None:
    if not text.strip():
        raise BadInput(field, sentence)
