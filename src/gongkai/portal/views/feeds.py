"""Atom: what came out last, on the whole platform or at one body and those below it."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency
from gongkai.catalogue.freshness import freshness
from gongkai.items.choices import Kind
from gongkai.items.models import Change, Item
from gongkai.registry.access import public
from gongkai.registry.caching import cached_document, narrow_query

ENTRIES = 30
CONTENT_TYPE = "application/atom+xml; charset=utf-8"


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    narrow_query(request)
    key = ("feed", *freshness(timezone.localdate()))
    return cached_document(request, key, lambda: _feed(request, None))


@public
@require_safe
def agency_feed(request: HttpRequest, agency: str) -> HttpResponse:
    narrow_query(request)
    key = ("agency-feed", *freshness(timezone.localdate()))

    def make() -> HttpResponse:
        return _feed(request, get_object_or_404(Agency, slug=agency))

    return cached_document(request, key, make)


def _feed(request: HttpRequest, agency: Agency | None) -> HttpResponse:
    home = reverse("portal:agency", args=[agency.slug]) if agency else "/"
    atom = Atom1Feed(
        title=agency.name if agency else settings.SITE_NAME,
        link=request.build_absolute_uri(home),
        description="政府信息公开",
        language="zh-Hans",
        feed_url=request.build_absolute_uri(request.path),
        feed_guid=_stable_id("feed", agency.slug if agency else ""),
    )
    for item in _latest(agency):
        _add(atom, request, item)
    return HttpResponse(atom.writeString("utf-8"), content_type=CONTENT_TYPE)


def _latest(agency: Agency | None) -> Iterable[Item]:
    public_ones = Item.objects.visible_to_public().for_public_list()
    if agency is not None:
        public_ones = public_ones.of_subtree(agency)
    changed = Change.objects.filter(item=OuterRef("pk")).order_by("-made_at")
    return public_ones.annotate(
        changed_at=Subquery(changed.values("made_at")[:1])
    ).newest_first()[:ENTRIES]


def _add(atom: Atom1Feed, request: HttpRequest, item: Item) -> None:
    live = item.shown
    atom.add_item(
        title=live.title,
        link=request.build_absolute_uri(item.get_absolute_url()),
        unique_id=_stable_id("item", item.agency.slug, item.pk),
        pubdate=item.first_published_at,
        updateddate=_updated_at(item),
        author_name=live.issuer or item.agency.name,
        description=live.doc_no,
        categories=[item.column.name if item.column else str(Kind(item.kind).label)],
    )


def _updated_at(item: Item) -> datetime:
    told = (item.first_published_at, getattr(item, "changed_at", None))
    return max(moment for moment in told if moment is not None)


def _stable_id(*parts: object) -> str:
    """The same under another host name: an address may move, the entry stays one."""
    name = "/".join(str(part) for part in ("gongkai", *parts))
    return uuid.uuid5(uuid.NAMESPACE_OID, name).urn
