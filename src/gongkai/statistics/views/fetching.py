"""What every page of figures asks first: which body, which year, whose records."""

import re
from datetime import date, datetime, time

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from gongkai import returns
from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.models import Agency
from gongkai.agencies.querysets import AgencyQuerySet
from gongkai.agencies.roles import SUBTREE_READERS
from gongkai.registry.measures import Period
from gongkai.statistics import figures
from gongkai.statistics.models import Reach

FIRST_YEAR = 2008
PERIOD = re.compile(r"([qm])([0-9]{1,2})")


def years() -> range:
    """The current year first."""
    return range(timezone.localdate().year, FIRST_YEAR - 1, -1)


def visible_agencies(request: HttpRequest) -> AgencyQuerySet:
    return Agency.objects.visible_to(scope_of_request(request))


def agency_or_404(request: HttpRequest, slug: str, year: int | None = None) -> Agency:
    if year is not None and not FIRST_YEAR <= year <= timezone.localdate().year + 1:
        raise Http404
    agency: Agency = get_object_or_404(visible_agencies(request), slug=slug)
    return agency


def form_or_404(request: HttpRequest, year: int) -> returns.Form:
    """The form that was asked for, else the one in force for the year."""
    name = request.GET.get("form", "")
    if not name:
        return figures.official_of(year)
    if name not in returns.list_forms():
        raise Http404
    return returns.load_form(name)


def period_or_404(name: str, year: int) -> Period:
    """``q1`` to ``q4``, ``m1`` to ``m12``, or the whole year for no name."""
    if not name:
        return Period.year(year)
    found = PERIOD.fullmatch(name)
    if found is None:
        raise Http404
    number = int(found[2])
    if found[1] == "q" and 1 <= number <= 4:
        return Period.quarter(year, number)
    if found[1] == "m" and 1 <= number <= 12:
        return Period.month(year, number)
    raise Http404


def day_named(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def as_of_or_404(request: HttpRequest) -> datetime:
    """What was known at the end of the day that was asked for; else what is now."""
    wanted, now = request.GET.get("as_of", ""), timezone.now()
    if not wanted:
        return now
    day = day_named(wanted)
    if day is None or day < date(FIRST_YEAR, 1, 1):
        raise Http404
    return min(timezone.make_aware(datetime.combine(day, time.max)), now)


def period_name(period: Period) -> str:
    """As an address names it."""
    year = period.first.year
    for name, _label in period_choices():
        if period_or_404(name, year) == period:
            return name
    return ""


def period_choices() -> list[tuple[str, str]]:
    quarters = [(f"q{number}", f"Q{number}") for number in range(1, 5)]
    months = [(f"m{number}", f"{number:02}") for number in range(1, 13)]
    return [("", _("The whole year")), *quarters, *months]


def may_reach_below(request: HttpRequest, agency: Agency) -> bool:
    return scope_of_request(request).holds_above(agency, *SUBTREE_READERS)


def reach_or_404(request: HttpRequest, agency: Agency) -> Reach:
    """Bodies below an agency are counted for who answers for the tree only."""
    asked = request.GET.get("reach", Reach.OWN)
    if asked not in Reach.values:
        raise Http404
    if asked != Reach.OWN and not may_reach_below(request, agency):
        raise Http404
    return Reach(asked)
