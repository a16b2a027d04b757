from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F

from gongkai.items.choices import Kind
from gongkai.items.models import Item
from gongkai.items.querysets import ItemQuerySet

if TYPE_CHECKING:
    from gongkai.agencies.scope import Scope
    from gongkai.reports.models import Figure, Reading  # noqa: F401 - named below


class ReadingQuerySet(models.QuerySet["Reading"]):
    def visible_to_public(self) -> "ReadingQuerySet":
        """Of what is public now, in the very version that is public."""
        return self.filter(
            item__in=Item.objects.visible_to_public(), version=F("item__live")
        )

    def visible_to(self, scope: "Scope") -> "ReadingQuerySet":
        return self.filter(scope.reading())

    def without_text(self) -> "ReadingQuerySet":
        return self.defer("text")


class FigureQuerySet(models.QuerySet["Figure"]):
    def visible_to_public(self) -> "FigureQuerySet":
        """As ``Reading``; the two of a body on one year are told apart by order."""
        from gongkai.reports.models import Reading

        return self.filter(reading__in=Reading.objects.visible_to_public())

    def visible_to(self, scope: "Scope") -> "FigureQuerySet":
        return self.filter(scope.reading())

    def with_source(self) -> "FigureQuerySet":
        return self.select_related("reading__item").defer("reading__text")

    def oldest_reading_first(self) -> "FigureQuerySet":
        """What was published stands before what was only uploaded: it comes last."""
        return self.order_by(F("reading__version").asc(nulls_first=True), "reading_id")


def unread_reports() -> ItemQuerySet:
    """Public annual reports whose live version nobody has had read."""
    return Item.objects.visible_to_public().filter(
        kind=Kind.ANNUAL_REPORT, live__reading__isnull=True
    )
