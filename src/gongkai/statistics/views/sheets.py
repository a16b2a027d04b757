"""Forms and returns as spreadsheets, and the template of a body without the system."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai import returns
from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.roles import READERS
from gongkai.registry.access import staff
from gongkai.registry.measures import Period
from gongkai.statistics import figures, filed, permissions, sheets
from gongkai.statistics.exceptions import FilingRefused
from gongkai.statistics.forms import UploadForm
from gongkai.statistics.models import Filing
from gongkai.statistics.services.uploading import take_sheet, written_as, written_of
from gongkai.statistics.views.fetching import (
    agency_or_404,
    form_or_404,
    reach_or_404,
)
from gongkai.statistics.views.filing import filing_or_404

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES = 5 * 1024 * 1024


def _answer(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


@staff(*READERS)
@require_safe
def form_xlsx(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The form as computed now."""
    agency = agency_or_404(request, slug, year)
    official, period = form_or_404(request, year), Period.year(year)
    reach = reach_or_404(request, agency)
    asked = figures.asked_for(agency, period, timezone.now(), reach)
    values = figures.form_values(official, asked)
    written = written_of(agency, official, period)
    data = sheets.workbook(written, values, sheets.foot_of(Filing()))
    return _answer(data, f"{official.name}-{slug}-{year}")


@staff(*READERS)
@require_safe
def filing_xlsx(request: HttpRequest, filing_id: int) -> HttpResponse:
    found = filing_or_404(request, filing_id)
    computed = filed.shown(found)
    data = sheets.workbook(written_as(found), computed.values, sheets.foot_of(found))
    name = f"{found.form}-{found.agency.slug}-{found.first.year}-v{found.version}"
    return _answer(data, name)


@staff(*READERS)
@require_safe
def template(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The empty form, to be filled by hand and brought back."""
    agency, official = agency_or_404(request, slug, year), form_or_404(request, year)
    written = written_of(agency, official, Period.year(year))
    data = sheets.workbook(written, {}, sheets.foot_of(Filing()))
    return _answer(data, f"template-{official.name}-{slug}-{year}")


@staff(*permissions.PREPARING)
def upload(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    agency = agency_or_404(request, slug, year)
    if not permissions.can_prepare(scope_of_request(request), agency):
        raise Http404
    official = form_or_404(request, year)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _taken(request, slug, year, official, form.cleaned_data["file"])
        except (sheets.BadSheet, FilingRefused) as error:
            form.add_error("file", list(error.sentences))
    context = {"agency": agency, "year": year, "official": official, "form": form}
    return render(request, "statistics/upload.html", context)


def _taken(
    request: HttpRequest, slug: str, year: int, official: returns.Form, file: object
) -> HttpResponse:
    if file.size > MOST_BYTES:  # type: ignore[attr-defined]
        raise sheets.BadSheet(_("The file is too large for a filled template."))
    draft = take_sheet(
        by=scope_of_request(request),
        agency=agency_or_404(request, slug, year),
        form=official,
        period=Period.year(year),
        data=file.read(),  # type: ignore[attr-defined]
    )
    messages.success(
        request, _("Every cell was taken over. Check, then sign and file.")
    )
    return redirect("statistics:filing", filing_id=draft.pk)
