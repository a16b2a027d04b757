"""What an applicant may do with the own case: correct, give reasons, withdraw, rate."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.applications import notices, rules
from gongkai.applications.choices import FileKind
from gongkai.applications.exceptions import BadInput, NotAllowedNow
from gongkai.applications.files import Prepared, prepare
from gongkai.applications.forms.portal import (
    CorrectionForm,
    RateForm,
    ReasonsForm,
    WithdrawForm,
)
from gongkai.applications.intake import MOST_FILES
from gongkai.applications.models import Case, Notice
from gongkai.applications.rules import Actor
from gongkai.applications.services import asking, following, handling
from gongkai.applications.transitions import TRANSITIONS
from gongkai.applications.views.portal.entry import page_of_case
from gongkai.applications.views.portal.filing import to
from gongkai.applications.views.portal.following import case_frame

APPLICANT = Actor()


@page_of_case
def correct(request: HttpRequest, case: Case) -> HttpResponse:
    """Text or files; the term begins anew on the day on which it comes in."""
    if (refused := _refused(request, case, "receive_correction")) is not None:
        return refused
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        prepared = _prepared(request, form)
        if not form.errors:

            def act() -> None:
                asking.receive_correction(
                    actor=APPLICANT,
                    case=case,
                    text=form.cleaned_data["text"],
                    files=prepared,
                )

            done = _("Your correction is in. The term begins anew today.")
            if (answer := _done(request, case, form, act, done)) is not None:
                return answer
    title = _("Correct your application (补正)")
    letter = _letter(case, "correction")
    return _page(request, case, title, form, _("Send the correction"), letter)


@page_of_case
def give_reasons(request: HttpRequest, case: Case) -> HttpResponse:
    if (refused := _refused(request, case, "receive_reasons")) is not None:
        return refused
    form = ReasonsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            text = form.cleaned_data["text"]
            asking.receive_reasons(actor=APPLICANT, case=case, text=text)

        done = _("Your reasons are in.")
        if (answer := _done(request, case, form, act, done)) is not None:
            return answer
    title = _("Give your reasons (说明理由)")
    letter = _letter(case, "reasons")
    return _page(request, case, title, form, _("Send the reasons"), letter)


@page_of_case
def withdraw(request: HttpRequest, case: Case) -> HttpResponse:
    """It cannot be undone: a page to confirm."""
    if (refused := _refused(request, case, "withdraw")) is not None:
        return refused
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            text = form.cleaned_data["text"]
            handling.withdraw(actor=APPLICANT, case=case, text=text)

        done = _("Your application is withdrawn.")
        if (answer := _done(request, case, form, act, done)) is not None:
            return answer
    context = {
        **case_frame(case, (_("Withdraw"), "")),
        "form": form,
        "facts": [
            {"label": _("Case number"), "value": case.number},
            {"label": _("Information"), "value": case.subject},
        ],
        "consequences": [
            _("The office stops looking for the information and does not answer."),
            _("If you want it after all, apply again: a new case, a new term."),
        ],
        "cancel_url": _case_url(case),
    }
    return render(request, "applications/portal/withdraw.html", context)


@page_of_case
def rate(request: HttpRequest, case: Case) -> HttpResponse:
    if not rules.can_rate(case):
        messages.info(request, _("It cannot be rated now, or was rated already."))
        return to(_case_url(case))
    form = RateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            following.rate(case=case, rating=form.cleaned_data["rating"])

        done = _("Thank you. Your rating is kept with the case.")
        if (answer := _done(request, case, form, act, done)) is not None:
            return answer
    title = _("Rate how it was handled")
    return _page(request, case, title, form, _("Send the rating"))


def _refused(request: HttpRequest, case: Case, name: str) -> HttpResponse | None:
    """Back to the case where the act is not allowed now; sent twice it was done."""
    reason = rules.why_not(TRANSITIONS[name], case, APPLICANT, timezone.localdate())
    if not reason:
        return None
    if not _was_just_done(case, name):
        messages.info(request, reason)
    return to(_case_url(case))


def _was_just_done(case: Case, name: str) -> bool:
    return case.acts.filter(name=name, by_applicant=True).exists()


def _done(
    request: HttpRequest,
    case: Case,
    form: Form,
    act: Callable[[], None],
    sentence: str,
) -> HttpResponse | None:
    """To the case once it is done; None where the form has to be shown again."""
    try:
        act()
    except BadInput as error:
        field = error.field if error.field in form.fields else None
        form.add_error(field, ValidationError(list(error.sentences)))
        return None
    except NotAllowedNow as error:
        messages.info(request, "\n".join(error.sentences))
        return to(_case_url(case))
    messages.success(request, sentence)
    return to(_case_url(case))


def _prepared(request: HttpRequest, form: Form) -> list[Prepared]:
    found = request.FILES.getlist("files")
    if len(found) > MOST_FILES:
        form.add_error(
            "files",
            _("These are %(count)s files; at most %(most)s fit. Choose fewer.")
            % {"count": len(found), "most": MOST_FILES},
        )
        return []
    prepared = []
    for upload in found:
        try:
            prepared.append(prepare(FileKind.CORRECTION, upload))
        except BadInput as error:
            form.add_error("files", ValidationError(list(error.sentences)))
    return prepared


def _letter(case: Case, kind: str) -> str:
    found: Notice | None = case.notices.filter(kind=kind, to_applicant=True).last()
    if found is None:
        return ""
    found.case = case
    return notices.read(found)


def _page(
    request: HttpRequest,
    case: Case,
    title: str,
    form: Form,
    act: str,
    letter: str = "",
) -> HttpResponse:
    context = {
        **case_frame(case, (title, "")),
        "title": title,
        "form": form,
        "act": act,
        "letter": letter,
        "back_url": _case_url(case),
    }
    return render(request, "applications/portal/act.html", context)


def _case_url(case: Case) -> str:
    return reverse("applications:case", args=[case.number])
