"""The OGI office's page: who has filed, who is late, how the returns add up."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from gongkai import returns
from gongkai.agencies.acting import acting_agency, scope_of_request
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import READERS, Role
from gongkai.agencies.scope import Scope
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
LATE, WARNED = Q(is_late=True), Q(warnings__gt=0)


@dataclass(frozen=True)
class Row:
    """A body of the tree and where its return stands."""

    agency: Agency
    filing: Filing | None
    due_on: date
    is_overdue: bool
    may_upload: bool
    below: tuple[int, int] = (0, 0)
    # What it carried in, and what it carried out the year before, where they differ.
    carried: tuple[int, int] | None = None
    # Bodies that were merged into it in the course of the year.
    merged_in: tuple[Agency, ...] = ()


SHOWN = {
    "": gettext_lazy("Right below"),
    "missing": gettext_lazy("Not filed, whole tree"),
    "waiting": gettext_lazy("Waiting for a decision"),
    "late": pgettext_lazy("returns", "Late"),
    "warned": gettext_lazy("With warnings"),
}
"""What the page lists: the level below, or what stands out in the whole tree."""


@staff(*READERS)
@require_safe
def filings(request: HttpRequest) -> HttpResponse:
    agency, year = _asked(request)
    period = Period.year(year)
    official = _official(request, year)
    asked = request.GET.get("show", "")
    show = asked if asked in SHOWN else ""
    bodies = _listed(request, agency, official, period, show)
    page = Paginator(bodies, PAGE).get_page(request.GET.get("page"))
    calendar, by = Calendar.of_year(year), scope_of_request(request)
    summary = _summary(agency, official, period)
    context = {
        "agency": agency,
        "agencies": visible_agencies(request).order_by("path"),
        "year": year,
        "years": years(),
        "official": official,
        "forms": returns.list_forms(),
        "show": show,
        "shown": [(name, word, summary.get(name)) for name, word in SHOWN.items()],
        "own": None if show else _own(agency, official, period, calendar, by),
        "rows": _rows(page, agency, official, period, calendar, by),
        "page_obj": page,
        "sums": () if show else _sums(agency, official, period),
        "summary": summary,
        "may_set": permissions.can_set_deadlines(by, agency),
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


def _listed(
    request: HttpRequest,
    agency: Agency,
    official: returns.Form,
    period: Period,
    show: str,
) -> QuerySet[Any]:
    """Bodies that existed at the end of the period: those right below, or of the whole
    tree those that ``show`` names."""
    below = visible_agencies(request).existing(period.last).at_or_below(agency)
    standing = sums.standing(official.name, period)
    match show:
        case "":
            below = below.filter(depth=agency.depth + 1)
        case "missing":
            below = below.exclude(pk__in=standing.values("agency"))
        case "late":
            below = below.filter(pk__in=standing.filter(LATE).values("agency"))
        case "warned":
            below = below.filter(pk__in=standing.filter(WARNED).values("agency"))
        case "waiting":
            waiting = sums.waiting(official.name, period)
            below = below.filter(pk__in=waiting.values("agency"))
    return below.order_by("path")


def _own(
    agency: Agency,
    official: returns.Form,
    period: Period,
    calendar: Calendar,
    by: Scope,
) -> Row:
    newest = _newest([agency], official, period)
    own = Agency.objects.filter(pk=agency.pk)
    merged = tuple(sums.merged_in(period, own))
    return Row(
        **_standing(agency, newest, calendar, period, by),
        carried=sums.carried(official.name, period, own).get(agency.pk),
        merged_in=merged,
    )


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
    return {one.agency_id: one for one in found.select_related("agency")}


def _rows(
    page: Page[Agency],
    agency: Agency,
    official: returns.Form,
    period: Period,
    calendar: Calendar,
    by: Scope,
) -> list[Row]:
    bodies = list(page.object_list)
    newest = _newest(bodies, official, period)
    below = sums.counts_below(official.name, period, agency) if bodies else {}
    ids = Agency.objects.filter(pk__in=[body.pk for body in bodies]).order_by()
    carried = sums.carried(official.name, period, ids)
    merged: defaultdict[int, tuple[Agency, ...]] = defaultdict(tuple)
    for one in sums.merged_in(period, ids):
        merged[one.merged_into_id] += (one,)
    return [
        Row(
            **_standing(body, newest, calendar, period, by),
            below=below.get(body.path, (0, 0)),
            carried=carried.get(body.pk),
            merged_in=merged[body.pk],
        )
        for body in bodies
    ]


class Standing(TypedDict):
    agency: Agency
    filing: Filing | None
    due_on: date
    is_overdue: bool
    may_upload: bool


def _standing(
    body: Agency,
    newest: Mapping[int, Filing],
    calendar: Calendar,
    period: Period,
    by: Scope,
) -> Standing:
    filing, due_on = newest.get(body.pk), calendar.due_on(body, period)
    waits = filing is None or filing.state in {"draft", "returned"}
    return {
        "agency": body,
        "filing": filing,
        "due_on": due_on,
        "is_overdue": waits and timezone.localdate() > due_on,
        "may_upload": permissions.can_prepare(by, body),
    }


@dataclass(frozen=True)
class Sum:
    """The sum of the returns below, beside the return of the sum if there is one."""

    reach: Reach
    parts: int
    filing: Filing | None
    result: returns.CheckResult
    differences: list["Difference"]


@dataclass(frozen=True)
class Difference:
    """A cell in which the own entry differs from the sum, and why."""

    row: returns.Row
    own: Any
    summed: Any
    reason: str
    causes: Sequence[sums.Cause]


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
    told = _differences(filing, values, parts) if filing is not None else []
    result = returns.check(official, values)
    return Sum(reach, parts.count(), filing, result, told)


def _differences(
    filing: Filing, values: figures.Values, parts: QuerySet[Filing]
) -> list[Difference]:
    own = filed.shown(filing)
    found = sums.differences(own.values, values)
    causes = sums.causes(filing, [key for key, *_rest in found], parts)
    return [
        Difference(
            row=own.by_key[key].row,
            own=value,
            summed=summed,
            reason=own.by_key[key].reason,
            causes=causes.get(key, ()),
        )
        for key, value, summed in found
    ]


def _summary(agency: Agency, official: returns.Form, period: Period) -> dict[str, int]:
    """Counts over the whole tree below, in three queries."""
    bodies = Agency.objects.existing(period.last).at_or_below(agency).order_by()
    within = Q(agency__in=bodies.values("pk"))
    standing = sums.standing(official.name, period)
    counts: dict[str, int] = standing.filter(within).aggregate(
        filed=Count("pk"),
        accepted=Count("pk", filter=Q(state=Filing.State.ACCEPTED)),
        late=Count("pk", filter=LATE),
        warned=Count("pk", filter=WARNED),
    )
    return {
        "bodies": bodies.count(),
        "missing": bodies.exclude(pk__in=standing.values("agency")).count(),
        "waiting": sums.waiting(official.name, period).filter(within).count(),
        **counts,
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
