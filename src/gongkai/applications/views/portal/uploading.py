"""The applicant's files, kept one by one: a bad one loses none of the others."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.applications.choices import FileKind
from gongkai.applications.exceptions import BadInput
from gongkai.applications.files import prepare
from gongkai.applications.forms.portal import FilesForm
from gongkai.applications.intake import MOST_FILES
from gongkai.applications.services import drafting
from gongkai.applications.views.portal.filing import (
    Filing,
    is_saving,
    page_of_form,
    to,
)


@page_of_form
def files(request: HttpRequest, filing: Filing) -> HttpResponse:
    if request.method != "POST":
        return _page(request, filing, FilesForm(typed=filing.typed))
    if "remove" in request.POST:
        number = request.POST["remove"]
        if number.isdecimal() and len(number) < 19:
            drafting.remove_file(filing.draft.token, int(number))
        return to(request.path)
    form = FilesForm(request.POST, typed=filing.typed)
    filing = _take(request, filing, form)
    if is_saving(request):
        return to(filing.url("saved"))
    if form.errors:
        return _page(request, filing, form)
    if request.POST.get("act") == "add":
        return to(request.path)
    return to(filing.change(lambda typed: typed.settle("files")).onward_url)


def _take(request: HttpRequest, filing: Filing, form: FilesForm) -> Filing:
    if not form.is_valid():
        return filing
    found = request.FILES.getlist("files")
    if not found and request.POST.get("act") == "add":
        form.add_error("files", form.nothing_chosen)
    draft = filing.draft
    for upload in found:
        try:
            prepared = prepare(form.cleaned_data["kind"], upload)
            draft = drafting.add_file(draft.token, prepared)
        except BadInput as error:
            form.add_error("files", ValidationError(list(error.sentences)))
    return Filing(filing.body, draft)


def _page(request: HttpRequest, filing: Filing, form: FilesForm) -> HttpResponse:
    labels = dict(FileKind.choices)
    context = {
        **filing.context("files", filing.back_url("files")),
        "form": form,
        "files": [(one, labels[one.kind]) for one in filing.typed.files],
        "is_full": len(filing.typed.files) >= MOST_FILES,
    }
    return render(request, "applications/portal/files.html", context)
