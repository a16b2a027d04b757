"""What a person says of figures and findings; back to where they were."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from gongkai.agencies.acting import scope_of_request
from gongkai.registry.access import staff
from gongkai.reports.exceptions import BadClaim, NotReadNow, Unreadable
from gongkai.reports.forms import AddForm, CorrectForm, FindingForm
from gongkai.reports.models import Claim, Reading
from gongkai.reports.permissions import EDITORS
from gongkai.reports.services import judging, reading
from gongkai.reports.views.console.fetching import (
    read_one_or_404,
    reading_or_404,
)
from gongkai.reports.views.console.reading import page_of


@staff(*EDITORS)
@require_POST
def accept_all(request: HttpRequest, reading_id: int) -> HttpResponse:
    found = read_one_or_404(request, reading_id)
    count = judging.accept_all(by=scope_of_request(request), reading=found)
    words = ngettext(
        "%(count)d figure was accepted.", "%(count)d figures were accepted.", count
    )
    messages.success(request, words % {"count": count})
    return redirect(found)


@staff(*EDITORS)
@require_POST
def judge_claim(request: HttpRequest, reading_id: int, claim_id: int) -> HttpResponse:
    found = read_one_or_404(request, reading_id)
    claim = get_object_or_404(found.claims.all(), pk=claim_id)
    by = scope_of_request(request)
    following = _following(claim)
    match request.POST.get("verdict"):
        case "accept":
            judging.accept(by=by, claim=claim)
        case "reject":
            judging.reject(by=by, claim=claim)
        case _other:
            form = CorrectForm(request.POST)
            if not form.is_valid():
                _say_errors(request, form)
                return _back(request, found, claim)
            judging.correct(by=by, claim=claim, **form.cleaned_data)
    return _back(request, found, following or claim)


def _following(claim: Claim) -> Claim | None:
    """The next that is open, so that a keyboard goes through them one by one."""
    others = claim.reading.claims.filter(verdict="", position__gte=claim.position)
    return others.exclude(pk=claim.pk).first()


def _say_errors(request: HttpRequest, form: CorrectForm) -> None:
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))


def _back(request: HttpRequest, found: Reading, claim: Claim) -> HttpResponse:
    told = {name: request.POST.get(name, "") for name in ("show", "page", "part")}
    query = urlencode({name: value for name, value in told.items() if value})
    answer = redirect(found)
    answer["Location"] += f"{'?' if query else ''}{query}#claim-{claim.pk}"
    return answer


@staff(*EDITORS)
@require_POST
def add_claim(request: HttpRequest, reading_id: int) -> HttpResponse:
    found = read_one_or_404(request, reading_id)
    form = AddForm(request.POST, auto_id="id_add_%s")
    by = scope_of_request(request)
    if form.is_valid():
        try:
            claim = judging.add(by=by, reading=found, **form.cleaned_data)
        except BadClaim as error:
            form.add_error(error.field, error.sentence)
        else:
            messages.success(request, _("The figure was added."))
            answer = redirect(found)
            answer["Location"] += f"?show=all#claim-{claim.pk}"
            return answer
    context = page_of(request, found, form)
    return render(request, "reports/console/reading.html", context)


@staff(*EDITORS)
@require_POST
def judge_finding(
    request: HttpRequest, reading_id: int, report_finding_id: int
) -> HttpResponse:
    found = read_one_or_404(request, reading_id)
    finding = get_object_or_404(found.findings.all(), pk=report_finding_id)
    form = FindingForm(request.POST)
    if form.is_valid():
        by = scope_of_request(request)
        judging.judge_finding(by=by, finding=finding, **form.cleaned_data)
    else:
        messages.error(request, _("The note is too long; 300 characters at most."))
    answer = redirect(found)
    answer["Location"] += f"#finding-{finding.pk}"
    return answer


@staff(*EDITORS)
@require_POST
def read_again(request: HttpRequest, reading_id: int) -> HttpResponse:
    found = reading_or_404(request, reading_id)
    try:
        is_done = reading.read_again(by=scope_of_request(request), reading=found)
    except (NotReadNow, Unreadable):
        messages.error(request, _("This report could not be read again."))
        return redirect(found)
    if is_done:
        messages.success(request, _("The report was read again; verdicts were kept."))
    else:
        messages.info(request, _("The report is being read again; look in a moment."))
    return redirect(found)
