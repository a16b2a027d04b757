from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from gongkai.items.choices import Attribute, Stage

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency
    from gongkai.agencies.scope import Scope
    from gongkai.items.models import Item  # noqa: F401 - named in the class below


class ItemQuerySet(models.QuerySet["Item"]):
    def visible_to_public(self) -> "ItemQuerySet":
        """What every public outlet starts from: page, list, search, feed, file …"""
        return self.filter(live__isnull=False, live__attribute=Attribute.PROACTIVE)

    def visible_to(self, scope: "Scope") -> "ItemQuerySet":
        """What the console shows: the scope's agencies, and what awaits its consent."""
        from gongkai.items.models import Step

        asked = Step.objects.filter(
            steps_of(scope), is_current=True, version__item=OuterRef("pk")
        )
        return self.filter(scope.reading() | Q(Exists(asked)))

    def saying(self, words: str) -> "ItemQuerySet":
        """With these words in the newest title, or in one of its numbers."""
        return self.filter(
            Q(draft__title__icontains=words)
            | Q(draft__doc_no__icontains=words)
            | Q(index_no__icontains=words)
            | Q(legacy_index_no__icontains=words)
        )

    def newest_first(self) -> "ItemQuerySet":
        return self.order_by("-published_on", "-pk")

    def of_subtree(self, agency: "Agency") -> "ItemQuerySet":
        return self.filter(agency__path__startswith=agency.path)

    def withdrawn(self) -> "ItemQuerySet":
        return self.filter(withdrawn_at__isnull=False)

    def due_for_publication(self, now: datetime) -> "ItemQuerySet":
        return self.filter(stage=Stage.PLANNED, planned_for__lte=now)

    def for_public_list(self) -> "ItemQuerySet":
        """With what a list row prints, and without the texts."""
        return self.select_related("live", "agency", "column").defer(
            "live__body", "live__summary"
        )

    def disclosed(self, first: date, last: date, as_of: datetime) -> "ItemQuerySet":
        """Items first made public within the days, as far as known at ``as_of``.

        Withdrawn by then is not disclosed; a later withdrawal changes nothing.
        """
        return self.filter(
            Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=as_of),
            published_on__range=(first, last),
            recorded_at__lte=as_of,
        )


def steps_of(scope: "Scope") -> Q:
    """Condition on review steps that one of the scope's posts may decide."""
    condition = Q(pk__in=())
    for post in scope.posts:
        condition |= Q(agency_id=post.agency_id, role=post.role)
    return condition
