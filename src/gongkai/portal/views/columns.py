"""A column: its tree, and its list, its guide in full, or how to apply."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.catalogue.freshness import freshness
from gongkai.catalogue.models import Column, ColumnKind
from gongkai.catalogue.navigation import Section
from gongkai.items.choices import Kind
from gongkai.items.listing import rows_of
from gongkai.items.models import Item
from gongkai.items.public_page import PublicPage
from gongkai.items.querysets import ItemQuerySet
from gongkai.portal.filters import ColumnFilters
from gongkai.portal.site import section_of
from gongkai.registry.access import public
from gongkai.registry.caching import cached_page, narrow_query

A_PAGE = 20


@public
@require_safe
def column(request: HttpRequest, agency: str, column: str) -> HttpResponse:
    narrow_query(request, *ColumnFilters.NAMES, "page")
    today = timezone.localdate()

    def make() -> HttpResponse:
        section = section_of(agency)
        found = section.column(column)
        if found is None:
            raise Http404
        return _column(request, section, found, today)

    return cached_page(request, ("column", *freshness(today)), make)


def _column(
    request: HttpRequest, section: Section, column: Column, today: date
) -> HttpResponse:
    context = {
        **section.context(column),
        "column": column,
        "columns": section.tree(column),
        "crumbs": _crumbs(section, column),
    }
    if not column.holds_items:
        return render(request, "portal/apply.html", context)
    if column.kind == ColumnKind.GUIDE and not request.GET:
        guide = _newest_guide(column)
        if guide is not None:
            page = PublicPage.read(guide.pk, today)
            context |= {"page": page, "older": _older(column, guide, today)}
            return render(request, "portal/guide.html", context)
    filters = ColumnFilters(request.GET, section, column, today)
    pages = Paginator(filters.items(), A_PAGE)
    page_obj = pages.get_page(request.GET.get("page"))
    context |= {
        "filters": filters,
        "page_obj": page_obj,
        "rows": rows_of(page_obj, today, body=filters.is_of_many_bodies),
        "apply_column": section.of_kind(ColumnKind.APPLY),
    }
    return render(request, "portal/column.html", context)


def _crumbs(section: Section, column: Column) -> list[tuple[str, str]]:
    *above, own = section.crumbs(column)
    return [*above, (own[0], "")]


def _in_column(column: Column) -> ItemQuerySet:
    public_ones = Item.objects.visible_to_public().for_public_list()
    return public_ones.filter(column=column).newest_first()


def _newest_guide(column: Column) -> Item | None:
    """The newest guide, or the newest of whatever stands in its column."""
    found = _in_column(column)
    return found.filter(kind=Kind.GUIDE).first() or found.first()


def _older(column: Column, guide: Item, today: date) -> list[object]:
    return list(
        rows_of(_in_column(column).exclude(pk=guide.pk)[:A_PAGE], today, body=False)
    )
