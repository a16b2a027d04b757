"""The pages of the online form that hold one question and nothing else."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongkai.applications.forms.portal import (
    AgentForm,
    ContactForm,
    DeliveryForm,
    OrganisationForm,
    PersonForm,
    Question,
    WhoForm,
)
from gongkai.applications.intake import Typed
from gongkai.applications.views.portal.filing import (
    Filing,
    is_saving,
    page_of_form,
    to,
)


@dataclass(frozen=True)
class Page:
    """A question, a word on why it is asked, and its form."""

    title: str
    hint: str
    form: type[Question]


def page_of(step: str, typed: Typed) -> Page | None:
    """What a step asks: of a person in other words than of an organisation."""
    if step == "who":
        return Page(
            _("Who applies?"),
            _(
                "The law has applicants counted by these kinds. What you want the "
                "information for is not asked."
            ),
            WhoForm,
        )
    if step == "identity":
        hint = _(
            "The Regulations ask for proof of identity (Art. 29). It is kept "
            "encrypted; only the office that handles the case reads it."
        )
        if typed.is_person:
            return Page(_("Who are you?"), hint, PersonForm)
        return Page(_("Which organisation applies?"), hint, OrganisationForm)
    if step == "agent":
        return Page(_("Does an agent apply for the applicant?"), "", AgentForm)
    if step == "contact":
        hint = _("A telephone number or an e-mail address is enough.")
        return Page(_("How can the office reach you?"), hint, ContactForm)
    if step == "delivery":
        hint = _(
            "The office follows your wish unless the record could be damaged or the "
            "cost is too high; then it offers another form (Art. 40)."
        )
        return Page(_("How do you want the information?"), hint, DeliveryForm)
    return None


@page_of_form
def step(request: HttpRequest, filing: Filing, step: str) -> HttpResponse:
    page = page_of(step, filing.typed)
    if page is None:
        raise Http404
    if request.method != "POST":
        form = page.form(typed=filing.typed, initial=filing.typed.of(step))
        return question(request, filing, step, page, form)
    form = page.form(request.POST, typed=filing.typed)
    if is_saving(request):
        filing.change(lambda typed: typed.keep(step, form.raw))
        return to(filing.url("saved"))
    if not form.is_valid():
        return question(request, filing, step, page, form)
    return to(filing.change(lambda typed: typed.accept(step, form.answers)).onward_url)


def question(
    request: HttpRequest,
    filing: Filing,
    step: str,
    page: Page,
    form: Question,
    back_url: str = "",
) -> HttpResponse:
    context = {
        **filing.context(step, back_url or filing.back_url(step)),
        "page": page,
        "form": form,
        "fields": [(field, form.sizes.get(field.name, "")) for field in form],
    }
    return render(request, "applications/portal/question.html", context)
