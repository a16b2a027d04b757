"""Forms and returns as files, and the template of a body without the system."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai import returns
from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import READERS
from gongkai.registry.access import staff
from gongkai.registry.measures import Period
from gongkai.registry.papers import pdf, word
from gongkai.statistics import figures, filed, papers, permissions, sheets
from gongkai.statistics.exceptions import FilingRefused
from gongkai.statistics.forms import UploadForm
from gongkai.statistics.models import Filing
from gongkai.statistics.services.uploading import take_sheet
from gongkai.statistics.sheets import Written
from gongkai.statistics.views.fetching import (
    agency_or_404,
    as_of_or_404,
    form_or_404,
    period_name,
    period_or_404,
    reach_or_404,
)
from gongkai.statistics.views.filing import filing_or_404

MOST_BYTES = 5 * 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "pdf": "application/pdf",
}


@dataclass(frozen=True)
class Printed:
    """A form with its figures and its foot, whatever kind of file it becomes."""

    written: Written
    values: figures.Values
    foot: Mapping[str, str]
    notes: Sequence[str] = ()

    def answer(self, kind: str, name: str) -> HttpResponse:
        answer = HttpResponse(self._file(kind), content_type=KINDS[kind])
        answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
        return answer

    def _file(self, kind: str) -> bytes:
        if kind == "xlsx":
            return sheets.workbook(self.written, self.values, self.foot, self.notes)
        paper = papers.paper(self.written, self.values, self.foot, self.notes)
        return word(paper) if kind == "docx" else pdf(paper)


@staff(*READERS)
@require_safe
def form_file(request: HttpRequest, slug: str, year: int, kind: str) -> HttpResponse:
    """The form as computed now."""
    agency, official = agency_or_404(request, slug, year), form_or_404(request, year)
    reach = reach_or_404(request, agency)
    period = period_or_404(request.GET.get("period", ""), year)
    as_of = as_of_or_404(request)
    asked = figures.asked_for(agency, period, as_of, reach)
    values = figures.form_values(official, asked)
    written = sheets.written_of(agency, official, period, reach)
    notes = [f"按台账计算，截至 {timezone.localtime(as_of):%Y-%m-%d %H:%M}，未报送。"]
    made = Printed(written, values, sheets.foot_of(Filing()), notes)
    return made.answer(kind, f"{official.name}-{slug}-{_told(period)}")


@staff(*READERS)
@require_safe
def filing_file(request: HttpRequest, filing_id: int, kind: str) -> HttpResponse:
    found = filing_or_404(request, filing_id)
    computed = filed.shown(found)
    made = Printed(
        sheets.written_as(found),
        computed.values,
        sheets.foot_of(found),
        papers.notes(found, filed.quality(computed, found.explanations.count())),
    )
    name = f"{found.form}-{found.agency.slug}-{_told(found.period)}-v{found.version}"
    return made.answer(kind, name)


def _told(period: Period) -> str:
    name = period_name(period)
    return f"{period.first.year}-{name}" if name else str(period.first.year)


@staff(*READERS)
@require_safe
def template(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The empty form, to be filled by hand and brought back."""
    agency, official = agency_or_404(request, slug, year), form_or_404(request, year)
    period = period_or_404(request.GET.get("period", ""), year)
    written = sheets.written_of(agency, official, period)
    made = Printed(written, {}, sheets.foot_of(Filing()))
    return made.answer("xlsx", f"template-{official.name}-{slug}-{_told(period)}")


@staff(*permissions.PREPARING)
def upload(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    agency = agency_or_404(request, slug, year)
    if not permissions.can_prepare(scope_of_request(request), agency):
        raise Http404
    official = form_or_404(request, year)
    period = period_or_404(request.GET.get("period", ""), year)
    form = UploadForm(request.POST or None, request.FILES or None)
    if filed.current(agency, period, official.name) is None:
        del form.fields["public_note"]
    if request.method == "POST" and form.is_valid():
        try:
            return _taken(request, agency, official, period, form.cleaned_data)
        except (sheets.BadSheet, FilingRefused) as error:
            form.add_error("file", list(error.sentences))
    context = {
        "agency": agency,
        "year": year,
        "official": official,
        "form": form,
        "period": period,
        "period_name": period_name(period),
    }
    return render(request, "statistics/upload.html", context)


def _taken(
    request: HttpRequest,
    agency: Agency,
    official: returns.Form,
    period: Period,
    told: dict[str, Any],
) -> HttpResponse:
    if told["file"].size > MOST_BYTES:
        raise sheets.BadSheet(_("The file is too large for a filled template."))
    draft = take_sheet(
        by=scope_of_request(request),
        agency=agency,
        form=official,
        period=period,
        data=told["file"].read(),
        public_note=told.get("public_note", ""),
    )
    messages.success(
        request, _("Every cell was taken over. Check, then sign and file.")
    )
    return redirect("statistics:filing", filing_id=draft.pk)
