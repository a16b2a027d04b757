"""Search over everything that is public; without words, a list to browse."""

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.catalogue.freshness import freshness
from gongkai.catalogue.platform import Platform
from gongkai.portal.searching import Asked, Found, whole_number
from gongkai.portal.site import section_of
from gongkai.registry.access import public
from gongkai.registry.caching import cached_page, narrow_query


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    narrow_query(request, *Asked.NAMES)
    today = timezone.localdate()
    if set(request.GET) <= {"q", "agency", "lang"}:
        address = whole_number(request.GET.get("q", ""))
        if address is not None:
            response = HttpResponseRedirect(address)
            response.headers["Cache-Control"] = "no-cache"
            return response
    key = ("search", *freshness(today))
    return cached_page(request, key, lambda: _search(request, today))


def _search(request: HttpRequest, today: date) -> HttpResponse:
    slug = request.GET.get("agency", "")
    section = section_of(slug) if slug else None
    asked = Asked.read(request.GET, section.agency if section else None)
    frame = section.context() if section else Platform().context()
    context = {**frame, "asked": asked, "found": Found(asked, today)}
    return render(request, "portal/search.html", context)
