"""The platform's first page: everything of every body."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.catalogue.freshness import freshness
from gongkai.catalogue.platform import Platform
from gongkai.items.listing import rows_of
from gongkai.items.models import Item
from gongkai.portal import doors
from gongkai.portal.figures import monthly, year_to_date
from gongkai.portal.site import bodies_directly_below
from gongkai.registry.access import public
from gongkai.registry.caching import cached_page, narrow_query

LATEST = 10
MOST_BODIES = 60


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    narrow_query(request)
    today = timezone.localdate()
    key = ("home", *freshness(today))
    return cached_page(request, key, lambda: _home(request, today))


def _home(request: HttpRequest, today: date) -> HttpResponse:
    platform = Platform()
    latest = Item.objects.visible_to_public().for_public_list().newest_first()
    rows = rows_of(latest[:LATEST], today, body=True)
    bodies = bodies_directly_below(platform.host, today) if platform.host else []
    context = {
        **platform.context("home"),
        "rows": rows,
        "example": doors.example_number(rows),
        "doors": doors.of_section(platform.section),
        "statutory": doors.statutory(platform.section),
        "figures": year_to_date(None, today),
        "monthly": monthly(None, today),
        "monthly_url": reverse("portal:months"),
        "bodies": bodies[:MOST_BODIES],
        "office": platform.host,
    }
    return render(request, "portal/home.html", context)
