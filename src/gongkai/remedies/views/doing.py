"""One page for every act of a remedy: its form, and doing it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.models import Person
from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.scope import Scope
from gongkai.applications.files import Prepared, prepare
from gongkai.applications.permissions import DESK
from gongkai.applications.views.console.refusals import add_to_form
from gongkai.registry.access import staff
from gongkai.registry.once import new_token, once
from gongkai.remedies import rules
from gongkai.remedies.choices import FileKind
from gongkai.remedies.exceptions import ApplicationRefused
from gongkai.remedies.forms import ActForm
from gongkai.remedies.models import Hearing, Remedy
from gongkai.remedies.services import handling
from gongkai.remedies.transitions import TRANSITIONS, Transition
from gongkai.remedies.views.fetching import remedy_or_404

Given = Mapping[str, Any]
Doing = Callable[[Scope, Remedy, Given], object]
UPLOADS = {
    "defence": FileKind.DEFENCE,
    "decision": FileKind.DECISION,
    "files": FileKind.HEARING,
}
"""Fields of files, and what they are of the remedy."""


def _with(service: Callable[..., object], *names: str, files: str = "") -> Doing:
    def do(by: Scope, remedy: Remedy, given: Given) -> object:
        told = {name: given[name] for name in names}
        if files:
            told["files"] = _prepared(given[files], files, UPLOADS[files])
        return service(by=by, remedy=remedy, **told)

    return do


def _prepared(uploads: list[Any], field: str, kind: str) -> list[Prepared]:
    return [prepare(kind, upload, field) for upload in uploads]


def _add_documents(by: Scope, remedy: Remedy, given: Given) -> object:
    files = _prepared(given["files"], "files", given["file_kind"])
    return handling.add_documents(by=by, remedy=remedy, files=files)


def _hold_hearing(by: Scope, remedy: Remedy, given: Given) -> object:
    files = _prepared(given["files"], "files", UPLOADS["files"])
    hearing = _hearing(remedy, given)
    return handling.hold_hearing(
        by=by, hearing=hearing, text=given["text"], files=files
    )


def _call_off(by: Scope, remedy: Remedy, given: Given) -> object:
    hearing = _hearing(remedy, given)
    return handling.call_off_hearing(by=by, hearing=hearing, text=given["text"])


def _hearing(remedy: Remedy, given: Given) -> Hearing:
    found: Hearing = get_object_or_404(remedy.hearings, pk=given["hearing"])
    found.remedy = remedy
    return found


def _assign(by: Scope, remedy: Remedy, given: Given) -> object:
    handler = Person.objects.get(pk=given["handler"])
    return handling.assign(by=by, remedy=remedy, handler=handler)


DO: Mapping[str, Doing] = {
    "defend": _with(handling.defend, "on", "defence_no", "text", files="defence"),
    "put_off_defence": _with(handling.put_off_defence, "until", "text"),
    "to_ordinary": _with(handling.to_ordinary, "on"),
    "accept": _with(handling.accept, "on", "body_number"),
    "set_hearing": _with(handling.set_hearing, "when", "place"),
    "hold_hearing": _hold_hearing,
    "call_off_hearing": _call_off,
    "extend": _with(handling.extend, "on", "until", "text"),
    "suspend": _with(handling.suspend, "on", "text"),
    "resume": _with(handling.resume, "on"),
    "decide": _with(
        handling.decide,
        *("on", "outcome", "decision_no", "served_on", "text"),
        files="decision",
    ),
    "correct_decision": _with(
        handling.correct_decision, "on", "outcome", "text", "decision_no"
    ),
    "serve": _with(handling.serve, "on"),
    "note_appeal": _with(handling.note_appeal, "appeal"),
    "add_documents": _add_documents,
    "assign": _assign,
    "archive": _with(handling.archive),
    "strike_out": _with(handling.strike_out, "text"),
}


@staff(*DESK)
def act(request: HttpRequest, remedy_id: int, act: str) -> HttpResponse:
    """GET shows the form, POST does it."""
    remedy, row = remedy_or_404(request, remedy_id), TRANSITIONS.get(act)
    if row is None or remedy.kind not in row.kinds:
        raise Http404
    scope = scope_of_request(request)
    if not scope.holds(remedy.agency_id, *row.who):
        raise PermissionDenied
    today = timezone.localdate()
    if request.method != "POST":
        if reason := rules.why_not(row, remedy, scope):
            messages.warning(request, f"{row.label}: {reason}")
            return redirect("remedies:remedy", remedy_id=remedy.pk)
        return _page(request, remedy, row, ActForm(row, remedy, today))
    form = ActForm(row, remedy, today, request.POST, request.FILES)
    if form.is_valid():
        try:
            return once(request, lambda: _done(request, scope, remedy, row, form))
        except ApplicationRefused as error:
            add_to_form(form, error)
    return _page(request, remedy, row, form)


def _done(
    request: HttpRequest, scope: Scope, remedy: Remedy, row: Transition, form: ActForm
) -> HttpResponse:
    DO[row.name](scope, remedy, form.cleaned_data)
    messages.success(request, _("Entered: %(act)s.") % {"act": row.label})
    return redirect("remedies:remedy", remedy_id=remedy.pk)


def _page(
    request: HttpRequest, remedy: Remedy, row: Transition, form: ActForm
) -> HttpResponse:
    context = {
        "remedy": remedy,
        "row": row,
        "form": form,
        "title": row.label,
        "act": row.label,
        "once": new_token(),
        "facts": _facts(remedy),
        "consequences": _consequences(row) if row.is_final else [],
        "quiet": row.name == "archive",
        "back": reverse("remedies:remedy", args=[remedy.pk]),
    }
    return render(request, "remedies/console/act.html", context)


def _facts(remedy: Remedy) -> list[dict[str, str]]:
    facts = [
        {"label": _("Register number"), "value": remedy.number},
        {"label": _("Kind"), "value": str(remedy.get_kind_display())},
        {"label": _("Matter"), "value": remedy.subject},
        {"label": _("Receiving body"), "value": remedy.body},
        {
            "label": _("Copy received on"),
            "value": remedy.copy_received_on.isoformat(),
        },
    ]
    if remedy.due_on:
        due = remedy.due_on.isoformat()
        facts.append({"label": _("Defence due on"), "value": due})
    return facts


def _consequences(row: Transition) -> list[str]:
    if row.name == "archive":
        return [_("The file is complete: nothing is added any more.")]
    return [
        _("It stays to be read, and is counted nowhere from now on."),
        _("Figures as they were known on an earlier day stay as they were."),
    ]
