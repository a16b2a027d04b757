"""Reports with figures or findings that wait for a look."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongkai.agencies.scope import Scope
from gongkai.registry.todos import Todo, register
from gongkai.reports.models import Reading
from gongkai.reports.permissions import EDITORS


def unchecked(scope: Scope) -> QuerySet[Reading]:
    ids = scope.agency_ids(*EDITORS)
    return Reading.objects.filter(agency__in=ids, state=Reading.State.OPEN)


def waiting(scope: Scope, limit: int) -> Iterator[Todo]:
    found = unchecked(scope).without_text().select_related("agency")  # type: ignore[attr-defined]
    for reading in found.order_by("added_at")[:limit]:
        yield Todo(
            act=_("Check a report's figures"),
            title=str(reading),
            url=reading.get_absolute_url(),
            agency=reading.agency.name,
            since=reading.added_at,
        )


def count(scope: Scope) -> int:
    return unchecked(scope).count()


register(waiting, count)
