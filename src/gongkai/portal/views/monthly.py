"""The picture of what was published month by month, beside its table on a home page."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency
from gongkai.catalogue.freshness import freshness
from gongkai.portal.figures import monthly
from gongkai.registry import charts
from gongkai.registry.access import public
from gongkai.registry.caching import cached_page, narrow_query

SPACE = "portal"


@public
@require_safe
def of_platform(request: HttpRequest) -> HttpResponse:
    return _picture(request, "months", lambda: None)


@public
@require_safe
def of_agency(request: HttpRequest, agency: str) -> HttpResponse:
    return _picture(
        request, "agency months", lambda: get_object_or_404(Agency, slug=agency)
    )


def _picture(
    request: HttpRequest, name: str, body: Callable[[], Agency | None]
) -> HttpResponse:
    """Asked for by its question, so that it changes with the page that shows it."""
    narrow_query(request)
    today = timezone.localdate()

    def drawn() -> HttpResponse:
        shown = monthly(body(), today)
        if shown is None:
            raise Http404
        kept = charts.read(SPACE, charts.keep(SPACE, shown.chart))
        if kept is None:
            raise Http404
        return HttpResponse(kept, content_type="image/svg+xml")

    return cached_page(request, (name, *freshness(today)), drawn)
