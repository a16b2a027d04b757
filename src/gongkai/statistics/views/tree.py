"""The OGI office's page: who has filed, who is late, how the returns add up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai import returns
from gongkai.agencies.acting import acting_agency, scope_of_request
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import READERS, Role
from gongkai.registry.access import staff
from gongkai.registry.measures import Period
from gongkai.statistics import figures, filed, permissions, sums
from gongkai.statistics.deadlines import Calendar
from gongkai.statistics.exceptions import BadFigure
from gongkai.statistics.forms import DeadlineForm
from gongkai.statistics.models import Deadline, Filing, Reach
from gongkai.statistics.services.setting import set_deadline
from gongkai.statistics.views.fetching import agency_or_404, visible_agencies, years

PAGE = 50


@dataclass(frozen=True)
class Row:
    """A body of the tree and where its return stands."""

    agency: Agency
    filing: Filing | None
    due_on: date
    is_overdue: bool
    notes: int
    below: tuple[int, int]
    # What it carried in, and what it carried out the year before, where they differ.
    carried: tuple[int, int] | None


@staff(*READERS)
@require_safe
def filings(request: HttpRequest) -> HttpResponse:
    agency, year = _asked(request)
    period, today = Period.year(year), timezone.localdate()
    official = _official(request, year)
    is_missing = request.GET.get("show") == "missing"
    bodies = (
        _missing(request, agency, official, period)
        if is_missing
        else _children(request, agency, period)
    )
    page = Paginator(bodies, PAGE).get_page(request.GET.get("page"))
    calendar = Calendar.of_year(year)
    context = {
        "agency": agency,
        "agencies": visible_agencies(request).order_by("path"),
        "year": year,
        "years": years(),
        "official": official,
        "forms": returns.list_forms(),
        "is_missing": is_missing,
        "own": None
        if is_missing
        else _row(agency, _newest([agency], official, period), calendar, period),
        "rows": _rows(page, agency, official, period, calendar),
        "page_obj": page,
        "sums": _sums(agency, official, period),
        "summary": _summary(agency, official, period, calendar, today),
        "may_set": permissions.can_set_deadlines(scope_of_request(request), agency),
    }
    return render(request, "statistics/filings.html", context)


def _asked(request: HttpRequest) -> tuple[Agency, int]:
    """The chosen body and year; else the acting body and last year, the one due."""
    slug = request.GET.get("agency", "")
    visible = visible_agencies(request)
    if slug:
        agency = visible.filter(slug=slug).first()
    else:
        acting = acting_agency(request)
        own = visible.filter(pk=acting.pk).first() if acting else None
        agency = own or visible.first()
    if agency is None:
        raise Http404
    year = request.GET.get("year", "")
    known = {str(one): one for one in years()}
    return agency, known.get(year, timezone.localdate().year - 1)


def _official(request: HttpRequest, year: int) -> returns.Form:
    name = request.GET.get("form", "")
    if name in returns.list_forms():
        return returns.load_form(name)
    return figures.official_of(year)


def _children(request: HttpRequest, agency: Agency, period: Period) -> QuerySet[Any]:
    """Bodies directly below that existed at the end of the period, and are read."""
    below = visible_agencies(request).existing(period.last).at_or_below(agency)
    return below.filter(depth=agency.depth + 1).order_by("path")


def _missing(
    request: HttpRequest, agency: Agency, official: returns.Form, period: Period
) -> QuerySet[Any]:
    """All bodies of the tree from which no return stands, however far down."""
    below = visible_agencies(request).existing(period.last).at_or_below(agency)
    filed_by = sums.standing(official.name, period).values("agency")
    return below.exclude(pk__in=filed_by).order_by("path")


def _newest(
    agencies: list[Agency], official: returns.Form, period: Period
) -> Mapping[int, Filing]:
    """Agency id → the newest version of its own return. One query."""
    found = Filing.objects.filter(
        agency__in=agencies,
        form=official.name,
        reach=Reach.OWN,
        first=period.first,
        last=period.last,
    ).order_by("version")
    counted = found.annotate(notes=Count("explanations"))
    return {one.agency_id: one for one in counted.select_related("filed_by__person")}


def _rows(
    page: Page[Agency],
    agency: Agency,
    official: returns.Form,
    period: Period,
    calendar: Calendar,
) -> list[Row]:
    bodies = list(page.object_list)
    newest = _newest(bodies, official, period)
    below = sums.counts_below(official.name, period, agency) if bodies else {}
    ids = Agency.objects.filter(pk__in=[body.pk for body in bodies]).order_by()
    carried = sums.carried(official.name, period, ids)
    return [_row(body, newest, calendar, period, below, carried) for body in bodies]


def _row(
    body: Agency,
    newest: Mapping[int, Filing],
    calendar: Calendar,
    period: Period,
    below: Mapping[str, tuple[int, int]] | None = None,
    carried: Mapping[int, tuple[int, int]] | None = None,
) -> Row:
    filing, due_on = newest.get(body.pk), calendar.due_on(body, period)
    waits = filing is None or filing.state in {"draft", "returned"}
    return Row(
        agency=body,
        filing=filing,
        due_on=due_on,
        is_overdue=waits and timezone.localdate() > due_on,
        notes=getattr(filing, "notes", 0),
        below=(below or {}).get(body.path, (0, 0)),
        carried=(carried or {}).get(body.pk),
    )


@dataclass(frozen=True)
class Sum:
    """The sum of the returns below, beside the return of the sum if there is one."""

    reach: Reach
    parts: int
    filing: Filing | None
    result: returns.CheckResult
    differences: list[tuple[str, str, Any, Any]]


def _sums(agency: Agency, official: returns.Form, period: Period) -> list[Sum]:
    return [
        _sum(agency, official, period, reach)
        for reach in (Reach.DEPARTMENTS, Reach.AREA)
        if agency.numchild
    ]


def _sum(agency: Agency, official: returns.Form, period: Period, reach: Reach) -> Sum:
    parts = sums.below(official.name, period, agency, reach)
    values = sums.totals(official, parts)
    wanted = Filing(
        agency=agency,
        form=official.name,
        reach=reach,
        first=period.first,
        last=period.last,
    )
    filing = filed.versions(wanted).first()
    told: list[tuple[str, str, Any, Any]] = []
    if filing is not None:
        own = filed.shown(filing).values
        told = [
            (key, official.by_key[key].name, value, summed)
            for key, value, summed in sums.differences(own, values)
        ]
    result = returns.check(official, values)
    return Sum(reach, parts.count(), filing, result, told)


def _summary(
    agency: Agency,
    official: returns.Form,
    period: Period,
    calendar: Calendar,
    today: date,
) -> dict[str, int]:
    """Counts over the whole tree below, in three queries."""
    bodies = Agency.objects.existing(period.last).at_or_below(agency).order_by()
    standing = sums.standing(official.name, period)
    found = standing.filter(agency__in=bodies.values("pk"))
    states = dict(found.order_by().values_list("state").annotate(Count("pk")))
    return {
        "bodies": bodies.count(),
        "filed": sum(states.values()),
        "accepted": states.get(Filing.State.ACCEPTED, 0),
        "late": found.filter(is_late=True).count(),
        "missing": bodies.exclude(pk__in=standing.values("agency")).count(),
    }


@staff(Role.OGI_OFFICE)
def deadline(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """By when the bodies at and below an agency file for a report year."""
    agency = agency_or_404(request, slug, year)
    by = scope_of_request(request)
    if not permissions.can_set_deadlines(by, agency):
        raise Http404
    form = DeadlineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_deadline(by=by, agency=agency, year=year, **form.cleaned_data)
        except BadFigure as error:
            form.add_error(error.field, list(error.sentences))
        else:
            messages.success(request, _("The day was set."))
            answer = redirect("statistics:filings")
            answer["Location"] += f"?agency={slug}&year={year}"
            return answer
    context = {
        "agency": agency,
        "year": year,
        "form": form,
        "due_on": Calendar.of_year(year).due_on(agency, Period.year(year)),
        "days": Deadline.objects.filter(
            year=year, agency__path__startswith=agency.path
        ).select_related("agency", "by__person"),
    }
    return render(request, "statistics/deadline.html", context)
