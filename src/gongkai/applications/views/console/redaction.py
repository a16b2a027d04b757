"""Documents found for a case, boxes on their pages, and the copies made of them."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.acting import scope_of_request
from gongkai.applications import replies
from gongkai.applications.choices import FileKind
from gongkai.applications.exceptions import ApplicationRefused
from gongkai.applications.files import ALLOWED, name_of, prepare
from gongkai.applications.forms.redaction import EMPTY, FoundForm, Row, rows_of, typed
from gongkai.applications.models import Case, CaseFile, Redaction
from gongkai.applications.permissions import DESK, can_answer, can_see_person
from gongkai.applications.releasing import WORDS
from gongkai.applications.services import redacting
from gongkai.applications.transitions import HANDLERS
from gongkai.applications.views.console.fetching import case_or_404, file_or_404
from gongkai.registry.access import staff
from gongkai.registry.sealing import CannotOpen

State = Redaction.State
TAGS = {
    State.DRAWING: "info",
    State.WAITING: "info",
    State.WORKING: "info",
    State.DONE: "ok",
    State.FAILED: "bad",
}
DRAWABLE = frozenset(
    one for one in ALLOWED if one == "application/pdf" or one.startswith("image/")
)


@staff(*DESK)
@require_safe
def documents(request: HttpRequest, case_id: int) -> HttpResponse:
    """What was found, and where each document stands."""
    case, scope = case_or_404(request, case_id), scope_of_request(request)
    if not can_see_person(scope, case) or case.is_purged:
        raise PermissionDenied
    files = case.files.filter(kind=FileKind.FOUND).prefetch_related(
        "redactions__result__stored"
    )
    context = {
        "case": case,
        "rows": [_row(case, file) for file in files],
        "form": FoundForm(),
        "may": can_answer(scope, case),
    }
    return render(request, "applications/console/redactions.html", context)


def _row(case: Case, file: CaseFile) -> dict[str, Any]:
    file.case = case
    tries = list(file.redactions.all())
    last = tries[-1] if tries else None
    return {
        "file": file,
        "name": name_of(file),
        "last": last,
        "tag": (last.get_state_display(), TAGS[State(last.state)]) if last else None,
        "copies": [one.result for one in tries if one.result is not None],
        "is_drawable": file.media_type in DRAWABLE,
    }


@staff(*HANDLERS)
@require_POST
def add(request: HttpRequest, case_id: int) -> HttpResponse:
    case, scope = case_or_404(request, case_id), scope_of_request(request)
    if not can_answer(scope, case):
        raise PermissionDenied
    form = FoundForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a file first."))
        return redirect("applications-console:redactions", case_id=case.pk)
    for upload in form.cleaned_data["found"]:
        try:
            told = prepare(FileKind.FOUND, upload)
            redacting.add_found(by=scope, case=case, upload=told)
        except ApplicationRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("“%(name)s” was added.") % {"name": told.name})
    return redirect("applications-console:redactions", case_id=case.pk)


@staff(*DESK)
def document(request: HttpRequest, case_id: int, public_id: str) -> HttpResponse:
    """GET shows where it stands; POST begins, saves a page or orders the copy."""
    case, scope = case_or_404(request, case_id), scope_of_request(request)
    file = _found(case, public_id)
    if not can_see_person(scope, case) or case.is_purged:
        raise PermissionDenied
    may = can_answer(scope, case)
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        return _act(request, file)
    redaction = _newest(file)
    if redaction is None:
        return redirect("applications-console:redactions", case_id=case.pk)
    if redaction.state == State.DRAWING and may:
        return _draw(request, redaction, _page(request.GET.get("page"), redaction))
    return _shown(request, redaction, may)


def _act(request: HttpRequest, file: CaseFile) -> HttpResponse:
    by, act = scope_of_request(request), request.POST.get("act", "")
    here = redirect("applications-console:redaction", file.case_id, file.public_id)
    if act == "begin":
        try:
            redacting.begin(by=by, file=file)
        except ApplicationRefused as error:
            messages.error(request, str(error))
            return redirect("applications-console:redactions", case_id=file.case_id)
        return here
    redaction = _newest(file)
    if redaction is None or redaction.state != State.DRAWING:
        # Also what a second press of the button comes to.
        return here
    return _save(request, redaction)


def _save(request: HttpRequest, redaction: Redaction) -> HttpResponse:
    """Keep the page's boxes, then go to another page or order the copy."""
    by, data = scope_of_request(request), request.POST
    page = _page(data.get("page"), redaction)
    rows, boxes = typed(data, page)
    try:
        revision = int(data.get("revision", ""))
    except ValueError:
        revision = 0
    if any(row.error for row in rows):
        sentence = _("Correct the boxes that are marked below.")
        return _draw(request, redaction, page, rows, [sentence])
    try:
        kept = redacting.save_page(
            by=by, redaction=redaction, revision=revision, page=page, boxes=boxes
        )
        if data.get("act") == "make":
            redacting.make(by=by, redaction=kept, revision=kept.revision)
    except ApplicationRefused as error:
        anew = _newest(redaction.source) or redaction
        return _draw(request, anew, page, rows, error.sentences)
    here = redirect(
        "applications-console:redaction", redaction.case_id, redaction.source.public_id
    )
    if data.get("act") != "make":
        to = _page(data.get("go") or str(page), redaction)
        here["Location"] += f"?page={to}"
    return here


def _draw(
    request: HttpRequest,
    redaction: Redaction,
    page: int,
    rows: list[Row] | None = None,
    refusals: Any = (),
) -> HttpResponse:
    boxes = redacting.boxes_of(redaction)
    if rows is None:
        rows = rows_of(one for one in boxes if one.page == page)
    first = max((row.number for row in rows), default=-1) + 1
    counts = Counter(one.page for one in boxes)
    language = get_language() or "zh-hans"
    context = {
        "case": redaction.case,
        "redaction": redaction,
        "file": redaction.source,
        "name": name_of(redaction.source),
        "page": page,
        "rows": rows,
        "empty": [Row(first + number) for number in range(EMPTY)],
        "next_number": first + EMPTY,
        "grounds": [
            (one.code, one.label.text(language))
            for one in replies.grounds_of(redaction.case)
        ],
        "pages": [(number, counts[number]) for number in range(1, redaction.pages + 1)],
        "before": page - 1,
        "after": page + 1 if page < redaction.pages else 0,
        "count": len(boxes),
        "refusals": refusals,
    }
    return render(request, "applications/console/redaction.html", context)


def _shown(request: HttpRequest, redaction: Redaction, may: bool) -> HttpResponse:
    is_running = redaction.state in (State.WAITING, State.WORKING)
    context = {
        "case": redaction.case,
        "redaction": redaction,
        "file": redaction.source,
        "name": name_of(redaction.source),
        "tag": (redaction.get_state_display(), TAGS[State(redaction.state)]),
        "running": is_running,
        "reasons": _reasons(redaction.reason),
        "may": may,
    }
    is_part = bool(request.headers.get("HX-Request")) and is_running
    name = "_redaction_progress" if is_part else "redaction_state"
    answer = render(request, f"applications/console/{name}.html", context)
    if request.headers.get("HX-Request") and not is_running:
        answer.headers["HX-Refresh"] = "true"
    return answer


def _reasons(reason: str) -> list[str]:
    """Why nothing was made, in words; a technical name where there are none."""
    told = []
    for one in filter(None, reason.split("; ")):
        kind, _space, place = one.partition(" ")
        words = REASONS.get(kind) or WORDS.get(kind) or kind
        told.append(f"{words} {place}".strip())
    return told


REASONS: dict[str, Any] = {
    "DamagedFile": gettext_lazy("The file, or one of its pages, cannot be read."),
    "EncryptedFile": gettext_lazy("The file opens with a password only."),
    "TooLong": gettext_lazy("The file is too long: 1,000 pages at most. Split it."),
    "BadBox": gettext_lazy("A box lies on no page."),
    "CannotOpen": gettext_lazy("The personal data of this case was deleted"),
    "CaseMovedOn": gettext_lazy("The case was replied to or ended meanwhile."),
}


@staff(*HANDLERS)
@require_safe
def page_picture(
    request: HttpRequest, case_id: int, public_id: str, number: int
) -> HttpResponseBase:
    """A page as a picture, for whoever draws on it; no cache keeps it."""
    from gongkai.redaction import RedactionError

    case, scope = case_or_404(request, case_id), scope_of_request(request)
    redaction = _newest(_found(case, public_id))
    if redaction is None or not 1 <= number <= redaction.pages:
        raise Http404
    if not can_answer(scope, case):
        raise PermissionDenied
    if request.method == "HEAD":
        return HttpResponse(content_type="image/png")
    try:
        data = redacting.open_page(by=scope, redaction=redaction, page=number)
    except (RedactionError, CannotOpen) as error:
        raise Http404 from error
    answer = HttpResponse(data, content_type="image/png")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _found(case: Case, public_id: str) -> CaseFile:
    file = file_or_404(case, public_id)
    if file.kind != FileKind.FOUND:
        raise Http404
    return file


def _newest(file: CaseFile) -> Redaction | None:
    found: Redaction | None = file.redactions.select_related("result__stored").last()
    if found is not None:
        found.case, found.source = file.case, file
    return found


def _page(told: str | None, redaction: Redaction) -> int:
    is_number = bool(told) and str(told).isdecimal() and len(str(told)) < 6
    return min(max(int(told or 1) if is_number else 1, 1), redaction.pages)
