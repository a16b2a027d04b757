"""The ledger of items: by state, filtered, searched, exported."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.agencies.acting import acting_agency, scope_of_request
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import READERS
from gongkai.items.choices import Attribute, Kind, Stage
from gongkai.items.forms import ListFilter
from gongkai.items.models import Item, Step
from gongkai.items.permissions import EDITORS
from gongkai.items.querysets import ItemQuerySet
from gongkai.items.states import STATES, tag_of
from gongkai.registry.access import staff
from gongkai.registry.cells import plain_cell
from gongkai.registry.listing import CountedPaginator, Tab, query_with

PAGE_SIZE = 50


@dataclass(frozen=True)
class Row:
    item: Item
    tag: tuple[str, str]
    waits_for: str


@dataclass(frozen=True)
class Found:
    """What the address asks for: the filters, and the items before and after stage."""

    filters: ListFilter
    stage: str
    all_stages: ItemQuerySet

    @property
    def items(self) -> ItemQuerySet:
        if not self.stage:
            return self.all_stages
        return self.all_stages.filter(stage=self.stage)


@staff(*READERS)
@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """50 a page; 8 queries, however many items."""
    found = _found(request)
    tabs = _tabs(request, found)
    page = _page(request, found, tabs)
    context = {
        "filters": found.filters,
        "chips": _chips(request, found),
        "tabs": tabs,
        "stage": found.stage,
        "page_obj": page,
        "rows": _rows(page),
        "shows_agency": found.filters.chosen is None,
        "export_query": request.GET.urlencode(),
        "can_start": bool(scope_of_request(request).agency_ids(*EDITORS)),
        "is_filtered": bool(_chips(request, found) or found.stage),
    }
    return render(request, "items/console/list.html", context)


@staff(*READERS)
@require_safe
def items_csv(request: HttpRequest) -> HttpResponseBase:
    """All items that the filters leave, streamed."""
    found = _with_what_is_shown(_found(request).items)
    response = StreamingHttpResponse(
        _csv_lines(found), content_type="text/csv; charset=utf-8"
    )
    day = timezone.localdate().isoformat()
    response["Content-Disposition"] = f'attachment; filename="items-{day}.csv"'
    return response


def _found(request: HttpRequest) -> Found:
    scope = scope_of_request(request)
    agencies = list(Agency.objects.visible_to(scope))
    acting = acting_agency(request)
    if acting is not None and acting not in agencies:
        acting = None
    filters = ListFilter(agencies, acting, request.GET)
    stage = request.GET.get("stage", "")
    found = Item.objects.visible_to(scope)
    if filters.chosen is not None:
        found = found.filter(agency=filters.chosen)
    if kind := filters.value("kind"):
        found = found.filter(draft__kind=kind)
    if attribute := filters.value("attribute"):
        found = found.filter(draft__attribute=attribute)
    if column := filters.value("column"):
        found = found.filter(draft__column_id=int(column))
    if words := filters.value("q"):
        found = found.saying(words)
    return Found(filters, stage if stage in Stage.values else "", found)


def _tabs(request: HttpRequest, found: Found) -> list[Tab]:
    counts = dict(
        found.all_stages.order_by().values_list("stage").annotate(Count("pk"))
    )
    total = Tab(
        _("All"), query_with(request, stage=""), sum(counts.values()), not found.stage
    )
    return [
        total,
        *(
            Tab(
                str(stage.label),
                query_with(request, stage=stage.value),
                counts.get(stage.value, 0),
                found.stage == stage,
            )
            for stage in STATES
        ),
    ]


def _page(request: HttpRequest, found: Found, tabs: Sequence[Tab]) -> Page[Item]:
    count = next(tab.count for tab in tabs if tab.is_current)
    paginator = CountedPaginator(_with_what_is_shown(found.items), PAGE_SIZE, count)
    return paginator.get_page(request.GET.get("page", "1"))


def _with_what_is_shown(found: ItemQuerySet) -> ItemQuerySet:
    return (
        found.select_related("agency", "draft__column")
        .defer("draft__body", "draft__summary", "draft__reason")
        .order_by("-stage_since", "-pk")
    )


def _rows(page: Page[Item]) -> list[Row]:
    listed = list(page.object_list)
    steps = {
        step.version.item_id: f"{step.get_kind_display()} · {step.get_role_display()}"
        for step in Step.objects.filter(version__item__in=listed, is_current=True)
        .select_related("version")
        .defer("version__body", "version__summary")
    }
    return [Row(item, tag_of(item), steps.get(item.pk, "")) for item in listed]


def _chips(request: HttpRequest, found: Found) -> list[tuple[str, str, str]]:
    filters = found.filters
    told = [
        ("q", _("Search"), filters.value("q")),
        ("kind", _("Kind"), str(dict(Kind.choices).get(filters.value("kind"), ""))),
        (
            "attribute",
            _("Disclosure attribute"),
            str(dict(Attribute.choices).get(filters.value("attribute"), "")),
        ),
        ("column", _("Column"), _column_name(filters)),
    ]
    return [
        (label, value, query_with(request, **{name: ""}))
        for name, label, value in told
        if value
    ]


def _column_name(filters: ListFilter) -> str:
    choices = dict(filters.fields["column"].choices)  # type: ignore[attr-defined]
    value = filters.value("column")
    return str(choices[int(value)]).strip() if value else ""


class _Echo:
    def write(self, line: str) -> str:
        return line


def _csv_lines(found: ItemQuerySet) -> Iterator[str]:
    yield "\ufeff"
    writer = csv.writer(_Echo())
    yield writer.writerow(
        ["标题", "文号", "索引号", "栏目", "公开属性", "状态", "发布日期", "机构"]
    )
    for item in found.iterator(500):
        draft = item.draft
        told = (
            draft.title,
            draft.doc_no,
            item.index_no or item.legacy_index_no,
            draft.column.name if draft.column else "",
            draft.get_attribute_display(),
            tag_of(item)[0],
            item.published_on.isoformat() if item.published_on else "",
            item.agency.name,
        )
        yield writer.writerow([plain_cell(value) for value in told])
