"""A remedy with everything about it; its parties and papers on click."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.roles import READERS
from gongkai.applications.permissions import DESK
from gongkai.registry.access import staff
from gongkai.registry.sealing import CannotOpen
from gongkai.registry.views import streamed
from gongkai.remedies import clock, rules
from gongkai.remedies.files import chunks_of, name_of
from gongkai.remedies.models import Remedy
from gongkai.remedies.parties import Parties, open_parties
from gongkai.remedies.permissions import can_register, can_see_parties
from gongkai.remedies.services import showing
from gongkai.remedies.views import parts
from gongkai.remedies.views.fetching import file_or_404, remedy_or_404
from gongkai.remedies.views.registering import next_kind


@staff(*READERS)
@require_safe
def remedy(request: HttpRequest, remedy_id: int) -> HttpResponse:
    return remedy_page(request, remedy_or_404(request, remedy_id))


@staff(*DESK)
@require_POST
def show(request: HttpRequest, remedy_id: int) -> HttpResponse:
    """The page with the parties as given, in this one answer only."""
    found = remedy_or_404(request, remedy_id)
    try:
        told = showing.show_parties(by=scope_of_request(request), remedy=found)
    except CannotOpen:
        told = None
    return remedy_page(request, found, told)


def remedy_page(
    request: HttpRequest, remedy: Remedy, shown: Parties | None = None
) -> HttpResponse:
    scope, today = scope_of_request(request), timezone.localdate()
    can_open = can_see_parties(scope, remedy) and not remedy.is_purged
    told = shown or (open_parties(remedy) if can_open else None)
    is_shown = shown is not None
    choices = rules.choices_for(remedy, scope)
    can_follow = remedy.stage == "decided" and can_register(scope, remedy.agency_id)
    context = {
        "remedy": remedy,
        "tag": parts.tag_of(remedy),
        "days_left": clock.days_left(remedy, today),
        "warnings": rules.warnings_of(remedy),
        "matter": parts.matter_rows(remedy),
        "days": parts.day_rows(remedy),
        "parties": parts.party_rows(remedy, told, is_shown) if told else [],
        "is_shown": is_shown,
        "can_open": can_open,
        "papers": parts.papers_of(remedy, can_open, is_shown),
        "hearings": list(remedy.hearings.all()),
        "offers": parts.offers_of(remedy, choices),
        "closed": [choice for choice in choices if not choice.is_allowed],
        "history": parts.history_of(remedy, can_open),
        "followed_by": list(remedy.followed_by.standing()),
        "next_kind": next_kind(remedy) if can_follow else "",
    }
    return render(request, "remedies/console/remedy.html", context)


@staff(*DESK)
@require_safe
def file(request: HttpRequest, remedy_id: int, public_id: str) -> HttpResponseBase:
    """The plain bytes, streamed. Who opened it is in the audit chain first."""
    found = file_or_404(remedy_or_404(request, remedy_id), public_id)
    if request.method == "HEAD":
        return HttpResponse(content_type=found.media_type)
    try:
        name = name_of(found)
    except CannotOpen as error:
        raise Http404 from error
    showing.open_document(by=scope_of_request(request), file=found)
    return streamed(
        chunks_of(found), name=name, size=found.size, media_type=found.media_type
    )
