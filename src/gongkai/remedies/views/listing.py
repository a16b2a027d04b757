"""The register of remedies: by kind, filtered, what is due first, 50 a page."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import READERS
from gongkai.agencies.scope import Scope
from gongkai.applications.transitions import HANDLERS
from gongkai.registry.access import staff
from gongkai.registry.listing import CountedPaginator, Tab, query_with
from gongkai.remedies import clock
from gongkai.remedies.choices import Kind, Stage
from gongkai.remedies.forms import ListFilter
from gongkai.remedies.models import Remedy
from gongkai.remedies.parties import masked_name
from gongkai.remedies.permissions import can_see_parties
from gongkai.remedies.querysets import RemedyQuerySet
from gongkai.remedies.views.parts import outcome_of, tag_of

PAGE_SIZE = 50


@dataclass(frozen=True)
class Row:
    remedy: Remedy
    tag: tuple[str, str]
    party: str
    outcome: str
    days_left: int | None


@staff(*READERS)
@require_safe
def remedies(request: HttpRequest) -> HttpResponse:
    """3 queries beside those of every page, however many remedies."""
    scope, today = scope_of_request(request), timezone.localdate()
    filters = ListFilter(Agency.objects.visible_to(scope), request.GET)
    asked = request.GET.get("kind", "")
    kind = asked if asked in Kind.values else ""
    found = filtered(Remedy.objects.visible_to(scope), filters)
    tabs = _tabs(request, found, kind)
    page = _page(request, found.filter(kind=kind) if kind else found, tabs)
    chips = _chips(request, filters)
    context = {
        "filters": filters,
        "kind": kind,
        "tabs": tabs,
        "page_obj": page,
        "rows": [row_of(scope, one, today) for one in page.object_list],
        "chips": chips,
        "clear_url": query_with(request, **dict.fromkeys(filters.fields, "")),
        "is_filtered": bool(chips),
        "shows_agency": filters.reads_several and not filters.value("agency"),
        "can_start": bool(scope.agency_ids(*HANDLERS)),
    }
    return render(request, "remedies/console/list.html", context)


def filtered(found: RemedyQuerySet, filters: ListFilter) -> RemedyQuerySet:
    if words := filters.value("q"):
        found = found.saying(words)
    if slug := filters.value("agency"):
        found = found.filter(agency__slug=slug)
    if since := filters.value("since"):
        found = found.filter(copy_received_on__gte=since)
    if until := filters.value("until"):
        found = found.filter(copy_received_on__lte=until)
    state = filters.value("state")
    if state == "open":
        return found.open()
    if state == "owed":
        return found.awaiting_defence()
    if state == "decided":
        return found.filter(stage=Stage.DECIDED)
    return found.filter(stage=Stage.ARCHIVED) if state == "filed" else found


def _tabs(request: HttpRequest, found: RemedyQuerySet, kind: str) -> list[Tab]:
    """One query."""
    counted = dict(found.order_by().values_list("kind").annotate(Count("pk")))
    tabs = [
        Tab(_("All"), query_with(request, kind=""), sum(counted.values()), not kind)
    ]
    return tabs + [
        Tab(
            str(one.label),
            query_with(request, kind=one),
            counted.get(one.value, 0),
            kind == one,
        )
        for one in Kind
    ]


def _page(request: HttpRequest, found: RemedyQuerySet, tabs: list[Tab]) -> Page[Remedy]:
    """One query."""
    count = next(tab.count for tab in tabs if tab.is_current)
    rows = found.select_related("agency", "case", "handler").by_urgency()
    paginator = CountedPaginator(rows, PAGE_SIZE, count)
    return paginator.get_page(request.GET.get("page", "1"))


def row_of(scope: Scope, remedy: Remedy, today: date) -> Row:
    """No query: who may not see the parties reads the kind alone."""
    kind = str(remedy.get_party_kind_display())
    name = masked_name(remedy) if can_see_parties(scope, remedy) else ""
    return Row(
        remedy,
        tag_of(remedy),
        f"{name} · {kind}" if name else kind,
        outcome_of(remedy),
        clock.days_left(remedy, today),
    )


def _chips(request: HttpRequest, filters: ListFilter) -> list[tuple[str, str, str]]:
    told = []
    for field in filters:
        value = filters.value(field.name)
        if value:
            choices = dict(getattr(field.field, "choices", ()))
            words = str(choices.get(value, value))
            url = query_with(request, **{field.name: ""})
            told.append((str(field.label), words, url))
    return told
