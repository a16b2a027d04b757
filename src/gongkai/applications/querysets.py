from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from gongkai.applications.choices import OPEN
from gongkai.registry.sealing import blind_index

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency
    from gongkai.agencies.scope import Scope
    from gongkai.applications.models import Case  # noqa: F401 - named below


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, scope: "Scope") -> "CaseQuerySet":
        """Cases of the agencies whose work the scope reads; siblings see none."""
        return self.filter(scope.reading())

    def open(self) -> "CaseQuerySet":
        return self.filter(stage__in=OPEN)

    def ended(self) -> "CaseQuerySet":
        return self.exclude(stage__in=OPEN)

    def counted(self) -> "CaseQuerySet":
        """Without those that were joined into another case."""
        return self.filter(joined_into__isnull=True)

    def overdue(self, today: date) -> "CaseQuerySet":
        """Also where another's opinion is awaited whose own term is long over: a last
        day that is known is a last day."""
        return self.open().filter(due_on__lt=today)

    def due_by(self, last: date) -> "CaseQuerySet":
        return self.open().filter(due_on__lte=last)

    def by_urgency(self) -> "CaseQuerySet":
        """What the law makes urgent first, above all a receipt that is to be confirmed
        on its own day (Art. 31); a stopped clock last."""
        return self.order_by(
            "is_stopped", models.F("due_on").asc(nulls_first=True), "pk"
        )

    def saying(self, words: str) -> "CaseQuerySet":
        """With these words in number, subject, reply number or the old number."""
        return self.filter(words__contains=Lower(models.Value(words)))

    def newest_first(self) -> "CaseQuerySet":
        return self.order_by("-received_on", "-pk")

    def of_subtree(self, agency: "Agency") -> "CaseQuerySet":
        return self.filter(agency__path__startswith=agency.path)

    def of_applicant(self, words: str) -> "CaseQuerySet":
        """Cases of the applicant with exactly this name, number or contact."""
        indexes = {
            "name_index": blind_index("name", words),
            "identity_index": blind_index("identity", words),
            "contact_index": blind_index("contact", words),
        }
        condition = Q(pk__in=())
        for field, index in indexes.items():
            if index:
                condition |= Q(**{field: index})
        return self.filter(condition)
