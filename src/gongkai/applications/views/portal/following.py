"""`/case/<number>/`: how a case stands, its letters and files."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.applications import notices, rules
from gongkai.applications.files import chunks_of, name_of
from gongkai.applications.models import Case, CaseFile
from gongkai.applications.persons import open_case
from gongkai.applications.rules import Actor
from gongkai.applications.views.portal.entry import let_out, page_of_case
from gongkai.applications.views.portal.filing import to
from gongkai.applications.views.portal.frame import frame
from gongkai.applications.views.portal.telling import (
    Telling,
    downloads_of,
    letter_url,
    letters_of,
    timeline,
)
from gongkai.registry.sealing import CannotOpen
from gongkai.registry.views import streamed

# Where the applicant may do an act: the pages of ``acting``.
PAGES = {
    "receive_correction": "correct",
    "receive_reasons": "reasons",
    "withdraw": "withdraw",
}


@page_of_case
def case(request: HttpRequest, case: Case) -> HttpResponse:
    """All in one; leaving it (a POST) makes this browser forget the case."""
    if request.method == "POST":
        response = to(reverse("applications:query"))
        let_out(response)
        return response
    acts = allowed_acts(case)
    context = {
        **case_frame(case),
        "told": Telling.of(case),
        "events": timeline(case),
        "letters": [(one, letter_url(case, one)) for one in letters_of(case)],
        "files": list(_files(case)),
        "acts": acts,
        "asked": acts.keys() - {"withdraw"},
        "fee": _open_fee(case),
        "wanted": _wanted(case),
        "can_rate": rules.can_rate(case),
    }
    return render(request, "applications/portal/case.html", context)


@page_of_case
def letter(request: HttpRequest, case: Case, notice_id: int) -> HttpResponse:
    found = get_object_or_404(case.notices, pk=notice_id, to_applicant=True)
    found.case = case
    return _letter(request, case, found.title, notices.read(found))


@page_of_case
def receipt(request: HttpRequest, case: Case) -> HttpResponse:
    act = case.acts.filter(name="register").first()
    if act is None:
        raise Http404
    act.case = case
    try:
        text = notices.receipt(act)
    except CannotOpen:
        text = ""
    return _letter(request, case, "接收回执", text)


@page_of_case
def file(request: HttpRequest, case: Case, public_id: str) -> HttpResponseBase:
    """The plain bytes, opened chunk by chunk; nothing in them runs in a browser."""
    found = case.files.filter(public_id=public_id, for_applicant=True)
    one = found.select_related("stored").first()
    if one is None:
        raise Http404
    one.case = case
    try:
        name = name_of(one)
    except CannotOpen as error:
        raise Http404 from error
    return streamed(chunks_of(one), name=name, size=one.size, media_type=one.media_type)


def case_frame(case: Case, *crumbs: tuple[str, str]) -> dict[str, object]:
    own = reverse("applications:case", args=[case.number])
    return {
        **frame(case.agency, (case.number, own if crumbs else ""), *crumbs),
        "case": case,
    }


def allowed_acts(case: Case) -> dict[str, str]:
    """The address of each act that the applicant may do now."""
    choices = rules.choices_for(case, Actor(), timezone.localdate())
    return {
        name: reverse(f"applications:{PAGES[name]}", args=[case.number])
        for choice in choices
        if choice.is_allowed and (name := choice.transition.name) in PAGES
    }


def _letter(request: HttpRequest, case: Case, title: str, text: str) -> HttpResponse:
    context = {
        **case_frame(case, (title, "")),
        "title": title,
        "text": text,
        "back_url": reverse("applications:case", args=[case.number]),
    }
    return render(request, "applications/portal/letter.html", context)


def _files(case: Case) -> Iterator[dict[str, object]]:
    for one in downloads_of(case):
        yield {
            "name": _name(one),
            "url": reverse("applications:file", args=[case.number, one.public_id]),
            "kind": one.get_kind_display(),
            "size": one.size,
        }


def _name(file: CaseFile) -> str:
    try:
        return name_of(file)
    except CannotOpen:
        return _("(deleted)")


def _open_fee(case: Case) -> object | None:
    fee = getattr(case, "fee", None)
    return fee if fee is not None and fee.paid_on is None and case.is_open else None


def _wanted(case: Case) -> object | None:
    try:
        return open_case(case).wanted
    except CannotOpen:
        return None
