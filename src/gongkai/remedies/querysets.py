from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from gongkai.remedies.choices import OPEN, Stage

if TYPE_CHECKING:
    from gongkai.agencies.scope import Scope
    from gongkai.remedies.models import Remedy  # noqa: F401 - named below


class RemedyQuerySet(models.QuerySet["Remedy"]):
    def visible_to(self, scope: "Scope") -> "RemedyQuerySet":
        """Remedies of the agencies whose work the scope reads; siblings see none."""
        return self.filter(scope.reading())

    def open(self) -> "RemedyQuerySet":
        return self.filter(stage__in=OPEN)

    def standing(self) -> "RemedyQuerySet":
        """Without those that were struck out as registered by mistake."""
        return self.exclude(stage=Stage.STRUCK)

    def awaiting_defence(self) -> "RemedyQuerySet":
        return self.open().filter(due_on__isnull=False)

    def due_by(self, last: date) -> "RemedyQuerySet":
        return self.awaiting_defence().filter(due_on__lte=last)

    def by_urgency(self) -> "RemedyQuerySet":
        """The defence that is due first; what waits for others last."""
        return self.order_by(
            models.F("due_on").asc(nulls_last=True), "-copy_received_on", "-pk"
        )

    def newest_first(self) -> "RemedyQuerySet":
        return self.order_by("-copy_received_on", "-pk")

    def saying(self, words: str) -> "RemedyQuerySet":
        """With these words in one of its numbers, its matter or the body's name."""
        condition = Q(pk__in=())
        for field in (
            *("number", "subject", "body", "body_number"),
            *("contested_no", "decision_no", "defence_no", "case__number"),
        ):
            condition |= Q(**{f"{field}__icontains": words})
        return self.filter(condition)
