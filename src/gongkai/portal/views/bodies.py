"""The bodies on the platform (集约化), and the map of the site."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency
from gongkai.catalogue.freshness import freshness
from gongkai.catalogue.platform import Platform
from gongkai.registry.access import public
from gongkai.registry.caching import cached_page, narrow_query

A_PAGE = 200


@public
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """The tree of sub-sites, in the tree's own order."""
    narrow_query(request, "page")
    today = timezone.localdate()
    key = ("agencies", *freshness(today))
    return cached_page(request, key, lambda: _agencies(request, today))


def _agencies(request: HttpRequest, today: date) -> HttpResponse:
    found = Paginator(Agency.objects.existing(today), A_PAGE)
    context = {
        **Platform().context("agencies"),
        "page_obj": found.get_page(request.GET.get("page")),
        "crumbs": [*_home_crumb(), (_("All bodies"), "")],
    }
    return render(request, "portal/agencies.html", context)


@public
@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """网站地图, for people: the standing pages and the host's columns."""
    narrow_query(request)
    today = timezone.localdate()
    key = ("site-map", *freshness(today))
    return cached_page(request, key, lambda: _site_map(request, today))


def _site_map(request: HttpRequest, today: date) -> HttpResponse:
    platform = Platform()
    roots = Agency.objects.existing(today).filter(depth__lte=2)
    context = {
        **platform.context(),
        "tree": platform.section.tree() if platform.section else (),
        "bodies": roots[:A_PAGE],
        "crumbs": [*_home_crumb(), ("网站地图", "")],
    }
    return render(request, "portal/site_map.html", context)


def _home_crumb() -> list[tuple[str, str]]:
    return [(_("Home"), reverse("portal:home"))]
