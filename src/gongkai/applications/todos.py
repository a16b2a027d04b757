"""The desk's part of the to-do list: replies, cases by days left, extensions."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.scope import Scope
from gongkai.applications import clock
from gongkai.applications.choices import Stage
from gongkai.applications.models import Act, Case, Consultation, Reply, ReplyStep
from gongkai.applications.querysets import CaseQuerySet
from gongkai.applications.transitions import (
    HANDLERS,
    HEADS,
    REPLYING,
    RUNNING,
    TRANSITIONS,
)
from gongkai.items.querysets import steps_of
from gongkai.registry.todos import Todo, register

NEXT = {Stage.RECEIVED: "take_up", Stage.REASON_ASKED: "receive_reasons"}
NO_PROOF = timedelta(days=15)
"""So long after a letter to those consulted its receipt should be known."""
NOT_COME = {
    Stage.CORRECTION: "default_correction",
    Stage.FEE_PENDING: "default_fee",
    Stage.THIRD_PARTY: "third_party_silent",
    Stage.ORGAN_CONSULT: "organ_silent",
}
"""What ends the waiting: see ``left_waiting``."""
WAITS_FOR_RECEIPT = ("third_party_silent", "organ_silent")
"""Silence counts from the day of receipt: until that is known there is no last day."""


def cases_of(scope: Scope) -> CaseQuerySet:
    """Open cases that the person handles, or that nobody handles yet, where the clock
    runs or what was awaited did not come in its time."""
    waits = Q(is_stopped=False) | left_waiting(timezone.localdate())
    return _open_for(scope).filter(waits)


def _open_for(scope: Scope) -> CaseQuerySet:
    mine = Q(handler__isnull=True) | Q(handler_id=scope.person_id)
    agencies = scope.agency_ids(*HANDLERS)
    return Case.objects.open().filter(mine, agency_id__in=agencies)


def left_waiting(today: date) -> Q:
    """Cases whose correction, fee or opinion was due and has not come, or whose letter
    to those consulted nobody is known to have received."""
    asked = Act.objects.filter(
        case=OuterRef("pk"), name="ask_correction", until__lt=today
    )
    consulted = Consultation.objects.filter(
        case=OuterRef("pk"), answer="", due_on__lt=today
    )
    sent_lately = Act.objects.filter(
        consultation=OuterRef("pk"), on__gt=today - NO_PROOF
    )
    unproven = Consultation.objects.filter(
        ~Exists(sent_lately), case=OuterRef("pk"), answer="", received_on__isnull=True
    )
    consulting = (Stage.THIRD_PARTY, Stage.ORGAN_CONSULT)
    return (
        Q(Exists(asked), stage=Stage.CORRECTION)
        | Q(stage=Stage.FEE_PENDING, fee__due_on__lt=today)
        | Q(Exists(consulted), stage__in=consulting)
        | Q(Exists(unproven), stage__in=consulting)
    )


def extensions_for(scope: Scope) -> CaseQuerySet:
    """Cases for which an extension was asked and not decided on."""
    acts = Act.objects.filter(case=OuterRef("pk"))
    return Case.objects.filter(
        Exists(acts.filter(name="ask_extension")),
        ~Exists(acts.filter(name__in=["extend", "refuse_extension"])),
        agency_id__in=scope.agency_ids(*HEADS),
        stage__in=RUNNING,
    )


def waiting_cases(scope: Scope, limit: int) -> Iterator[Todo]:
    today = timezone.localdate()
    asked = extensions_for(scope).select_related("agency").by_urgency()[:limit]
    open_ones = cases_of(scope).select_related("agency").by_urgency()[:limit]
    for act, cases in (("extend", asked), ("", open_ones)):
        for case in cases:
            due_on = _wanted_on(case)
            yield Todo(
                act=_("Consent to an extension") if act else _next_of(case),
                title=f"{case.number} {case.subject}",
                url=_address(case, act),
                agency=case.agency.name,
                since=case.stage_since,
                due_on=due_on,
                days_left=clock.days_to_due(case, due_on, today) if due_on else None,
            )


def _wanted_on(case: Case) -> date | None:
    """The last day to answer; of a receipt to be confirmed, its own day (Art. 31)."""
    if case.due_on is None and not case.is_stopped:
        return case.received_on
    return case.due_on


def _next_of(case: Case) -> str:
    """What the handler does next, as far as the stage tells it."""
    if case.due_on is None and not case.is_stopped:
        return str(TRANSITIONS["confirm"].label)
    told = NOT_COME if case.is_stopped else NEXT
    name = told.get(Stage(case.stage))
    if name in WAITS_FOR_RECEIPT and case.due_on is None and _can_be_redelivered(case):
        name = "deliver_again"
    return str(TRANSITIONS[name].label) if name else _("Answer")


def _can_be_redelivered(case: Case) -> bool:
    return case.regime in TRANSITIONS["deliver_again"].regimes


def _address(case: Case, act: str) -> str:
    if act:
        return reverse("applications-console:act", args=[case.pk, act])
    return reverse("applications-console:case", args=[case.pk])


def count(scope: Scope) -> int:
    """One query. The cases whose clock runs apart: an index alone counts them."""
    open_ones = _open_for(scope)
    parts: tuple[QuerySet[Any], ...] = (
        open_ones.filter(is_stopped=False),
        open_ones.filter(left_waiting(timezone.localdate()), is_stopped=True),
        extensions_for(scope),
        reply_steps_for(scope),
        replies_to_go_on(scope),
    )
    first, *others = (part.order_by().values("pk") for part in parts)
    return first.union(*others, all=True).count()


def reply_steps_for(scope: Scope) -> QuerySet[ReplyStep]:
    """Replies that wait for this person's decision; their own wait for others."""
    person_id = scope.person_id or 0
    return (
        ReplyStep.objects.filter(
            steps_of(scope), is_current=True, reply__case__stage__in=REPLYING
        )
        .exclude(reply__writers=person_id)
        .exclude(reply__author__person_id=person_id)
        .order_by("since")
    )


def replies_to_go_on(scope: Scope) -> QuerySet[Reply]:
    """Replies that came back, or are signed and not delivered."""
    newer = Reply.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    return Reply.objects.filter(
        ~Exists(newer),
        case__agency_id__in=scope.agency_ids(*HANDLERS),
        case__stage__in=REPLYING,
        state__in=(Reply.State.RETURNED, Reply.State.SIGNED),
    ).order_by("state_since")


def waiting_replies(scope: Scope, limit: int) -> Iterator[Todo]:
    steps = reply_steps_for(scope).select_related("reply__case__agency")
    for step in steps[:limit]:
        yield _of_reply(
            step.reply.case,
            step.get_kind_display(),
            reverse("applications-console:reply-review", args=[step.reply.case_id]),
            step.since or step.reply.state_since,
        )
    for reply in replies_to_go_on(scope).select_related("case__agency")[:limit]:
        is_signed = reply.state == Reply.State.SIGNED
        act = str(TRANSITIONS["deliver"].label) if is_signed else ""
        yield _of_reply(
            reply.case,
            act or _("Change the reply and hand it in again"),
            reverse("applications-console:reply", args=[reply.case_id]),
            reply.state_since,
        )


def _of_reply(case: Case, act: str, url: str, since: datetime) -> Todo:
    today, due_on = timezone.localdate(), case.due_on
    return Todo(
        act=act,
        title=f"{case.number} {case.subject}",
        url=url,
        agency=case.agency.name,
        since=since,
        due_on=due_on,
        days_left=clock.days_to_due(case, due_on, today) if due_on else None,
    )


def waiting(scope: Scope, limit: int) -> Iterator[Todo]:
    yield from waiting_replies(scope, limit)
    yield from waiting_cases(scope, limit)


register(waiting, count)
