"""季度汇总: a period's figures, each of which opens exactly its cases."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.agencies.acting import acting_agency, scope_of_request
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import READERS
from gongkai.applications.choices import ApplicantKind, Channel
from gongkai.applications.models import Case
from gongkai.applications.querysets import CaseQuerySet
from gongkai.applications.summary import LONGEST, RESULT, Line, Summary, period_of
from gongkai.applications.views.console import register
from gongkai.registry import charts
from gongkai.registry.access import staff
from gongkai.registry.cells import plain_cell
from gongkai.registry.files import XLSX
from gongkai.registry.measures import Period

FIRST_YEAR = 2008
PAGE_SIZE = 50
BELOW = "+"
"""After an agency's slug: with all agencies below it, as in the register."""


@dataclass(frozen=True)
class Asked:
    """Whose figures and of when, as the address says."""

    agency: Agency
    with_below: bool
    year: int
    quarter: int
    summary: Summary
    agencies: list[Agency]

    @property
    def period(self) -> Period:
        return self.summary.period

    @property
    def slug(self) -> str:
        return f"{self.agency.slug}{BELOW}" if self.with_below else self.agency.slug

    @property
    def query(self) -> dict[str, Any]:
        return {"agency": self.slug, "year": self.year, "quarter": self.quarter}

    @property
    def period_words(self) -> str:
        if not self.quarter:
            return _("%(year)s, whole year") % {"year": self.year}
        told = {"year": self.year, "quarter": self.quarter}
        return _("%(year)s, quarter %(quarter)s") % told

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Agencies for the form, those with others below also as a whole."""
        found = []
        for one in self.agencies:
            if any(o.path.startswith(one.path) and o != one for o in self.agencies):
                words = _("%(name)s and all below") % {"name": one.name}
                found.append((f"{one.slug}{BELOW}", words))
            found.append((one.slug, one.name))
        return found


@dataclass(frozen=True)
class Opened:
    """A figure with exactly its cases."""

    asked: Asked
    title: str
    cases: CaseQuerySet


@dataclass(frozen=True)
class Cell:
    value: int
    url: str


@dataclass(frozen=True)
class Row:
    line: Line
    cells: list[Cell]
    # The official heading, on its first row only.
    group: str


@staff(*READERS)
@require_safe
def summary(request: HttpRequest) -> HttpResponse:
    """Ten queries, however many cases, and one for each chart not yet drawn."""
    asked = _asked(request)
    told = asked.summary
    shown = [_shown(asked, chart) for chart in told.charts if chart.labels]
    context = {
        "asked": asked,
        "years": range(timezone.localdate().year, FIRST_YEAR - 1, -1),
        "quarters": [(number, _quarter(number)) for number in range(5)],
        "kinds": [label for _value, label in ApplicantKind.choices],
        "rows": _rows(asked),
        "balance": told.balance,
        "timeliness": [
            (figure, _link(asked, figure.key)) for figure in told.timeliness
        ],
        "days": told.days,
        "longest_url": _link(asked, LONGEST),
        "ended_url": _link(asked, "ended"),
        "channels": [
            (figure, _link(asked, "new", channel=figure.key))
            for figure in told.channels
        ],
        "taken_over": told.taken_over,
        "taken_over_url": _link(asked, "taken_over"),
        "charts": shown,
        "is_drawing": not all(one["image_url"] for one in shown),
        "source": _source(asked),
        "xlsx_url": _url("summary-xlsx", asked),
        "made_at": timezone.now(),
    }
    return render(request, "applications/summary/summary.html", context)


@staff(*READERS)
@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """The register, filtered to what one figure counts."""
    opened = records_asked(request)
    found = opened.cases.select_related("agency", "handler").newest_first()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    scope, today = scope_of_request(request), timezone.localdate()
    query = request.GET.urlencode()
    context = {
        "title": opened.title,
        "asked": opened.asked,
        "page_obj": page,
        "rows": [register.row_of(scope, case, today) for case in page.object_list],
        "shows_agency": opened.asked.with_below,
        "export_url": f"{reverse('applications-registers:export')}?{query}",
        "crumbs": [
            (_("Quarterly summary"), _url("summary", opened.asked)),
            (opened.title, ""),
        ],
    }
    return render(request, "applications/summary/records.html", context)


def records_asked(request: HttpRequest) -> Opened:
    """The figure that the address names; Http404 for one that there is not."""
    asked = _asked(request)
    key = request.GET.get("figure", "")
    kind, channel = request.GET.get("kind", ""), request.GET.get("channel", "")
    kinds, channels = dict(ApplicantKind.choices), dict(Channel.choices)
    try:
        cases = asked.summary.records(key, kind, channel)
        words = [_label(asked, key)]
        words += [str(kinds[kind])] if kind else []
        words += [str(channels[channel])] if channel else []
    except KeyError as error:
        raise Http404 from error
    return Opened(asked, " · ".join(words), cases)


@staff(*READERS)
@require_safe
def chart(request: HttpRequest, agency_id: int, digest: str) -> HttpResponse:
    """A chart as it was drawn for the page of an agency that the person reads."""
    visible = Agency.objects.visible_to(scope_of_request(request))
    agency = get_object_or_404(visible, pk=agency_id)
    picture = charts.read(_space(agency), digest)
    if picture is None:
        raise Http404
    answer = HttpResponse(picture, content_type="image/svg+xml")
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    # Its address is the hash of what it shows.
    answer.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return answer


@staff(*READERS)
@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_("Quarterly summary")[:31])
        bold = book.add_format({"bold": True})
        sheet.set_column(0, 0, 46)
        for number, row in enumerate(_table(asked)):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    plain = plain_cell(cell)
                    sheet.write_string(
                        number, place, plain, bold if not place else None
                    )
                elif cell is not None:
                    sheet.write_number(number, place, cell)
    name = quote(f"{_('Quarterly summary')}-{asked.year}-{asked.quarter}.xlsx")
    answer = HttpResponse(held.getvalue(), content_type=XLSX)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


# What the address asks for


def _asked(request: HttpRequest) -> Asked:
    scope, today = scope_of_request(request), timezone.localdate()
    agencies = list(Agency.objects.visible_to(scope))
    if not agencies:
        raise Http404
    acting = acting_agency(request)
    wanted = request.GET.get("agency", "")
    slug = wanted.removesuffix(BELOW) if wanted else getattr(acting, "slug", "")
    own = next((one for one in agencies if one.slug == slug), None)
    if own is None and wanted:
        raise Http404
    own = own or agencies[0]
    with_below = wanted.endswith(BELOW) or not wanted
    year = _number(request.GET.get("year"), FIRST_YEAR, today.year, today.year)
    this_quarter = (today.month + 2) // 3
    quarter = _number(request.GET.get("quarter"), 0, 4, this_quarter)
    cases = Case.objects.visible_to(scope)
    mine = cases.of_subtree(own) if with_below else cases.filter(agency=own)
    told = Summary(mine, period_of(year, quarter), today)
    return Asked(own, with_below, year, quarter, told, agencies)


def _number(told: str | None, least: int, most: int, otherwise: int) -> int:
    if told is None or not told.isdecimal() or len(told) > 4:
        return otherwise
    return int(told) if least <= int(told) <= most else otherwise


# What the page shows


def _rows(asked: Asked) -> Iterator[Row]:
    group = ""
    kinds = [*ApplicantKind.values, ""]
    for line in asked.summary.lines:
        cells = [
            Cell(count, _link(asked, line.key, kind=kind) if count else "")
            for kind, count in zip(kinds, line.counts, strict=True)
        ]
        yield Row(line, cells, line.group if line.group != group else "")
        group = line.group


def _label(asked: Asked, key: str) -> str:
    """What the page calls the figure; KeyError for one that it does not show."""
    known = {line.key: line.label for line in asked.summary.lines}
    known |= {figure.key: figure.label for figure in asked.summary.timeliness}
    known[LONGEST] = _("Longest taken")
    known["taken_over"] = _("Taken over from an older register")
    if key.startswith(RESULT) and key not in known:
        raise KeyError(key)
    return known[key]


def _shown(asked: Asked, chart: charts.Chart) -> dict[str, Any]:
    """As ``web/_chart.html`` wants it; without a picture until the worker drew it."""
    told = charts.ask(_space(asked.agency), chart)
    url = reverse(
        "applications-registers:summary-chart", args=[asked.agency.pk, told.digest]
    )
    return {
        "title": chart.title,
        "image_url": url if told.is_drawn else "",
        "alt": chart.words,
        "width": chart.width,
        "height": chart.height,
        "columns": [chart.axis, _("Cases")],
        "rows": chart.rows,
    }


def _table(asked: Asked) -> Iterator[list[str | int | float | None]]:
    told = asked.summary
    yield [f"{asked.agency.name} · {asked.period_words}"]
    yield [f"{asked.period.first} – {asked.period.last}"]
    yield []
    kinds = [str(label) for _value, label in ApplicantKind.choices]
    yield ["", *kinds, "总计"]
    for line in told.lines:
        yield [f"{line.group} {line.label}".strip(), *line.counts]
    yield []
    for figure in (*told.timeliness, *told.channels):
        yield [figure.label, figure.value]
    yield [_("Working days taken, median"), told.days.median]
    yield [_("Working days taken, longest"), told.days.longest]
    yield []
    for month, count in told.intake:
        yield [f"{_('Received a month')} {month:%Y-%m}", count]
    yield []
    yield [_source(asked)]


def _source(asked: Asked) -> str:
    return _("register of applications, %(agency)s, %(moment)s") % {
        "agency": asked.agency.name,
        "moment": timezone.localtime().strftime("%Y-%m-%d %H:%M"),
    }


def _quarter(number: int) -> str:
    return _("Quarter %(number)s") % {"number": number} if number else _("Whole year")


def _space(agency: Agency) -> str:
    return f"applications/{agency.pk}"


def _url(name: str, asked: Asked) -> str:
    return f"{reverse(f'applications-registers:{name}')}?{urlencode(asked.query)}"


def _link(asked: Asked, key: str, **more: str) -> str:
    told = {**asked.query, "figure": key, **more}
    query = urlencode({name: value for name, value in told.items() if value != ""})
    return f"{reverse('applications-registers:summary-records')}?{query}"
