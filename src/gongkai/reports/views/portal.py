"""Figures of published annual reports: one report's, one body's, all bodies'.

Each page starts from ``visible_to_public`` and is kept under the platform's freshness,
which a withdrawal, a correction and every verdict change.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency
from gongkai.catalogue.freshness import freshness
from gongkai.catalogue.models import ColumnKind
from gongkai.catalogue.navigation import Section
from gongkai.catalogue.platform import Platform
from gongkai.registry import charts
from gongkai.registry.access import public
from gongkai.registry.caching import cached_page, narrow_query
from gongkai.reports import comparing
from gongkai.reports.indicators import in_order, name_of, unit_of
from gongkai.reports.models import Figure, Reading
from gongkai.reports.querysets import FigureQuerySet
from gongkai.reports.tables import csv_answer

BODIES = 25
INDICATORS = 50
SPACE = "reports/public"
# Of a picture for a telephone.
NARROW = 400


@dataclass(frozen=True)
class Asked:
    """A question to the comparison, as its address says; what does not fit is left."""

    series: str
    years: list[int]
    under: Agency | None
    all_series: list[str]
    all_years: list[int]
    figures: FigureQuerySet

    @property
    def query(self) -> dict[str, Any]:
        told = {
            "indicator": self.series,
            "year": self.years[-1] if self.years else "",
            "under": self.under.slug if self.under else "",
        }
        return {name: value for name, value in told.items() if value}


def address_of(figure: Figure) -> str:
    """The report that states it."""
    item = figure.reading.item
    return item.get_absolute_url() if item else ""


@public
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Bodies by years for one indicator. 9 queries, however many bodies."""
    narrow_query(request, "indicator", "year", "under", "page")
    key = ("figures", *freshness(timezone.localdate()))
    return cached_page(request, key, lambda: _compare(request))


def _compare(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    page = _bodies(request, asked)
    lines = _lines(asked, page)
    context = {
        **Platform().context(),
        "crumbs": [*_crumbs(), (_("Figures of annual reports"), "")],
        "asked": asked,
        "indicator": name_of(asked.series),
        "unit": unit_of(asked.series),
        "choices": [(one, name_of(one)) for one in asked.all_series],
        "bodies": _parents(),
        "lines": lines,
        "page_obj": page,
        "chart": comparing.chart_of_bodies(asked.series, lines, asked.years),
        "chart_url": _url("figures:chart", asked.query | _page_query(page)),
        "csv_url": _url("figures:table", asked.query),
    }
    return render(request, "reports/portal/compare.html", context)


def _asked(request: HttpRequest) -> Asked:
    every = Figure.objects.visible_to_public()
    under = Agency.objects.filter(slug=request.GET.get("under", "")).first()
    if under is not None:
        every = every.filter(agency__path__startswith=under.path)
    known = comparing.series_in(every)
    series = comparing.chosen_series(known, request.GET.get("indicator", ""))
    figures = every.filter(series=series)
    years = comparing.years_in(figures)
    shown = comparing.shown_years(years, request.GET.get("year", ""))
    return Asked(series, shown, under, known, years, figures)


def _bodies(request: HttpRequest, asked: Asked) -> Page[Agency]:
    found = comparing.bodies_with(asked.figures.filter(year__in=asked.years))
    return Paginator(found, BODIES).get_page(request.GET.get("page", "1"))


def _lines(asked: Asked, page: Page[Agency]) -> list[comparing.Line]:
    return comparing.of_bodies(
        asked.figures,
        page.object_list,
        asked.years,
        address_of,
        lambda body: _url("figures:agency", {"indicator": asked.series}, body.slug),
    )


def _parents() -> list[Agency]:
    """Bodies under which others stand, to narrow the table by."""
    return list(Agency.objects.filter(numchild__gt=0).order_by("path")[:200])


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Home"), reverse("portal:home"))]


def _page_query(page: Page[Any]) -> dict[str, Any]:
    return {"page": page.number} if page.number > 1 else {}


def _url(name: str, query: dict[str, Any], *args: Any) -> str:
    tail = f"?{urlencode(query)}" if query else ""
    return f"{reverse(name, args=args)}{tail}"


@public
@require_safe
def chart(request: HttpRequest) -> HttpResponse:
    """The picture of what the page with the same question shows now."""
    narrow_query(request, "indicator", "year", "under", "page", "narrow")
    key = ("figures chart", *freshness(timezone.localdate()))

    def make() -> HttpResponse:
        asked = _asked(request)
        lines = _lines(asked, _bodies(request, asked))
        return _svg(
            request, comparing.chart_of_bodies(asked.series, lines, asked.years)
        )

    return cached_page(request, key, make)


def _svg(request: HttpRequest, shown: charts.Chart | None) -> HttpResponse:
    """Drawn once and kept; asked for by its question, so that it goes with it.

    It is drawn here, not by the worker: a page that is kept in the cache would go on
    without its picture, and a visitor's reading writes nothing into the database.
    """
    if shown is None:
        raise Http404
    if request.GET.get("narrow"):
        shown = replace(shown, width=NARROW)
    kept = charts.read(SPACE, charts.keep(SPACE, shown))
    if kept is None:
        raise Http404
    return HttpResponse(kept, content_type="image/svg+xml")


@public
@require_safe
def table(request: HttpRequest) -> HttpResponseBase:
    """All bodies and years of one indicator."""
    narrow_query(request, "indicator", "under")
    asked = _asked(request)
    if not asked.series:
        raise Http404
    rows = comparing.rows_of(asked.figures, _absolute(request))
    return _fresh(csv_answer(rows, f"figures-{asked.series}"))


def _absolute(request: HttpRequest) -> comparing.Address:
    return lambda figure: request.build_absolute_uri(address_of(figure))


def _fresh(answer: HttpResponseBase) -> HttpResponseBase:
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@public
@require_safe
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    """One body's indicators over the years. 11 queries, however many reports."""
    narrow_query(request, "indicator", "year", "all", "page")
    body = get_object_or_404(Agency, slug=slug)
    key = ("figures of", body.pk, *freshness(timezone.localdate()))
    return cached_page(request, key, lambda: _agency(request, body))


def _agency(request: HttpRequest, body: Agency) -> HttpResponse:
    figures = Figure.objects.visible_to_public().filter(agency=body)
    years = comparing.years_in(figures)
    shown = comparing.shown_years(years, request.GET.get("year", ""))
    every = comparing.series_in(figures.filter(year__in=shown))
    is_whole = request.GET.get("all") == "1"
    series = every if is_whole else comparing.telling(figures.filter(year__in=shown))
    page = Paginator(series, INDICATORS).get_page(request.GET.get("page", "1"))
    asked = request.GET.get("indicator", "")
    chosen = asked if asked in every else (series[0] if series else "")
    section = Section(body)
    context = {
        **section.context(section.of_kind(ColumnKind.ANNUAL_REPORT)),
        "crumbs": [
            *section.crumbs(section.of_kind(ColumnKind.ANNUAL_REPORT)),
            (_("Figures of annual reports"), ""),
        ],
        "body": body,
        "years": shown,
        "all_years": years,
        "chosen": chosen,
        "lines": comparing.of_indicators(
            figures,
            page.object_list,
            shown,
            address_of,
            lambda one: _url("figures:compare", {"indicator": one}),
        ),
        "choices": [(one, name_of(one)) for one in every],
        "left_out": len(every) - len(series),
        "is_whole": is_whole,
        "page_obj": page,
        "chart": comparing.chart_of_years(chosen, figures, shown),
        "chart_url": _url(
            "figures:agency-chart",
            {"indicator": chosen} | ({"year": shown[-1]} if shown else {}),
            body.slug,
        ),
    }
    return render(request, "reports/portal/agency.html", context)


@public
@require_safe
def agency_chart(request: HttpRequest, slug: str) -> HttpResponse:
    narrow_query(request, "indicator", "year", "narrow")
    body = get_object_or_404(Agency, slug=slug)
    key = ("figures chart of", body.pk, *freshness(timezone.localdate()))

    def make() -> HttpResponse:
        figures = Figure.objects.visible_to_public().filter(agency=body)
        years = comparing.years_in(figures)
        shown = comparing.shown_years(years, request.GET.get("year", ""))
        series = request.GET.get("indicator", "")
        return _svg(request, comparing.chart_of_years(series, figures, shown))

    return cached_page(request, key, make)


@public
@require_safe
def agency_table(request: HttpRequest, slug: str) -> HttpResponseBase:
    body = get_object_or_404(Agency, slug=slug)
    figures = Figure.objects.visible_to_public().filter(agency=body)
    rows = comparing.rows_of(figures, _absolute(request))
    return _fresh(csv_answer(rows, f"figures-{body.slug}"))


@public
@require_safe
def report(request: HttpRequest, item_id: int) -> HttpResponse:
    """Every figure of one report with its words. 7 queries."""
    narrow_query(request, "page")
    key = ("figures of report", item_id, *freshness(timezone.localdate()))
    return cached_page(request, key, lambda: _report(request, item_id))


def _report(request: HttpRequest, item_id: int) -> HttpResponse:
    reading = _public_reading(item_id)
    item = reading.item
    if item is None:
        raise Http404
    section = Section(reading.agency)
    figures = {one.series: one for one in reading.figures.select_related("claim")}
    listed = [figures[series] for series in in_order(figures)]
    page = Paginator(listed, INDICATORS).get_page(request.GET.get("page", "1"))
    context = {
        **section.context(item.column),
        "crumbs": [
            *section.crumbs(item.column),
            (item.shown.title, item.get_absolute_url()),
            (_("Figures"), ""),
        ],
        "reading": reading,
        "item": item,
        "page_obj": page,
        "figures": page.object_list,
    }
    return render(request, "reports/portal/report.html", context)


def _public_reading(item_id: int) -> Reading:
    found = Reading.objects.visible_to_public().without_text()
    related = found.select_related("agency", "item__column", "item__live")
    return get_object_or_404(
        related.filter(figures__isnull=False).distinct(), item=item_id
    )


@public
@require_safe
def report_table(request: HttpRequest, item_id: int) -> HttpResponseBase:
    reading = _public_reading(item_id)
    figures = Figure.objects.visible_to_public().filter(reading=reading)
    rows = comparing.rows_of(figures, _absolute(request))
    return _fresh(csv_answer(rows, f"figures-{reading.agency.slug}-{reading.year}"))
