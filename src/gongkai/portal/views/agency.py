"""The first page of one agency's site."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency
from gongkai.catalogue.freshness import freshness
from gongkai.catalogue.navigation import Section
from gongkai.items.choices import Kind
from gongkai.items.listing import Row, rows_of
from gongkai.items.models import Item
from gongkai.items.querysets import ItemQuerySet
from gongkai.portal import doors
from gongkai.portal.figures import monthly, year_to_date
from gongkai.portal.site import bodies_directly_below, section_of
from gongkai.registry.access import public
from gongkai.registry.caching import cached_page, narrow_query

LATEST, FEWER = 8, 5
MOST_BODIES = 60


@public
@require_safe
def agency(request: HttpRequest, agency: str) -> HttpResponse:
    narrow_query(request)
    today = timezone.localdate()
    key = ("agency", *freshness(today))
    return cached_page(request, key, lambda: _home(request, agency, today))


def _home(request: HttpRequest, slug: str, today: date) -> HttpResponse:
    section = section_of(slug)
    body = section.agency
    bar = section.bar()
    own = _latest().filter(agency=body)
    rows = rows_of(own[:LATEST], today, body=False)
    below = bodies_directly_below(body, today)
    context = {
        **section.context(),
        "portal_columns": [(*bar[0][:2], True), *bar[1:]],
        "rows": rows,
        "example": doors.example_number(rows),
        "normative": _of_kind(own, Kind.NORMATIVE, today),
        "interpretations": _of_kind(own, Kind.INTERPRETATION, today),
        "rows_below": _below(body, today) if below else [],
        "doors": doors.of_section(section),
        "statutory": doors.statutory(section),
        "figures": year_to_date(body, today),
        "monthly": monthly(body, today),
        "monthly_url": reverse("portal:agency-months", args=[body.slug]),
        "bodies": below[:MOST_BODIES],
        "parent": _parent(section),
        "office": body,
    }
    return render(request, "portal/agency.html", context)


def _latest() -> ItemQuerySet:
    return Item.objects.visible_to_public().for_public_list().newest_first()


def _of_kind(own: ItemQuerySet, kind: Kind, today: date) -> list[Row]:
    return rows_of(own.filter(kind=kind)[:FEWER], today, body=False)


def _below(body: Agency, today: date) -> list[Row]:
    lower = _latest().of_subtree(body).exclude(agency=body)
    return rows_of(lower[:FEWER], today, body=True)


def _parent(section: Section) -> Agency | None:
    path = section.agency.path[: -Agency.steplen]
    return Agency.objects.filter(path=path).first() if path else None
