import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai import returns
from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.roles import READERS
from gongkai.registry.access import staff
from gongkai.registry.cells import plain_cell
from gongkai.registry.measures import Asked, Figure, Measure, Record
from gongkai.statistics import entries, figures, filed, shown
from gongkai.statistics.figures import Cell, ComputedForm
from gongkai.statistics.models import Filing, Reach
from gongkai.statistics.permissions import can_enter
from gongkai.statistics.views.fetching import (
    agency_or_404,
    as_of_or_404,
    day_named,
    form_or_404,
    may_reach_below,
    period_choices,
    period_or_404,
    reach_or_404,
    visible_agencies,
    years,
)


@dataclass(frozen=True)
class Line:
    """A row of the form beside the same row of the year before."""

    cell: Cell
    before: Figure | None


@dataclass(frozen=True)
class Opened:
    """The cell that was clicked and one page of its records."""

    cell: Cell
    page: Page[models.Model]
    records: list[Record]


@staff(*READERS)
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The chosen agency and year, else the first agency that the person reads."""
    visible = visible_agencies(request)
    slug = request.GET.get("agency")
    agency = visible.filter(slug=slug).first() if slug else visible.first()
    year = request.GET.get("year", "")
    if agency is None:
        raise Http404
    this_year = timezone.localdate().year
    wanted = int(year) if year.isdecimal() and len(year) == 4 else this_year
    address = redirect("statistics:form", slug=agency.slug, year=wanted)
    as_of = request.GET.get("as_of", "")
    asked = {
        "form": (request.GET.get("form"), returns.list_forms()),
        "reach": (request.GET.get("reach"), Reach.values),
        "period": (
            request.GET.get("period"),
            [name for name, _label in period_choices() if name],
        ),
        "as_of": (as_of, [as_of] if day_named(as_of) else []),
    }
    told = {
        name: value
        for name, (value, known) in asked.items()
        if value and value in known
    }
    if told:
        address["Location"] += f"?{urlencode(told)}"
    return address


@staff(*READERS)
@require_safe
def form(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    agency = agency_or_404(request, slug, year)
    official, reach = form_or_404(request, year), reach_or_404(request, agency)
    period = period_or_404(request.GET.get("period", ""), year)
    as_of = as_of_or_404(request)
    before = figures.NOTHING_BEFORE
    if reach is Reach.OWN:
        before = filed.year_before(agency, period, reach)
    computed = figures.compute(
        official, agency, period, as_of, reach=reach, previous=before
    )
    is_list = shown.is_list(official)
    context = {
        "computed": computed,
        "is_list": is_list,
        "lines": _lines(computed, reach) if is_list else (),
        "tables": () if is_list else shown.tables(official, computed.by_key),
        "official": official,
        "forms": returns.list_forms(),
        "opened": _opened(request, computed, reach),
        "agencies": visible_agencies(request),
        "years": years(),
        "year": year,
        "reach": reach,
        "may_prepare": can_enter(scope_of_request(request), agency),
        "reaches": _reaches(request, computed),
        "period_name": request.GET.get("period", ""),
        "periods": period_choices(),
        "as_of": request.GET.get("as_of", ""),
        "today": timezone.localdate(),
        "filing": filed.versions(
            Filing(
                agency=agency,
                form=official.name,
                reach=reach,
                first=period.first,
                last=period.last,
            )
        ).first(),
    }
    return render(request, "statistics/form.html", context)


def _reaches(request: HttpRequest, computed: ComputedForm) -> list[Any]:
    return Reach.choices if may_reach_below(request, computed.agency) else []


@staff(*READERS)
@require_safe
def records_csv(
    request: HttpRequest, slug: str, year: int, key: str
) -> HttpResponseBase:
    """All records of one figure, streamed."""
    agency = agency_or_404(request, slug, year)
    measure, reach = measure_or_404(key), reach_or_404(request, agency)
    period = period_or_404(request.GET.get("period", ""), year)
    asked = figures.asked_for(agency, period, as_of_or_404(request), reach)
    return csv_of(measure, asked, f"{key}-{slug}-{year}.csv")


def csv_of(measure: Measure, asked: Asked, name: str) -> HttpResponseBase:
    response = StreamingHttpResponse(
        _csv_lines(measure, measure.records(asked)),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def measure_or_404(key: str) -> Measure:
    measure = entries.measure_of(key)
    if measure is None:
        raise Http404
    return measure


def _lines(computed: ComputedForm, reach: Reach) -> list[Line]:
    before = figures.asked_for(
        computed.agency, computed.period.year_before(), computed.as_of, reach
    )
    values = figures.form_values(computed.form, before)
    return [
        Line(cell, values.get(cell.row.key) if cell.row.key else None)
        for cell in computed.cells
    ]


def _opened(
    request: HttpRequest, computed: ComputedForm, reach: Reach
) -> Opened | None:
    cell = computed.by_key.get(request.GET.get("cell", ""))
    if cell is None or not cell.is_open:
        return None
    asked = figures.asked_for(computed.agency, computed.period, computed.as_of, reach)
    page, records = figures.drill_down(
        measure_or_404(str(cell.row.key)), asked, request.GET.get("page", "1")
    )
    return Opened(cell, page, records)


class _Echo:
    def write(self, line: str) -> str:
        return line


def _csv_lines(
    measure: Measure, records: models.QuerySet[models.Model]
) -> Iterator[str]:
    yield "\ufeff"
    writer = csv.writer(_Echo())
    yield writer.writerow(["日期", "标题", "备注"])
    for record in records.iterator(500):
        told = measure.describe(record)
        words = plain_cell(told.title), plain_cell(told.note)
        yield writer.writerow([told.on.isoformat(), *words])
