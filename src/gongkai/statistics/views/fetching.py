"""What every page of figures asks first: which body, which year, whose records."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from gongkai import returns
from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.models import Agency
from gongkai.agencies.querysets import AgencyQuerySet
from gongkai.agencies.roles import SUBTREE_READERS
from gongkai.statistics import figures
from gongkai.statistics.models import Reach

FIRST_YEAR = 2008


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
