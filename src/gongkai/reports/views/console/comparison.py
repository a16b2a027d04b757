"""The office's own comparison: accepted figures of all that the person reads."""

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import READERS
from gongkai.registry.access import staff
from gongkai.reports import comparing
from gongkai.reports.indicators import name_of, unit_of
from gongkai.reports.models import Figure
from gongkai.reports.querysets import FigureQuerySet
from gongkai.reports.tables import csv_answer

PAGE_SIZE = 50


@staff(*READERS)
@require_safe
def compare(request: HttpRequest) -> HttpResponseBase:
    """Bodies by years for one indicator. 10 queries, however many bodies."""
    every = Figure.objects.visible_to(scope_of_request(request))
    known = comparing.series_in(every)
    series = comparing.chosen_series(known, request.GET.get("indicator", ""))
    figures = every.filter(series=series)
    if request.GET.get("as") == "csv":
        return _csv(request, figures, series)
    all_years = comparing.years_in(figures)
    years = comparing.shown_years(all_years, request.GET.get("year", ""))
    page = Paginator(comparing.bodies_with(figures), PAGE_SIZE).get_page(
        request.GET.get("page", "1")
    )
    lines = comparing.of_bodies(figures, page.object_list, years, _address, _body_url)
    context = {
        "series": series,
        "unit": unit_of(series),
        "choices": [(one, name_of(one)) for one in known],
        "years": years,
        "all_years": all_years,
        "page_obj": page,
        "lines": lines,
    }
    return render(request, "reports/console/compare.html", context)


def _address(figure: Figure) -> str:
    return figure.reading.get_absolute_url()


def _body_url(body: Agency) -> str:
    return f"{reverse('reports-console:list')}?agency={body.slug}"


def _csv(
    request: HttpRequest, figures: FigureQuerySet, series: str
) -> HttpResponseBase:
    def address(figure: Figure) -> str:
        return request.build_absolute_uri(_address(figure))

    return csv_answer(comparing.rows_of(figures, address), f"figures-{series}")
