"""Figures that no ledger gives: entered, corrected, never deleted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai import returns
from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import READERS
from gongkai.registry.access import staff
from gongkai.registry.measures import Period
from gongkai.registry.once import new_token, once
from gongkai.statistics import figures
from gongkai.statistics.entries import as_figure
from gongkai.statistics.exceptions import BadFigure, FilingRefused
from gongkai.statistics.forms import EntryForm
from gongkai.statistics.models import Entry
from gongkai.statistics.permissions import can_enter
from gongkai.statistics.services import entering
from gongkai.statistics.views.fetching import agency_or_404, years

SHOWN = 200


@staff(*READERS)
def entries(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    agency = agency_or_404(request, slug, year)
    official = figures.official_of(year)
    may_enter = can_enter(scope_of_request(request), agency)
    replaces = _replaced(request, agency)
    form = EntryForm(official, request.POST or None, initial=_initial(replaces))
    if request.method == "POST":
        if not may_enter:
            return redirect("statistics:entries", slug=slug, year=year)
        if form.is_valid():
            try:
                return once(request, lambda: _enter(request, agency, form, replaces))
            except BadFigure as error:
                named = error.field if error.field in form.fields else None
                form.add_error(named, list(error.sentences))
            except FilingRefused as error:
                form.add_error(None, list(error.sentences))
    context = {
        "agency": agency,
        "year": year,
        "years": years(),
        "form": form,
        "may_enter": may_enter,
        "replaces": replaces,
        "rows": _rows(agency, year),
        "once": new_token(),
    }
    return render(request, "statistics/entries.html", context)


def _initial(replaces: Entry | None) -> dict[str, object]:
    if replaces is None:
        return {"on": timezone.localdate()}
    value = as_figure(replaces.key, replaces.value)
    return {"key": replaces.key, "on": replaces.on, "value": str(value)}


def _replaced(request: HttpRequest, agency: Agency) -> Entry | None:
    wanted = request.GET.get("correct", "")
    if not wanted:
        return None
    found = Entry.objects.filter(agency=agency, replaced_by=None)
    return get_object_or_404(found, pk=wanted if wanted.isdecimal() else None)


def _enter(
    request: HttpRequest, agency: Agency, form: EntryForm, replaces: Entry | None
) -> HttpResponse:
    entry = entering.enter(
        by=scope_of_request(request),
        agency=agency,
        replaces=replaces,
        **form.cleaned_data,
    )
    messages.success(request, _("The figure was entered."))
    return redirect("statistics:entries", slug=agency.slug, year=entry.on.year)


def _rows(agency: Agency, year: int) -> list[dict[str, object]]:
    period = Period.year(year)
    found = (
        Entry.objects.filter(agency=agency, on__range=(period.first, period.last))
        .select_related("by__person", "replaced_by")
        .order_by("-on", "-pk")[:SHOWN]
    )
    return [
        {
            "entry": entry,
            "value": as_figure(entry.key, entry.value),
            "label": _label(entry.key),
            "is_replaced": hasattr(entry, "replaced_by"),
        }
        for entry in found
    ]


def _label(key: str) -> str:
    known = returns.indicator(key)
    return known.label if known else key
