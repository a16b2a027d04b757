"""A case with everything about it; its applicant, papers and letters on click."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai import law
from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.roles import READERS
from gongkai.applications import clock, notices, rules
from gongkai.applications.clockface import face_of
from gongkai.applications.files import chunks_of, name_of
from gongkai.applications.models import Case, CaseFile
from gongkai.applications.panels import panels_of
from gongkai.applications.permissions import DESK, can_see_person
from gongkai.applications.persons import Sealed, open_case
from gongkai.applications.rules import Actor
from gongkai.applications.services import showing
from gongkai.applications.transitions import HANDLERS
from gongkai.applications.views.console import parts
from gongkai.applications.views.console.fetching import (
    case_or_404,
    file_or_404,
    notice_or_404,
)
from gongkai.registry.access import staff
from gongkai.registry.sealing import CannotOpen
from gongkai.registry.views import streamed


@staff(*READERS)
@require_safe
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    return case_page(request, case_or_404(request, case_id))


@staff(*DESK)
@require_POST
def show(request: HttpRequest, case_id: int) -> HttpResponse:
    """The page with the applicant as given, in this one answer only."""
    found = case_or_404(request, case_id)
    try:
        told = showing.show_person(by=scope_of_request(request), case=found)
    except CannotOpen:
        told = None
    return case_page(request, found, told)


def case_page(
    request: HttpRequest, case: Case, shown: Sealed | None = None
) -> HttpResponse:
    scope, today = scope_of_request(request), timezone.localdate()
    can_open = can_see_person(scope, case) and not case.is_purged
    told = shown or (open_case(case) if can_open else None)
    choices = rules.choices_for(case, Actor(scope), today)
    context = {
        "case": case,
        "tag": parts.tag_of(case),
        "result": parts.result_words(case),
        "days_left": clock.days_left(case, today) if case.is_open else None,
        "face": face_of(case, today),
        "steps": parts.steps_of(case),
        "asked": parts.asked_rows(case, told, shown is not None),
        "person": parts.person_rows(case, told, shown is not None) if told else [],
        "is_shown": shown is not None,
        "can_open": can_open,
        "papers": parts.papers_of(case, can_open, shown is not None),
        "letters": parts.letters_of(case, can_open),
        "consultations": parts.asked_of(case, can_open),
        "helped": parts.helped_of(case, can_open),
        "fee": getattr(case, "fee", None),
        "offers": parts.offers_of(case, choices),
        "closed": [choice for choice in choices if not choice.is_allowed],
        "history": parts.history_of(case, can_open),
        "panels": list(panels_of(case, scope)),
        "looks": parts.looks_of(case),
        "reply": case.replies.last(),
        "can_write_reply": can_open and scope.holds(case.agency_id, *HANDLERS),
        "siblings": list(
            case.paper.cases.exclude(pk=case.pk).only("number", "subject")
        ),
        "joined": list(case.joined.only("number", "subject")),
        "regime": law.regime(case.regime),
    }
    return render(request, "applications/console/case.html", context)


@staff(*DESK)
@require_safe
def file(request: HttpRequest, case_id: int, public_id: str) -> HttpResponseBase:
    """The plain bytes, streamed. Who opened it is in the audit chain first."""
    found = file_or_404(case_or_404(request, case_id), public_id)
    if request.method == "HEAD":
        return HttpResponse(content_type=found.media_type)
    showing.open_document(by=scope_of_request(request), file=found)
    return document(found)


def document(file: CaseFile) -> HttpResponseBase:
    """The plain bytes; Http404 once the case was purged."""
    try:
        name = name_of(file)
    except CannotOpen as error:
        raise Http404 from error
    answer = streamed(
        chunks_of(file), name=name, size=file.size, media_type=file.media_type
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@staff(*DESK)
@require_safe
def letter(request: HttpRequest, case_id: int, notice_id: int) -> HttpResponse:
    """A letter as it is printed."""
    found = case_or_404(request, case_id)
    notice = notice_or_404(found, notice_id)
    text = showing.open_letter(by=scope_of_request(request), notice=notice)
    letters = [parts.Printed.of(notice.title, text)] if text else []
    context = {"case": found, "letters": letters, "title": notice.title}
    return render(request, "applications/console/letter.html", context)


@staff(*DESK)
@require_safe
def receipt(request: HttpRequest, case_id: int) -> HttpResponse:
    """The receipts of all cases of one paper, each with its query code."""
    scope, found = scope_of_request(request), case_or_404(request, case_id)
    if not can_see_person(scope, found):
        raise PermissionDenied
    cases = found.paper.cases.select_related("agency").order_by("pk")
    letters = []
    for one in cases:
        try:
            showing.show_person(by=scope, case=one)
        except CannotOpen:
            continue
        registered = one.acts.get(name="register")
        registered.case = one
        letters.append(parts.Printed.of(notices.RECEIPT, notices.receipt(registered)))
    context = {"case": found, "letters": letters, "title": notices.RECEIPT}
    return render(request, "applications/console/letter.html", context)
