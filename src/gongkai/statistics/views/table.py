"""Figures asked for freely, opened, exported, and kept under a name."""

import csv
import io
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.contrib import messages
from django.core.paginator import Page
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.acting import acting_agency, scope_of_request
from gongkai.agencies.roles import READERS
from gongkai.registry.access import staff
from gongkai.registry.cells import plain_cell
from gongkai.registry.measures import Record
from gongkai.statistics import asking, figures
from gongkai.statistics.asking import Asked, Column, Line
from gongkai.statistics.forms import SaveForm, TableForm
from gongkai.statistics.models import Reach, SavedTable
from gongkai.statistics.views.fetching import may_reach_below, visible_agencies, years
from gongkai.statistics.views.form import measure_or_404

FIRST_KEYS = (
    *("proactive_total", "applications_received", "applications_closed"),
    "fees_yuan",
)
NOT_KEPT = ("cell", "column", "page", "as")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Opened:
    """The figure that was clicked, and one page of its records."""

    line: Line
    column: Column
    records: list[Record]
    page: Page[Any]


@staff(*READERS)
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return render(request, "statistics/table.html", _context(request, form))
    asked = _asked(request, form.cleaned_data)
    lines = asking.table(asked, timezone.now())
    match request.GET.get("as"):
        case "csv":
            return _csv(asked, lines)
        case "xlsx":
            return _xlsx(asked, lines)
    context = {
        **_context(request, form),
        "asked": asked,
        "lines": [(one, list(enumerate(one.values))) for one in lines],
        "opened": _opened(request, asked, lines),
        "kept": _question(request),
    }
    return render(request, "statistics/table.html", context)


def _form(request: HttpRequest) -> TableForm:
    data: Any = request.GET
    if "key" not in data and "agency" not in data:
        data = _first(request)
    agencies = visible_agencies(request).order_by("path")
    return TableForm(agencies, years(), data)


def _first(request: HttpRequest) -> QueryDict:
    """What the page shows before anything was asked."""
    agency = acting_agency(request) or visible_agencies(request).first()
    data = QueryDict(mutable=True)
    data.update(
        {
            "agency": agency.slug if agency else "",
            "reach": Reach.OWN,
            "unit": "quarter",
            "year": str(timezone.localdate().year),
        }
    )
    data.setlist("key", list(FIRST_KEYS))
    return data


def _asked(request: HttpRequest, told: dict[str, Any]) -> Asked:
    agency, reach = told["agency"], Reach(told["reach"])
    if reach is not Reach.OWN and not may_reach_below(request, agency):
        raise Http404
    if told["unit"] == "dates":
        columns = asking.between(told["first"], told["last"])
    else:
        columns = asking.columns_of(told["unit"], told["year"])
    return Asked(agency, reach, columns, tuple(told["key"]))


def _context(request: HttpRequest, form: TableForm) -> dict[str, Any]:
    saved = SavedTable.objects.filter(owner=scope_of_request(request).user)
    return {"form": form, "saved": saved, "save_form": SaveForm()}


def _question(request: HttpRequest) -> str:
    query = request.GET.copy()
    for name in NOT_KEPT:
        query.pop(name, None)
    return query.urlencode()


def _opened(request: HttpRequest, asked: Asked, lines: list[Line]) -> Opened | None:
    line = next((one for one in lines if one.key == request.GET.get("cell")), None)
    number = request.GET.get("column", "")
    if line is None or not number.isascii() or not number.isdecimal():
        return None
    if int(number) >= len(asked.columns):
        return None
    column = asked.columns[int(number)]
    told = figures.asked_for(asked.agency, column.period, timezone.now(), asked.reach)
    measure = measure_or_404(line.key)
    page, records = figures.drill_down(measure, told, request.GET.get("page", "1"))
    return Opened(line, column, records, page)


def _csv(asked: Asked, lines: list[Line]) -> HttpResponse:
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="figures.csv"'
    writer = csv.writer(answer)
    for row in asking.rows_of(asked, lines):
        writer.writerow(plain_cell(one) if isinstance(one, str) else one for one in row)
    return answer


def _xlsx(asked: Asked, lines: list[Line]) -> HttpResponse:
    held = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(held, {**options, "in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.set_column(1, 1, 48)
        for number, row in enumerate(asking.rows_of(asked, lines)):
            for place, one in enumerate(row):
                if isinstance(one, str):
                    sheet.write_string(number, place, plain_cell(one))
                elif one is not None:
                    sheet.write_number(number, place, one)
    answer = HttpResponse(held.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="figures.xlsx"'
    return answer


@staff(*READERS)
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep a question under a name, for oneself."""
    form, query = SaveForm(request.POST), request.POST.get("query", "")[:8000]
    back = redirect("statistics:table")
    back["Location"] += f"?{QueryDict(query).urlencode()}"
    if not form.is_valid():
        messages.error(request, _("Give the view a name of at most 80 characters."))
        return back
    name = form.cleaned_data["name"]
    try:
        with transaction.atomic():
            SavedTable.objects.create(
                owner_id=scope_of_request(request).user, name=name, query=query
            )
    except IntegrityError:
        told = {"name": name}
        messages.error(request, _("You have a view “%(name)s” already.") % told)
    else:
        messages.success(request, _("The view was kept."))
    return back


@staff(*READERS)
@require_POST
def forget(request: HttpRequest, saved_id: int) -> HttpResponse:
    own = SavedTable.objects.filter(owner=scope_of_request(request).user)
    get_object_or_404(own, pk=saved_id).delete()
    messages.success(request, _("The view was removed."))
    return redirect(reverse("statistics:table"))
