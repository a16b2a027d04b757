"""Writing a case's reply, having it reviewed and signed, and delivering it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.scope import Scope
from gongkai.applications import replies, rules
from gongkai.applications.choices import FileKind
from gongkai.applications.exceptions import BadInput, NotAllowedNow
from gongkai.applications.files import Prepared, attach, keep_for
from gongkai.applications.models import (
    Act,
    Case,
    CaseFile,
    Delivery,
    Reply,
    ReplyDecision,
    ReplyOpening,
    ReplyStep,
)
from gongkai.applications.releasing import cleared
from gongkai.applications.rules import Actor
from gongkai.applications.services.locking import locked
from gongkai.applications.services.moving import begin, check_answering
from gongkai.applications.subjects import REPLIES
from gongkai.applications.transitions import REPLYING
from gongkai.audit import services as audit
from gongkai.items.choices import Outcome
from gongkai.items.exceptions import ItemRefused
from gongkai.items.services import stepping
from gongkai.registry import files as store
from gongkai.registry.counters import next_number
from gongkai.registry.outbox import enqueue

TOPIC = "applications.reply"
State = Reply.State
WRITTEN = (State.DRAFT,)
PROVEN = (Delivery.Way.POST, Delivery.Way.IN_PERSON)
"""Ways whose day that counts stands on a paper: the receipt, or the signature."""


@transaction.atomic
def draft(*, by: Scope, case: Case, result: str, now: datetime | None = None) -> Reply:
    """Begin the reply, or go on from the draft that came back; one is open at a time.

    Raises NotAllowedNow, BadInput for a result that the regime does not know,
    PermissionDenied.
    """
    now, case = now or timezone.now(), locked(case)
    check_answering(by, case)
    going_on = case.replies.exclude(
        state__in=(State.RETURNED, State.TAKEN_BACK)
    ).first()
    if going_on is not None:
        return going_on
    _check_result(case, result)
    before = case.replies.last()
    reply = Reply.objects.create(
        case=case,
        number=(case.replies.aggregate(last=Max("number"))["last"] or 0) + 1,
        state_since=now,
        result=result,
        withheld=before.withheld if before else [],
        sealed=before.sealed if before else None,
        author_id=by.user,
    )
    if before is not None:
        reply.files.set(before.files.all())
    reply.writers.add(by.person)
    _note("begun", by, reply)
    return reply


@transaction.atomic
def save(
    *,
    by: Scope,
    reply: Reply,
    revision: int,
    result: str,
    words: Mapping[str, str],
    withheld: Sequence[str] = (),
    files: Sequence[CaseFile] = (),
) -> Reply:
    """Keep what was typed. ``revision`` is the one that the writer looked at.

    Raises NotAllowedNow where somebody else saved meanwhile or it was handed in,
    BadInput for a result, ground or document that cannot be taken, PermissionDenied.
    """
    case = locked(reply.case)
    reply = _mine(reply, case)
    check_answering(by, case)
    _check_written(reply, revision)
    _check_result(case, result)
    known = {one.code for one in replies.grounds_of(case)}
    if not known.issuperset(withheld):
        raise BadInput("withheld", _("Choose among the grounds offered."))
    may_go_out = {one.pk for one in replies.released_files(case)}
    if not may_go_out.issuperset(file.pk for file in files):
        raise BadInput("files", _("Choose among the documents that were cleared."))
    is_partial = result == replies.PARTIAL[case.regime]
    reply.result, reply.withheld = result, sorted(withheld) if is_partial else []
    kept = {name: text.strip() for name, text in words.items() if text.strip()}
    reply.sealed = replies.sealed_words(case, kept)
    reply.revision += 1
    reply.save(update_fields=["result", "withheld", "sealed", "revision"])
    reply.files.set(files if result in replies.RELEASING[case.regime] else [])
    reply.writers.add(by.person)
    return reply


def add_document(
    *, by: Scope, case: Case, upload: Prepared, now: datetime | None = None
) -> CaseFile:
    """A document that goes out as it is, once nothing unseen is left in it.

    Raises BadInput with every trace, NotAllowedNow, PermissionDenied.
    """
    check_answering(by, case)
    (kept,) = keep_for(case, [cleared(upload)])
    with transaction.atomic():
        case = locked(case)
        check_answering(by, case)
        file = attach(case, kept, by_applicant=False, now=now)
        audit.record(
            "case.document_cleared",
            about=case,
            user_id=by.user_id,
            agency_id=case.agency_id,
            data={"file": file.public_id},
        )
    return file


@transaction.atomic
def hand_in(
    *, by: Scope, reply: Reply, revision: int, now: datetime | None = None
) -> Reply:
    """Freeze the draft under its hash and let the first step of the flow wait.

    Raises ItemRefused with what is missing, NotAllowedNow, PermissionDenied.
    """
    now, case = now or timezone.now(), locked(reply.case)
    reply = _mine(reply, case)
    check_answering(by, case)
    _check_written(reply, revision)
    missing = list(replies.missing_for_review(reply, timezone.localdate(now)))
    missing += filter(None, [rules.why_not_reviewed(case)])
    if missing:
        raise ItemRefused(*missing)
    reply.content_hash = replies.content_hash(reply)
    reply.handed_in_by_id = by.person
    _set(reply, State.IN_REVIEW, now, "content_hash", "handed_in_by")
    stepping.open_steps(
        ReplyStep, reply, agency_id=case.agency_id, subject=REPLIES, now=now
    )
    _note("handed_in", by, reply, hash=reply.content_hash)
    return reply


@transaction.atomic
def take_back(*, by: Scope, reply: Reply, now: datetime | None = None) -> Reply:
    """Out of review, or before delivery; approvals are void. Gives the next draft.

    A number that was given stays given and is named in the case's file.
    """
    now, case = now or timezone.now(), locked(reply.case)
    reply = _mine(reply, case)
    check_answering(by, case)
    if reply.state not in {State.IN_REVIEW, State.SIGNED}:
        raise NotAllowedNow(_("The reply is not under review."))
    stepping.close_steps(ReplyStep, reply)
    _set(reply, State.TAKEN_BACK, now)
    _note("taken_back", by, reply)
    return draft(by=by, case=case, result=reply.result, now=now)


@transaction.atomic
def open_document(
    *, by: Scope, reply: Reply, file: CaseFile, now: datetime | None = None
) -> None:
    """Note that the reviewer opened what would go out."""
    if not replies.can_read(by, reply):
        raise PermissionDenied
    _opening, is_first = ReplyOpening.objects.get_or_create(
        reply=reply,
        file=file,
        person_id=by.person,
        defaults={"opened_at": now or timezone.now()},
    )
    if is_first:
        _note("document_opened", by, reply, file=file.public_id)


@transaction.atomic
def decide(
    *,
    by: Scope,
    step: ReplyStep,
    outcome: str,
    content_hash: str,
    opinion: str = "",
    now: datetime | None = None,
) -> Reply:
    """Approve or return the reply at one step; the last approval signs it.

    Signing takes its number, gapless per agency and year, and promises the documents.
    Raises AlreadyDecided, items' NotAllowedNow, ItemRefused, PermissionDenied.
    """
    now, case = now or timezone.now(), locked(step.reply.case)
    step = ReplyStep.objects.select_related("reply__author", "agency").get(pk=step.pk)
    step.reply.case = case
    stepping.check_waits(step, by=by, seen_hash=content_hash)
    _check_decision(by, step, outcome, opinion)
    stepping.record(
        ReplyDecision, step, by=by, outcome=outcome, opinion=opinion, now=now
    )
    reply = step.reply
    if outcome == Outcome.RETURNED:
        _set(reply, State.RETURNED, now)
    elif stepping.move_on(step, now) is None:
        _sign(reply, now)
    _note(outcome, by, reply, step=step.position, hash=reply.content_hash)
    return reply


def _check_decision(by: Scope, step: ReplyStep, outcome: str, opinion: str) -> None:
    if step.reply.case.stage not in REPLYING:
        raise ItemRefused(_("The case ended meanwhile. There is nothing to decide."))
    stepping.check_decision(
        step,
        outcome=outcome,
        opinion=opinion,
        worked=replies.worked_on(step.reply, by.person_id or 0),
        obstacles=lambda: replies.obstacles_to_approval(step, by),
        current_hash=lambda: replies.content_hash(step.reply),
    )


def _sign(reply: Reply, now: datetime) -> None:
    case, today = reply.case, timezone.localdate(now)
    serial = next_number(f"reply:{case.agency_id}:{today.year}")
    name = case.agency.short_name or case.agency.name
    reply.reply_no = f"{name}公复〔{today.year}〕{serial}号"
    reply.signed_on = today
    _set(reply, State.SIGNED, now, "reply_no", "signed_on")
    enqueue(TOPIC, key=f"freeze-{reply.pk}", payload={"reply": reply.pk})


def freeze(reply_id: int) -> None:
    """Make the signed reply's Word file and PDF, once; the worker does it.

    Nothing is made where the rows are not what was approved.
    """
    reply = Reply.objects.select_related("case__agency").get(pk=reply_id)
    if reply.is_frozen or reply.state != State.SIGNED or reply.signed_on is None:
        return
    if not replies.is_signed_as_it_stands(reply):
        raise RuntimeError(f"reply {reply.pk} is not what was approved")
    made = replies.document_of(reply, reply.signed_on)
    kept = keep_for(
        reply.case,
        [
            Prepared(FileKind.REPLY, f"{made.title}.docx", store.DOCX, made.docx),
            Prepared(FileKind.REPLY, f"{made.title}.pdf", "application/pdf", made.pdf),
        ],
    )
    with transaction.atomic():
        reply = _mine(reply, locked(reply.case))
        if reply.is_frozen or reply.state != State.SIGNED:
            return
        reply.word, reply.pdf = (
            attach(reply.case, one, by_applicant=False) for one in kept
        )
        reply.save(update_fields=["word", "pdf"])


def deliver(
    *,
    actor: Actor,
    case: Case,
    on: date,
    way: str,
    proof: Sequence[Prepared] = (),
    text: str = "",
    now: datetime | None = None,
) -> Act:
    """The signed reply went out: the case ends with its one counted result.

    ``on`` is the day that counts: posting, or signature (国办公开办函〔2016〕235号).
    The applicant may download it from then on. Raises BadInput, NotAllowedNow.
    """
    if way not in Delivery.Way.values:
        raise BadInput("way", _("Choose how it was delivered."))
    if way in PROVEN and not proof and not text.strip():
        raise BadInput(
            "proof", _("Add the postal receipt or the signed one, or write its number.")
        )
    kept = keep_for(case, proof[:1])
    with transaction.atomic():
        move = begin("deliver", case=case, actor=actor, on=on, now=now)
        reply = Reply.objects.select_for_update().get(
            case=move.case, state=State.SIGNED
        )
        if reply.signed_on is None or on < reply.signed_on:
            raise BadInput("on", _("It was signed later. Check the day."))
        papers = [attach(move.case, one, by_applicant=False) for one in kept]
        _set(reply, State.DELIVERED, move.now)
        goes_out = Q(pk=reply.pdf_id) | Q(pk__in=reply.files.values("pk"))
        CaseFile.objects.filter(goes_out).update(for_applicant=True)
        move.case.result = reply.result
        move.case.reply_no = reply.reply_no
        move.case.replied_on = move.case.closed_on = on
        act = move.finish(note=text)
        Delivery.objects.create(
            reply=reply, act=act, way=way, on=on, proof=papers[0] if papers else None
        )
    return act


def _check_result(case: Case, result: str) -> None:
    if result not in {one.code for one in replies.results_of(case)}:
        raise BadInput("result", _("Choose one of the results."))


def _check_written(reply: Reply, revision: int) -> None:
    if reply.state not in WRITTEN:
        raise NotAllowedNow(_("The reply was handed in already."))
    if reply.revision != revision:
        raise NotAllowedNow(
            _("The draft was changed since you looked at it. Look at it again.")
        )


def _mine(reply: Reply, case: Case) -> Reply:
    """The row as it is now, under the case's lock."""
    found = Reply.objects.select_related("author").get(pk=reply.pk)
    found.case = case
    return found


def _set(reply: Reply, state: str, now: datetime, *fields: str) -> None:
    reply.state, reply.state_since = state, now
    reply.save(update_fields=["state", "state_since", *fields])


def _note(act: str, by: Scope, reply: Reply, **data: object) -> None:
    audit.record(
        f"reply.{act}",
        about=reply.case,
        user_id=by.user_id,
        agency_id=reply.case.agency_id,
        data={"reply": reply.number, "result": reply.result, **data},
    )
