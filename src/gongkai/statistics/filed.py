"""Reading what was filed: an agency's current return, and its figures."""

from collections.abc import Mapping

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.registry.measures import Figure, Period
from gongkai.statistics import entries
from gongkai.statistics.models import Filing, FilingCell


def filed() -> QuerySet[Filing]:
    """Returns that stand: accepted, or waiting for the parent's word."""
    return Filing.objects.filter(state__in=(Filing.State.FILED, Filing.State.ACCEPTED))


def current(agency: Agency, period: Period, form: str = "") -> Filing | None:
    """The newest version that stands, of the form or of whichever was in force."""
    condition = Q(form=form) if form else Q()
    found = filed().filter(
        condition, agency=agency, first=period.first, last=period.last
    )
    return found.order_by("-version").first()


def values_of(filing: Filing) -> dict[str, Figure | None]:
    """As filed. One query."""
    rows = FilingCell.objects.filter(filing=filing).values_list("key", "value")
    return {
        key: None if value is None else entries.as_figure(key, value)
        for key, value in rows
    }


def filed_values(agency: Agency, period: Period) -> Mapping[str, Figure | None] | None:
    """The figures filed for a period; None where nothing was. Two queries.

    None, too, for a body that began within the year after it: what it carried in was
    another body's.
    """
    if agency.established_on and agency.established_on > period.last:
        return None
    filing = current(agency, period)
    return values_of(filing) if filing else None
