"""The list of reports that were read, and the corrections kept of them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import READERS
from gongkai.registry.access import staff
from gongkai.registry.listing import CountedPaginator, Tab, query_with
from gongkai.reports import corrections, permissions
from gongkai.reports.forms import ListFilter
from gongkai.reports.models import Reading
from gongkai.reports.querysets import ReadingQuerySet
from gongkai.reports.shown import tag_of
from gongkai.reports.views.console.fetching import editable_agencies

PAGE_SIZE = 50


@dataclass(frozen=True)
class Row:
    reading: Reading
    tag: tuple[str, str]


@staff(*READERS)
@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    """50 a page; 9 queries, however many readings."""
    filters, found = _found(request)
    state = request.GET.get("state", "")
    state = state if state in Reading.State.values else ""
    tabs = _tabs(request, found, state)
    page = _page(request, found, state, tabs)
    chips = _chips(request, filters)
    context = {
        "filters": filters,
        "chips": chips,
        "tabs": tabs,
        "state": state,
        "page_obj": page,
        "rows": [Row(one, tag_of(one)) for one in page.object_list],
        "can_add": bool(editable_agencies(request)),
        "may_export": _may_export(request),
        "is_filtered": bool(chips or state),
    }
    return render(request, "reports/console/list.html", context)


def _found(request: HttpRequest) -> tuple[ListFilter, ReadingQuerySet]:
    scope = scope_of_request(request)
    visible = Reading.objects.visible_to(scope)
    years = visible.filter(year__isnull=False).order_by("-year")
    filters = ListFilter(
        Agency.objects.visible_to(scope),
        [year for year in years.values_list("year", flat=True).distinct() if year],
        request.GET,
    )
    if filters.chosen is not None:
        visible = visible.filter(agency=filters.chosen)
    if year := filters.value("year"):
        visible = visible.filter(year=int(year))
    if words := filters.value("q").replace("\0", ""):
        visible = visible.filter(Q(title__icontains=words) | Q(name__icontains=words))
    return filters, visible


def _tabs(request: HttpRequest, found: ReadingQuerySet, state: str) -> list[Tab]:
    counts = dict(found.order_by().values_list("state").annotate(Count("pk")))
    everything = Tab(
        _("All"), query_with(request, state=""), sum(counts.values()), not state
    )
    return [
        everything,
        *(
            Tab(
                str(one.label),
                query_with(request, state=one.value),
                counts.get(one.value, 0),
                one == state,
            )
            for one in Reading.State
        ),
    ]


def _page(
    request: HttpRequest, found: ReadingQuerySet, state: str, tabs: list[Tab]
) -> Page[Reading]:
    if state:
        found = found.filter(state=state)
    count = next(tab.count for tab in tabs if tab.is_current)
    listed = found.without_text().select_related("agency", "item").order_by("-pk")
    return CountedPaginator(listed, PAGE_SIZE, count).get_page(
        request.GET.get("page", "1")
    )


def _chips(request: HttpRequest, filters: ListFilter) -> list[tuple[str, str, str]]:
    told = [
        ("q", _("Search"), filters.value("q")),
        ("agency", _("Agency"), filters.chosen.name if filters.chosen else ""),
        ("year", _("Year"), filters.value("year")),
    ]
    return [
        (label, value, query_with(request, **{name: ""}))
        for name, label, value in told
        if value
    ]


def _may_export(request: HttpRequest) -> bool:
    return bool(scope_of_request(request).agency_ids(*permissions.EDITORS))


@staff(*permissions.EDITORS)
@require_safe
def corrections_jsonl(request: HttpRequest) -> HttpResponseBase:
    """What people decided, one figure a line, streamed: a test set for the reader."""
    found = Reading.objects.visible_to(scope_of_request(request))
    response = StreamingHttpResponse(
        _lines(found), content_type="application/x-ndjson; charset=utf-8"
    )
    name = f"corrections-{timezone.localdate().isoformat()}.jsonl"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(found: ReadingQuerySet) -> Iterator[str]:
    for one in corrections.kept(found):
        yield json.dumps(one, ensure_ascii=False) + "\n"
