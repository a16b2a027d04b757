"""The reply's own pages: written, handed in, judged, printed."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.roles import READERS
from gongkai.applications import replies, rules
from gongkai.applications.exceptions import ApplicationRefused
from gongkai.applications.files import name_of, prepare
from gongkai.applications.forms.reply import BeginForm, DocumentForm, ReplyForm
from gongkai.applications.models import Case, CaseFile, Reply, ReplyStep
from gongkai.applications.permissions import DESK, can_answer
from gongkai.applications.services import replying, showing
from gongkai.applications.transitions import HANDLERS
from gongkai.applications.views.console.fetching import case_or_404, file_or_404
from gongkai.applications.views.console.reading import document
from gongkai.applications.views.console.refusals import add_to_form
from gongkai.items.choices import Outcome
from gongkai.items.exceptions import ItemRefused
from gongkai.items.forms import ReviewForm
from gongkai.items.showing import step_events
from gongkai.law.model import Result
from gongkai.registry import files as store
from gongkai.registry.access import staff
from gongkai.registry.papers import reading
from gongkai.registry.papers.blocks import Align, Paragraph
from gongkai.registry.papers.filling import FieldsMissing

State = Reply.State
PLACES = {Align.CENTER: "center", Align.RIGHT: "end"}
TYPES = {"docx": store.DOCX, "pdf": "application/pdf"}
TAGS = {
    State.IN_REVIEW: "info",
    State.RETURNED: "bad",
    State.TAKEN_BACK: "warn",
    State.SIGNED: "ok",
    State.DELIVERED: "ok",
}


@staff(*READERS)
def reply(request: HttpRequest, case_id: int) -> HttpResponse:
    """GET shows where the reply stands; POST begins, keeps, hands in or takes back."""
    case, scope = case_or_404(request, case_id), scope_of_request(request)
    found = _newest(case)
    if not _may_see(scope, case, found):
        raise PermissionDenied
    may_write = can_answer(scope, case)
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied
        return _act(request, case, found)
    if may_write and (found is None or found.state in _ENDED):
        return _begin_page(request, case, found, BeginForm(case))
    if found is None:
        raise Http404
    if found.state == State.DRAFT and may_write:
        return _draft_page(request, found, ReplyForm(found))
    return _shown(request, found)


_ENDED = (State.RETURNED, State.TAKEN_BACK)


def _act(request: HttpRequest, case: Case, found: Reply | None) -> HttpResponse:
    here = redirect("applications-console:reply", case_id=case.pk)
    by, act = scope_of_request(request), request.POST.get("act", "")
    if act == "begin":
        begin = BeginForm(case, request.POST)
        if not begin.is_valid():
            return _begin_page(request, case, found, begin)
        replying.draft(by=by, case=case, result=begin.cleaned_data["result"])
        return here
    if found is None:
        return here
    if act == "take_back":
        try:
            replying.take_back(by=by, reply=found)
        except ApplicationRefused as error:
            messages.warning(request, str(error))
        return here
    if found.state != State.DRAFT:
        # Also what a second press of the button comes to.
        messages.info(request, _("The reply was handed in already."))
        return here
    return _save(request, found, hand_in=act == "hand_in")


def _save(request: HttpRequest, found: Reply, *, hand_in: bool) -> HttpResponse:
    by = scope_of_request(request)
    form = ReplyForm(found, request.POST, is_kept=not hand_in)
    if not form.is_valid():
        return _draft_page(request, found, form)
    try:
        kept = replying.save(
            by=by,
            reply=found,
            revision=form.cleaned_data["revision"],
            result=form.cleaned_data["result"],
            words={**replies.words_of(found), **form.words},
            withheld=form.cleaned_data.get("withheld", []),
            files=form.chosen_files,
        )
    except ApplicationRefused as error:
        add_to_form(form, error)
        return _draft_page(request, found, form)
    if hand_in and kept.result == found.result:
        try:
            replying.hand_in(by=by, reply=kept, revision=kept.revision)
        except ItemRefused as error:
            form = ReplyForm(kept)
            return _draft_page(request, kept, form, refusals=list(error.messages))
        messages.success(request, _("The reply was handed in."))
    else:
        messages.success(request, _("Kept."))
    return redirect("applications-console:reply", case_id=found.case_id)


@staff(*HANDLERS)
@require_POST
def add(request: HttpRequest, case_id: int) -> HttpResponse:
    """Documents that go out as they are; each is looked into first."""
    case, scope = case_or_404(request, case_id), scope_of_request(request)
    form = DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        for upload in form.cleaned_data["documents"]:
            try:
                told = prepare("released", upload)
                replying.add_document(by=scope, case=case, upload=told)
            except ApplicationRefused as error:
                messages.error(request, str(error))
            else:
                messages.success(
                    request,
                    _("“%(name)s” holds nothing unseen. Choose it below.")
                    % {"name": told.name},
                )
    else:
        messages.error(request, _("Choose a file first."))
    return redirect("applications-console:reply", case_id=case.pk)


@staff(*READERS)
def review(request: HttpRequest, case_id: int) -> HttpResponse:
    """The reply as the applicant will read it, and the reviewer's decision."""
    case, scope = case_or_404(request, case_id), scope_of_request(request)
    found = _newest(case)
    step = _current(found) if found else None
    if found is None or step is None:
        messages.info(request, _("The reply does not wait for a decision now."))
        return redirect("applications-console:case", case_id=case.pk)
    if not replies.can_decide(scope, step):
        raise PermissionDenied
    if request.method != "POST":
        return _review_page(request, step, _form(found))
    form, outcome = _form(found, request.POST), request.POST.get("outcome", "")
    if outcome not in Outcome.values or not form.is_valid():
        form.add_error(None, _("Choose one of the two: approve or return."))
        return _review_page(request, step, form)
    try:
        replying.decide(
            by=scope,
            step=step,
            outcome=outcome,
            content_hash=form.cleaned_data["content_hash"],
            opinion=form.cleaned_data["opinion"],
        )
    except ItemRefused as error:
        for sentence in error.messages:
            form.add_error(None, sentence)
        return _review_page(request, step, form)
    said = _("Approved") if outcome == Outcome.APPROVED else _("Returned")
    messages.success(request, f"{said}{_(': ')}{case.number}")
    return redirect("console:home")


@staff(*READERS)
@require_safe
def letter(
    request: HttpRequest, case_id: int, number: int, ending: str
) -> HttpResponseBase:
    """Word file or PDF: frozen once it was signed, before that as it reads now."""
    case, scope = case_or_404(request, case_id), scope_of_request(request)
    found = _numbered(case, number)
    if ending not in TYPES:
        raise Http404
    if not replies.can_read(scope, found):
        raise PermissionDenied
    frozen = found.word if ending == "docx" else found.pdf
    if frozen is not None:
        frozen.case = case
        showing.open_document(by=scope, file=frozen)
        return document(frozen)
    try:
        made = replies.document_of(found, timezone.localdate())
    except FieldsMissing as error:
        messages.warning(
            request,
            _("Fill in first what the letter prints: %(names)s.")
            % {"names": "、".join(error.names)},
        )
        return redirect("applications-console:reply", case_id=case.pk)
    data = made.docx if ending == "docx" else made.pdf
    answer = HttpResponse(data, content_type=TYPES[ending])
    answer.headers["Content-Disposition"] = f'attachment; filename="reply.{ending}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@staff(*READERS)
@require_POST
def open_document(
    request: HttpRequest, case_id: int, number: int, public_id: str
) -> HttpResponseBase:
    """Notes that the person opened what would go out, then shows it."""
    case = case_or_404(request, case_id)
    found, file = _numbered(case, number), file_or_404(case, public_id)
    if not found.files.filter(pk=file.pk).exists():
        raise Http404
    replying.open_document(by=scope_of_request(request), reply=found, file=file)
    return document(file)


def _newest(case: Case) -> Reply | None:
    found: Reply | None = case.replies.select_related("author", "word", "pdf").last()
    if found is not None:
        found.case = case
    return found


def _numbered(case: Case, number: int) -> Reply:
    found: Reply | None = case.replies.filter(number=number).first()
    if found is None:
        raise Http404
    found.case = case
    return found


def _current(found: Reply) -> ReplyStep | None:
    step = (
        ReplyStep.objects.filter(reply=found, is_current=True)
        .select_related("agency")
        .first()
    )
    if step is not None:
        step.reply = found
    return step


def _may_see(scope: Any, case: Case, found: Reply | None) -> bool:
    if found is not None:
        return replies.can_read(scope, found)
    return bool(scope.holds(case.agency_id, *DESK))


def _form(found: Reply, data: Any = None) -> ReviewForm:
    initial = {"content_hash": found.content_hash}
    return ReviewForm((), data, initial=initial)


def _begin_page(
    request: HttpRequest, case: Case, before: Reply | None, form: BeginForm
) -> HttpResponse:
    context = {"case": case, "before": before, "form": form, **_process(before)}
    if before is not None:
        form.initial["result"] = before.result
    return render(request, "applications/console/reply_begin.html", context)


def _draft_page(
    request: HttpRequest, found: Reply, form: ReplyForm, refusals: Any = ()
) -> HttpResponse:
    case = found.case
    context = {
        "case": case,
        "reply": found,
        "form": form,
        "refusals": refusals,
        "documents": DocumentForm(),
        "takes_documents": found.result in replies.RELEASING[case.regime],
        "text": _text(found),
        "why_not": rules.why_not_reviewed(case),
        **_process(case.replies.filter(state__in=_ENDED).last()),
    }
    return render(request, "applications/console/reply_draft.html", context)


def _shown(request: HttpRequest, found: Reply) -> HttpResponse:
    scope, case = scope_of_request(request), found.case
    step = _current(found)
    context = {
        **_reading(request, found),
        "can_decide": step is not None and replies.can_decide(scope, step),
        "can_take_back": found.state in {State.IN_REVIEW, State.SIGNED}
        and can_answer(scope, case),
        "can_deliver": found.state == State.SIGNED and found.is_frozen,
        "delivery": found.deliveries.select_related("proof").last(),
    }
    return render(request, "applications/console/reply.html", context)


def _review_page(
    request: HttpRequest, step: ReplyStep, form: ReviewForm
) -> HttpResponse:
    scope, found = scope_of_request(request), step.reply
    context = {
        **_reading(request, found),
        "step": step,
        "form": form,
        "obstacles": replies.obstacles_to_approval(step, scope),
        "is_own": replies.worked_on(found, scope.person_id or 0),
    }
    return render(request, "applications/console/reply_review.html", context)


def _reading(request: HttpRequest, found: Reply) -> dict[str, Any]:
    scope, case = scope_of_request(request), found.case
    waiting = {one.pk for one in replies.unopened(found, scope.person_id or 0)}
    return {
        "case": case,
        "reply": found,
        "tag": (found.get_state_display(), TAGS.get(State(found.state), "")),
        "text": _text(found),
        "result": _words(
            one for one in replies.results_of(case) if one.code == found.result
        ),
        "grounds": _words(
            one for one in replies.grounds_of(case) if one.code in found.withheld
        ),
        "files": [
            _file_row(found, file, is_opened=file.pk not in waiting)
            for file in found.files.select_related("stored").order_by("pk")
        ],
        **_process(found),
    }


def _words(results: Iterable[Result]) -> list[str]:
    language = get_language() or "zh-hans"
    return [f"{one.code} {one.label.text(language)}" for one in results]


def _file_row(found: Reply, file: CaseFile, *, is_opened: bool) -> dict[str, Any]:
    file.case = found.case
    url = reverse(
        "applications-console:reply-open",
        args=[found.case_id, found.number, file.public_id],
    )
    return {
        "name": name_of(file),
        "size": file.size,
        "url": url,
        "is_opened": is_opened,
    }


def _text(found: Reply) -> list[dict[str, str]]:
    """The letter's paragraphs as the page shows them; none while fields are empty."""
    try:
        made = replies.document_of(found, found.signed_on or timezone.localdate())
    except FieldsMissing:
        return []
    blocks = reading.read(made.docx).paper.blocks
    return [
        {"text": block.text, "place": _place(block)}
        for block in blocks
        if isinstance(block, Paragraph)
    ]


def _place(block: Paragraph) -> str:
    if block.align in PLACES:
        return PLACES[block.align]
    return "indent" if block.first else ""


def _process(found: Reply | None) -> dict[str, Any]:
    if found is None:
        return {"process": []}
    steps = found.steps.select_related("agency", "decision__person")
    return {"process": list(step_events(steps, found.case.agency_id))}
