"""The filing calendar of a report year, as its notice sets it."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.agencies.scope import Scope
from gongkai.audit import services as audit
from gongkai.registry.measures import Period
from gongkai.statistics import deadlines
from gongkai.statistics.exceptions import BadFigure
from gongkai.statistics.models import Deadline
from gongkai.statistics.permissions import can_set_deadlines


@transaction.atomic
def set_deadline(
    *,
    by: Scope,
    agency: Agency,
    year: int,
    due_on: date,
    source: str,
    includes_below: bool = True,
    now: datetime | None = None,
) -> Deadline:
    """Set the day for a report year; the one set before is replaced.

    Raises BadFigure for a day within the year itself or after the law's.
    """
    if not can_set_deadlines(by, agency):
        raise PermissionDenied
    if not source.strip():
        raise BadFigure("source", _("Name the notice that sets the day."))
    if due_on <= date(year, 12, 31):
        told = {"day": due_on.isoformat(), "year": year}
        sentence = _("%(day)s is before the report year %(year)s has ended. Check it.")
        raise BadFigure("due_on", sentence % told)
    latest = deadlines.by_law(agency.kind, Period.year(year))
    if due_on > latest and not includes_below:
        told = {"day": due_on.isoformat(), "latest": latest.isoformat()}
        sentence = _("%(day)s is after the law's last day, %(latest)s (Art. 49).")
        raise BadFigure("due_on", sentence % told)
    deadline, _made = Deadline.objects.update_or_create(
        agency=agency,
        year=year,
        includes_below=includes_below,
        defaults={
            "due_on": due_on,
            "source": source.strip(),
            "by_id": by.user_id,
            "at": now or timezone.now(),
        },
    )
    audit.record(
        "deadline.set",
        about=deadline,
        user_id=by.user_id,
        agency_id=agency.pk,
        data={"year": year, "due_on": due_on.isoformat()},
    )
    return deadline
