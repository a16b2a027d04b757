import csv
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Page
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai import returns
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import READERS
from gongkai.registry.access import staff
from gongkai.registry.cells import plain_cell
from gongkai.registry.measures import Measure, Period, Record, measure_for
from gongkai.statistics import figures

FIRST_YEAR = 2008


@dataclass(frozen=True)
class Line:
    """A row of the form beside the same row of the year before."""

    cell: figures.Cell
    before: int | None


@dataclass(frozen=True)
class Opened:
    """The cell that was clicked and one page of its records."""

    cell: figures.Cell
    page: Page[models.Model]
    records: list[Record]


@staff(*READERS)
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The chosen agency and year, else the first agency that the person reads."""
    visible = Agency.objects.visible_to(request.scope)  # type: ignore[attr-defined]
    slug = request.GET.get("agency")
    agency = visible.filter(slug=slug).first() if slug else visible.first()
    year = request.GET.get("year", "")
    if agency is None:
        raise Http404
    this_year = timezone.localdate().year
    wanted = int(year) if year.isdecimal() and len(year) == 4 else this_year
    address = redirect("statistics:form", slug=agency.slug, year=wanted)
    if name := request.GET.get("form"):
        address["Location"] += f"?form={name}" if name in returns.list_forms() else ""
    return address


@staff(*READERS)
@require_safe
def form(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    agency = _agency(request, slug, year)
    now = timezone.now()
    official = _official(request)
    computed = figures.compute(official, agency, year, now)
    context = {
        "computed": computed,
        "lines": _lines(computed, figures.compute(official, agency, year - 1, now)),
        "official": official,
        "forms": returns.list_forms(),
        "opened": _opened(request, computed),
        "agencies": Agency.objects.visible_to(request.scope),  # type: ignore[attr-defined]
        "years": range(timezone.localdate().year, FIRST_YEAR - 1, -1),
        "year": year,
    }
    return render(request, "statistics/form.html", context)


@staff(*READERS)
@require_safe
def records_csv(
    request: HttpRequest, slug: str, year: int, key: str
) -> HttpResponseBase:
    """All records of one figure, streamed."""
    agency = _agency(request, slug, year)
    measure = _measure(key)
    asked = figures.asked_for(agency, Period.year(year), timezone.now())
    response = StreamingHttpResponse(
        _csv_lines(measure, measure.records(asked)),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{key}-{slug}-{year}.csv"'
    return response


def _agency(request: HttpRequest, slug: str, year: int) -> Agency:
    if not FIRST_YEAR <= year <= timezone.localdate().year + 1:
        raise Http404
    visible = Agency.objects.visible_to(request.scope)  # type: ignore[attr-defined]
    agency: Agency = get_object_or_404(visible, slug=slug)
    return agency


def _official(request: HttpRequest) -> returns.Form:
    name = request.GET.get("form", "2014")
    if name not in returns.list_forms():
        raise Http404
    return returns.load_form(name)


def _measure(key: str) -> Measure:
    measure = measure_for(key)
    if measure is None:
        raise Http404
    return measure


def _lines(computed: figures.ComputedForm, before: figures.ComputedForm) -> list[Line]:
    values = {cell.row.key: cell.value for cell in before.cells if cell.row.key}
    return [
        Line(cell, values.get(cell.row.key) if cell.row.key else None)
        for cell in computed.cells
    ]


def _opened(request: HttpRequest, computed: figures.ComputedForm) -> Opened | None:
    key = request.GET.get("cell")
    cell = next((cell for cell in computed.cells if key and cell.row.key == key), None)
    if cell is None or not cell.is_open:
        return None
    asked = figures.asked_for(computed.agency, computed.period, computed.as_of)
    page, records = figures.drill_down(
        _measure(str(key)), asked, request.GET.get("page", "1")
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
