"""Handling a case inside the office, up to its end. Each function is one transition."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongkai import law
from gongkai.accounts.models import Person
from gongkai.agencies.models import Post
from gongkai.applications import rules
from gongkai.applications.exceptions import BadInput
from gongkai.applications.files import Prepared, attach, keep_for
from gongkai.applications.models import Act, Case, CoHandling
from gongkai.applications.persons import note_bytes
from gongkai.applications.rules import Actor
from gongkai.applications.services.moving import Move, begin
from gongkai.law.remedies import remedy

NOT_CORRECTED = {"2019": "O1", "2008": "3.3.7"}
"""By the form of 2014 it is 申请内容不明确."""
NOT_OURS = {"2019": "N1", "2008": "3.3.5"}
WITHDRAWN = {"2019": "O3", "2008": "withdrawn"}
"""What a withdrawn case counts as; the form of 2014 has no row for it."""


@transaction.atomic
def confirm(*, actor: Actor, case: Case, on: date, now: datetime | None = None) -> Act:
    """The day on which both sides confirmed the receipt: the clock starts (Art. 31)."""
    move = begin("confirm", case=case, actor=actor, on=on, now=now)
    move.case.confirmed_on = on
    return move.finish()


@transaction.atomic
def take_up(*, actor: Actor, case: Case, now: datetime | None = None) -> Act:
    move = begin("take_up", case=case, actor=actor, on=None, now=now)
    if actor.scope is not None and move.case.handler_id is None:
        move.case.handler_id = actor.scope.person_id
    return move.finish()


@transaction.atomic
def assign(
    *, actor: Actor, case: Case, handler: Person, now: datetime | None = None
) -> Act:
    """Make a colleague the handler; raises BadInput for somebody without a post."""
    move = begin("assign", case=case, actor=actor, on=None, now=now)
    if not Post.objects.filter(person=handler, agency=move.case.agency).exists():
        raise BadInput(
            "handler",
            _("%(name)s holds no post in %(agency)s.")
            % {"name": handler.name, "agency": move.case.agency.name},
        )
    move.case.handler = handler
    return move.finish()


@transaction.atomic
def ask_section(
    *,
    actor: Actor,
    case: Case,
    section: str,
    text: str = "",
    now: datetime | None = None,
) -> CoHandling:
    move = begin("ask_section", case=case, actor=actor, on=None, now=now)
    if not section.strip():
        raise BadInput("section", _("Name the section that is asked."))
    asked = CoHandling.objects.create(
        case=move.case, section=section.strip(), asked_on=move.on
    )
    move.finish(note=text)
    return asked


@transaction.atomic
def answer_section(
    *, actor: Actor, asked: CoHandling, text: str, now: datetime | None = None
) -> CoHandling:
    move = begin("answer_section", case=asked.case, actor=actor, on=None, now=now)
    if asked.answered_on is not None:
        raise BadInput("co_handling", _("The answer is entered already."))
    if not text.strip():
        raise BadInput("text", _("Write what the section answered."))
    asked.answered_on = move.on
    asked.sealed_opinion = note_bytes(move.case, text)
    asked.save(update_fields=["answered_on", "sealed_opinion"])
    move.finish(note=text)
    return asked


@transaction.atomic
def withdraw(
    *,
    actor: Actor,
    case: Case,
    on: date | None = None,
    text: str = "",
    now: datetime | None = None,
) -> Act:
    """The applicant does not want it any more; counted as 其他 (O3)."""
    move = begin("withdraw", case=case, actor=actor, on=on, now=now)
    _end(move, WITHDRAWN[move.case.regime])
    return move.finish(note=text)


@transaction.atomic
def default_correction(
    *, actor: Actor, case: Case, on: date | None = None, now: datetime | None = None
) -> Act:
    """Not corrected in time without good reason: not processed further (Art. 30)."""
    move = begin("default_correction", case=case, actor=actor, on=on, now=now)
    _end(move, NOT_CORRECTED[move.case.regime])
    return move.finish()


@transaction.atomic
def default_fee(
    *, actor: Actor, case: Case, on: date | None = None, now: datetime | None = None
) -> Act:
    """Not paid in time: not processed further (国办函〔2020〕109号)."""
    move = begin("default_fee", case=case, actor=actor, on=on, now=now)
    _end(move, "O2")
    return move.finish()


@transaction.atomic
def join(*, actor: Actor, case: Case, into: Case, now: datetime | None = None) -> Act:
    """The same application by the same applicant came twice: counted once, there."""
    move = begin("join", case=case, actor=actor, on=None, now=now)
    found = Case.objects.filter(
        pk=into.pk, agency=move.case.agency, joined_into__isnull=True
    )
    # What is answered already answers nothing new: a repeat has a result of its own.
    target = found.open().first()
    if target is None or target.pk == move.case.pk:
        raise BadInput("into", _("Choose another open case of the same agency."))
    if not rules.is_same_applicant(target, move.case):
        raise BadInput(
            "into",
            _("%(number)s is of another applicant: each keeps their own case.")
            % {"number": target.number},
        )
    move.case.joined_into = target
    move.case.closed_on = move.on
    return move.finish()


def reply(
    *,
    actor: Actor,
    case: Case,
    on: date,
    result: str,
    files: Sequence[Prepared] = (),
    reply_no: str = "",
    text: str = "",
    now: datetime | None = None,
) -> Act:
    """Close the case with its one counted result and the reply as it was sent.

    ``on`` is the day that counts: posting, or signature (国办公开办函〔2016〕235号).
    Raises BadInput for a code that the regime does not know or a missing reply.
    """
    if not files:
        raise BadInput("reply", _("Add the reply as it was sent."))
    kept = keep_for(case, files)
    with transaction.atomic():
        move = begin("reply", case=case, actor=actor, on=on, now=now)
        if result not in law.regime(move.case.regime).results:
            raise BadInput("result", _("Choose one of the results."))
        for one in kept:
            attach(move.case, one, by_applicant=False, now=move.now)
        move.case.reply_no = reply_no.strip()
        move.case.replied_on = on
        _end(move, result)
        return move.finish(note=text)


@transaction.atomic
def advise_transfer(
    *,
    actor: Actor,
    case: Case,
    party: str,
    text: str,
    contact: str = "",
    on: date | None = None,
    now: datetime | None = None,
) -> Act:
    """Not for this organ to disclose: say so with the reason, and name the organ that
    is answerable and how to reach it (Art. 36(5)). The letter is the reply."""
    move = begin("advise_transfer", case=case, actor=actor, on=on, now=now)
    if not party.strip():
        raise BadInput("party", _("Name the organ that is answerable."))
    if not text.strip():
        raise BadInput("text", _("Write why it is not for this organ."))
    regime = law.regime(move.case.regime)
    code = NOT_OURS[move.case.regime]
    told = remedy(regime, regime.result(code), move.on)
    move.case.replied_on = move.on
    _end(move, code)
    fields = {
        "party": party.strip(),
        "contact": contact.strip(),
        "remedy": told.words("zh-hans"),
    }
    return move.finish(note=text, fields=fields)


def _end(move: Move, result: str) -> None:
    move.case.result = result
    move.case.closed_on = move.on
