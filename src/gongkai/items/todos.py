"""What waits for a person in the ledger of items."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.agencies.scope import Scope
from gongkai.items import permissions
from gongkai.items.choices import Stage
from gongkai.items.models import Item, Step
from gongkai.items.querysets import steps_of
from gongkai.registry.todos import Todo, register


def waiting(scope: Scope, limit: int) -> Iterator[Todo]:
    """Steps to decide, then own drafts that came back or may go out."""
    yield from _decisions(scope, limit)
    yield from _own_work(scope, limit)


def count(scope: Scope) -> int:
    """How many ``waiting`` would give without a limit. One query."""
    return (
        steps_to_decide(scope)
        .order_by()
        .values("pk")
        .union(_to_carry_on(scope).order_by().values("pk"), all=True)
        .count()
    )


def steps_to_decide(scope: Scope) -> QuerySet[Step]:
    """Review steps that wait for this person, the longest waiting first."""
    return (
        Step.objects.filter(steps_of(scope), is_current=True)
        # Their own drafts wait for somebody else.
        .exclude(version__author_person_id=scope.person_id)
        .exclude(version__item__writers__person_id=scope.person_id or 0)
        .order_by("since")
    )


def _to_carry_on(scope: Scope) -> QuerySet[Item]:
    return Item.objects.filter(
        agency_id__in=scope.agency_ids(*permissions.EDITORS),
        stage__in=(Stage.RETURNED, Stage.APPROVED),
    ).order_by("stage_since")


def _decisions(scope: Scope, limit: int) -> Iterator[Todo]:
    steps = (
        steps_to_decide(scope)
        .select_related("version__item__agency")
        .defer("version__body")
    )
    for step in steps[:limit]:
        yield Todo(
            act=step.get_kind_display(),
            title=step.version.title,
            url=reverse("items-console:review", args=[step.version.item_id]),
            agency=step.version.item.agency.name,
            since=step.since or step.version.made_at,
        )


def _own_work(scope: Scope, limit: int) -> Iterator[Todo]:
    items = _to_carry_on(scope).select_related("agency", "draft").defer("draft__body")
    for item in items[:limit]:
        returned = item.stage == Stage.RETURNED
        yield Todo(
            act=_("Change and hand in again") if returned else _("Publish"),
            title=item.draft.title,
            url=reverse("items-console:item", args=[item.pk]),
            agency=item.agency.name,
            since=item.stage_since,
        )


def handed_in_by(scope: Scope, limit: int) -> Iterator[Todo]:
    """What the person handed in and others decide on; the longest waiting first."""
    steps = (
        Step.objects.filter(is_current=True, version__author_person_id=scope.person_id)
        .filter(version__item__in=Item.objects.visible_to(scope))
        .select_related("version__item__agency", "agency")
        .defer("version__body")
        .order_by("since")
    )
    for step in steps[:limit]:
        yield Todo(
            act=step.get_kind_display(),
            title=step.version.title,
            url=reverse("items-console:item", args=[step.version.item_id]),
            agency=step.version.item.agency.name,
            since=step.since or step.version.made_at,
            note=f"{step.agency.name} · {step.get_role_display()}",
        )


register(waiting, count)
