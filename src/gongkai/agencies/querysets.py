from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Q
from treebeard.mp_tree import MP_NodeManager, MP_NodeQuerySet

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency
    from gongkai.agencies.scope import Scope


class AgencyQuerySet(MP_NodeQuerySet):
    def existing(self, on: date) -> "AgencyQuerySet":
        return self.filter(
            Q(established_on__isnull=True) | Q(established_on__lte=on),
            Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=on),
        )

    def at_or_below(self, agency: "Agency") -> "AgencyQuerySet":
        return self.filter(path__startswith=agency.path)

    def in_tree_of(self, agency: "Agency") -> "AgencyQuerySet":
        """Its whole tree, from the root down."""
        return self.filter(path__startswith=agency.path[: agency.steplen])

    def taken_over_by(self, agency: "Agency", on: date) -> "AgencyQuerySet":
        """Bodies dissolved by then whose work the agency does; one query a merger."""
        found: set[int] = set()
        newest = {agency.pk}
        while newest:
            gone = self.filter(merged_into__in=newest, dissolved_on__lte=on)
            newest = set(gone.order_by().values_list("pk", flat=True)) - found
            found |= newest
        return self.filter(pk__in=found)

    def visible_to(self, scope: "Scope") -> "AgencyQuerySet":
        """Agencies whose unpublished work the scope reads."""
        return self.filter(scope.reading(""))

    def in_console_of(self, scope: "Scope") -> "AgencyQuerySet":
        """Agencies that the scope reads or sets up."""
        return self.filter(scope.reading("") | scope.administering(""))

    def touch(self) -> None:
        """Every cached page of these agencies is stale from the commit on."""
        self.update(generation=F("generation") + 1)


class AgencyManager(MP_NodeManager.from_queryset(AgencyQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> AgencyQuerySet:
        return AgencyQuerySet(self.model, using=self._db).order_by("path")
