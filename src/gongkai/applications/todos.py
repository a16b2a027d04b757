"""The desk's part of the to-do list: cases by days left, extensions to consent to."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.scope import Scope
from gongkai.applications import clock
from gongkai.applications.choices import Stage
from gongkai.applications.models import Act, Case
from gongkai.applications.querysets import CaseQuerySet
from gongkai.applications.transitions import HANDLERS, HEADS, RUNNING, TRANSITIONS
from gongkai.registry.todos import Todo, register


def cases_of(scope: Scope) -> CaseQuerySet:
    """Open cases that the person handles, or that nobody handles yet."""
    mine = Q(handler__isnull=True) | Q(handler_id=scope.person_id)
    return Case.objects.open().filter(
        mine, agency_id__in=scope.agency_ids(*HANDLERS), is_stopped=False
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


def waiting(scope: Scope, limit: int) -> Iterator[Todo]:
    today = timezone.localdate()
    asked = extensions_for(scope).select_related("agency").by_urgency()[:limit]
    open_ones = cases_of(scope).select_related("agency").by_urgency()[:limit]
    for act, cases in (("extend", asked), ("", open_ones)):
        for case in cases:
            yield Todo(
                act=_("Consent to an extension") if act else _next_of(case),
                title=f"{case.number} {case.subject}",
                url=_address(case, act),
                agency=case.agency.name,
                since=case.stage_since,
                due_on=case.due_on,
                days_left=clock.days_left(case, today),
            )


def _next_of(case: Case) -> str:
    """What the handler does next, as far as the stage tells it."""
    if case.due_on is None:
        return str(TRANSITIONS["confirm"].label)
    told = {
        Stage.RECEIVED: TRANSITIONS["take_up"].label,
        Stage.REASON_ASKED: TRANSITIONS["receive_reasons"].label,
    }
    return str(told.get(Stage(case.stage), _("Answer")))


def _address(case: Case, act: str) -> str:
    if act:
        return reverse("applications-console:act", args=[case.pk, act])
    return reverse("applications-console:case", args=[case.pk])


def count(scope: Scope) -> int:
    """One query."""
    return (
        cases_of(scope)
        .order_by()
        .values("pk")
        .union(extensions_for(scope).order_by().values("pk"), all=True)
        .count()
    )


register(waiting, count)
