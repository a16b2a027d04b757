"""What is wanted: one matter a case, up to five in one sending."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.applications.forms.portal import MatterForm, MoreForm
from gongkai.applications.intake import MOST_MATTERS, Typed
from gongkai.applications.published import likely_answers
from gongkai.applications.views.portal.filing import (
    Filing,
    is_saving,
    page_of_form,
    to,
)
from gongkai.applications.views.portal.questions import Page, question


@page_of_form
def matter(request: HttpRequest, filing: Filing, number: int) -> HttpResponse:
    """The page after it shows what is published of it."""
    typed = filing.typed
    if not 1 <= number <= min(len(typed.matters) + 1, MOST_MATTERS):
        raise Http404
    page = Page(
        _("What information do you want?"),
        _("One matter an application. You can add more matters afterwards."),
        MatterForm,
    )
    back_url = filing.url("matters") if number > 1 else ""
    if request.method != "POST":
        known = typed.matters[number - 1] if number <= len(typed.matters) else {}
        form = MatterForm(typed=typed, initial=known)
        return question(request, filing, "matters", page, form, back_url)
    form = MatterForm(request.POST, typed=typed)
    if is_saving(request):
        if any(form.raw.values()):
            filing.change(lambda typed: _keep(typed, number, form.raw))
        return to(filing.url("saved"))
    if not form.is_valid():
        return question(request, filing, "matters", page, form, back_url)
    filing.change(lambda typed: typed.set_matter(number, form.answers))
    return to(filing.matter_url(number, "published"))


@page_of_form
def published(request: HttpRequest, filing: Filing, number: int) -> HttpResponse:
    """What is out already and likely answers it; passed over where there is nothing."""
    if not 1 <= number <= len(filing.typed.matters):
        raise Http404
    wanted = filing.typed.matters[number - 1]
    rows = likely_answers(
        filing.body,
        wanted.get("subject", ""),
        wanted.get("doc_no", ""),
        timezone.localdate(),
    )
    if not rows:
        return to(filing.url("matters"))
    context = {
        **filing.context("matters", filing.matter_url(number)),
        "wanted": wanted,
        "rows": rows,
        "onward_url": filing.url("matters"),
    }
    return render(request, "applications/portal/published.html", context)


@page_of_form
def matters(request: HttpRequest, filing: Filing) -> HttpResponse:
    """The matters so far; one more, or on. One can be taken out again."""
    typed = filing.typed
    unanswered = _first_unanswered(typed)
    if is_saving(request):
        return to(filing.url("saved"))
    if request.method == "POST" and "remove" in request.POST:
        number = request.POST["remove"]
        filing.change(lambda typed: _take_out(typed, number))
        return to(filing.url("matters"))
    if unanswered:
        return to(filing.matter_url(unanswered))
    form = MoreForm(request.POST or None, typed=typed)
    is_full = len(typed.matters) >= MOST_MATTERS
    if request.method == "POST" and (is_full or form.is_valid()):
        if not is_full and form.cleaned_data["more"] == "yes":
            return to(filing.matter_url(len(typed.matters) + 1))
        return to(filing.change(lambda typed: typed.settle("matters")).onward_url)
    last = filing.matter_url(len(typed.matters))
    context = {
        **filing.context("matters", last),
        "form": form,
        "is_full": is_full,
        "most": MOST_MATTERS,
        "matters": [
            (place, one, filing.matter_url(place))
            for place, one in enumerate(typed.matters, 1)
        ],
    }
    return render(request, "applications/portal/matters.html", context)


def _first_unanswered(typed: Typed) -> int:
    """The place of the first matter that will not do as it stands; 0 for none."""
    if not typed.matters:
        return 1
    places = enumerate(typed.matters, 1)
    return next(
        (at for at, one in places if not MatterForm(one, typed=typed).is_valid()), 0
    )


def _keep(typed: Typed, number: int, answers: dict[str, str]) -> None:
    typed.set_matter(number, answers)
    typed.undo("matters")


def _take_out(typed: Typed, number: str) -> None:
    if number.isdecimal() and 1 <= int(number) <= len(typed.matters):
        del typed.matters[int(number) - 1]
        typed.undo("matters")
