"""sitemap.xml: an index, and pages of at most ten thousand addresses."""

from collections.abc import Iterable
from datetime import date
from xml.sax.saxutils import escape

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency
from gongkai.catalogue.freshness import freshness
from gongkai.catalogue.models import Column
from gongkai.items.models import Change, Item
from gongkai.registry.access import public
from gongkai.registry.caching import Render, cached_document, narrow_query

A_PAGE = 10_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The pages by ranges of ids: an item never moves to another page."""

    def make() -> HttpResponse:
        newest = Item.objects.visible_to_public().order_by("-pk").first()
        last = newest.pk // A_PAGE if newest else -1
        names = [reverse("portal:sitemap-pages")]
        names += [
            reverse("portal:sitemap-items", args=[number]) for number in range(last + 1)
        ]
        lines = (
            f"<sitemap><loc>{_absolute(request, name)}</loc></sitemap>"
            for name in names
        )
        return _xml("sitemapindex", lines)

    return _cached(request, "sitemap", make)


@public
@require_safe
def items(request: HttpRequest, number: int) -> HttpResponse:
    def make() -> HttpResponse:
        found = (
            Item.objects.visible_to_public()
            .filter(pk__gte=number * A_PAGE, pk__lt=(number + 1) * A_PAGE)
            .order_by("pk")
            .only("pk", "index_no")
            .annotate(changed_at=_changed_at())
        )
        lines = [_line(request, item.get_absolute_url(), _day(item)) for item in found]
        if not lines and number:
            raise Http404
        return _xml("urlset", lines)

    return _cached(request, "sitemap-items", make)


def _changed_at() -> Coalesce:
    changed = Change.objects.filter(item=OuterRef("pk")).order_by("-made_at")
    return Coalesce(Subquery(changed.values("made_at")[:1]), "first_published_at")


def _day(item: Item) -> date:
    return timezone.localdate(item.changed_at)  # type: ignore[attr-defined]


@public
@require_safe
def standing_pages(request: HttpRequest) -> HttpResponse:
    """Homes and columns; the first ten thousand of them."""

    def make() -> HttpResponse:
        slugs = Agency.objects.values_list("slug", flat=True)[: A_PAGE // 2]
        columns = (
            Column.objects.in_use()
            .order_by("agency_id", "pk")
            .values_list("agency__slug", "slug")[: A_PAGE // 2 - 5]
        )
        addresses = [
            reverse("portal:home"),
            reverse("portal:agencies"),
            reverse("applications:apply"),
            reverse("applications:calculator"),
            reverse("figures:compare"),
            *(reverse("portal:agency", args=[slug]) for slug in slugs),
            *(reverse("portal:column", args=pair) for pair in columns),
        ]
        lines = [_line(request, address, None) for address in addresses]
        return _xml("urlset", lines)

    return _cached(request, "sitemap-pages", make)


def _cached(request: HttpRequest, name: str, make: Render) -> HttpResponse:
    narrow_query(request)
    return cached_document(request, (name, *freshness(timezone.localdate())), make)


def _line(request: HttpRequest, address: str, changed_on: date | None) -> str:
    day = f"<lastmod>{changed_on.isoformat()}</lastmod>" if changed_on else ""
    return f"<url><loc>{_absolute(request, address)}</loc>{day}</url>"


def _absolute(request: HttpRequest, address: str) -> str:
    return escape(f"{request.scheme}://{request.get_host()}{address}")


def _xml(root: str, lines: Iterable[str]) -> HttpResponse:
    body = "\n".join([f"{_HEAD}<{root} {_SPACE}>", *lines, f"</{root}>\n"])
    return HttpResponse(body, content_type="application/xml; charset=utf-8")
