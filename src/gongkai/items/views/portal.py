"""The page of an item, for ever at its address; a note in its place once withdrawn."""

from dataclasses import dataclass
from datetime import date

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.catalogue.models import ColumnKind
from gongkai.catalogue.navigation import Section
from gongkai.items.choices import ChangeKind
from gongkai.items.models import Change, Item
from gongkai.items.public_page import PublicPage
from gongkai.items.public_state import PublicState, state_by_id, state_by_number
from gongkai.items.querysets import ItemQuerySet
from gongkai.items.standing import standing_code
from gongkai.registry.access import public
from gongkai.registry.caching import cached_page, narrow_query


@public
@require_safe
def item(request: HttpRequest, index_no: str) -> HttpResponse:
    narrow_query(request)
    if "\0" in index_no:  # PostgreSQL takes no NUL
        raise Http404
    state = state_by_number(index_no)
    if state is not None:
        return _page(request, state)
    withdrawn = Item.objects.withdrawn().filter(index_no=index_no)
    return _tombstone(request, withdrawn) or _by_old_number(index_no)


@public
@require_safe
def item_by_id(request: HttpRequest, pk: int) -> HttpResponse:
    """The address of an item without a number; others have theirs."""
    narrow_query(request)
    state = state_by_id(pk)
    if state is not None and state.index_no is None:
        return _page(request, state)
    if state is not None:
        return HttpResponsePermanentRedirect(
            reverse("items:item", args=[state.index_no])
        )
    tombstone = _tombstone(request, Item.objects.withdrawn().filter(pk=pk))
    if tombstone is None:
        raise Http404
    return tombstone


def _page(request: HttpRequest, state: PublicState) -> HttpResponse:
    today = timezone.localdate()
    standing = standing_code(
        state.validity, _day(state.effective_on), _day(state.expires_on), today
    )

    def make() -> HttpResponse:
        page = PublicPage.read(state.item_id, today)
        if page is None:  # withdrawn between the two queries
            raise Http404
        return render(request, "items/portal/item.html", page.context())

    return cached_page(request, ("item", *state, standing), make)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _by_old_number(index_no: str) -> HttpResponse:
    """To the one public item that had this number elsewhere; raises Http404."""
    public_ones = Item.objects.visible_to_public().filter(legacy_index_no=index_no)
    gone = Item.objects.withdrawn().filter(legacy_index_no=index_no)
    for found in (public_ones, gone):
        matches = list(found[:2])
        if len(matches) == 1:
            return HttpResponseRedirect(matches[0].get_absolute_url())
    raise Http404


@dataclass(frozen=True)
class Tombstone:
    """All that is left of a withdrawn item: no word of its title or text."""

    index_no: str
    agency: str
    on: date
    note: str


def _tombstone(request: HttpRequest, items: ItemQuerySet) -> HttpResponse | None:
    item = items.filter(live__isnull=True).select_related("agency").first()
    if item is None or item.withdrawn_at is None:
        return None
    change = (
        Change.objects.filter(item=item, kind=ChangeKind.WITHDRAWAL)
        .order_by("-made_at", "-pk")
        .first()
    )
    section = Section(item.agency)
    left = Tombstone(
        index_no=item.index_no or item.legacy_index_no,
        agency=item.agency.name,
        on=change.on if change else timezone.localdate(item.withdrawn_at),
        note=change.note if change else "",
    )
    context = {
        **section.context(),
        "left": left,
        "apply_column": section.of_kind(ColumnKind.APPLY),
    }
    response = render(request, "items/portal/withdrawn.html", context, status=410)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
