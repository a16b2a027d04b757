"""What waits for a person in the ledger of items."""

from collections.abc import Iterator

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
    yield from _to_decide(scope, limit)
    yield from _to_carry_on(scope, limit)


def _to_decide(scope: Scope, limit: int) -> Iterator[Todo]:
    steps = (
        Step.objects.filter(steps_of(scope), is_current=True)
        # Their own drafts wait for somebody else.
        .exclude(version__author_person_id=scope.person_id)
        .select_related("version__item__agency")
        .defer("version__body")
        .order_by("since")
    )
    for step in steps[:limit]:
        yield Todo(
            act=step.get_kind_display(),
            title=step.version.title,
            url=reverse("items-console:review", args=[step.version.item_id]),
            agency=step.version.item.agency.name,
            since=step.since or step.version.made_at,
        )


def _to_carry_on(scope: Scope, limit: int) -> Iterator[Todo]:
    items = (
        Item.objects.filter(
            agency_id__in=scope.agency_ids(*permissions.EDITORS),
            stage__in=(Stage.RETURNED, Stage.APPROVED),
        )
        .select_related("agency", "draft")
        .defer("draft__body")
        .order_by("stage_since")
    )
    for item in items[:limit]:
        returned = item.stage == Stage.RETURNED
        yield Todo(
            act=_("Change and hand in again") if returned else _("Publish"),
            title=item.draft.title,
            url=reverse("items-console:item", args=[item.pk]),
            agency=item.agency.name,
            since=item.stage_since,
        )


register(waiting)
