"""The register as a file: what the filters leave, noted before it leaves."""

from urllib.parse import quote

from django.db import transaction
from django.db.models import Count
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.agencies.acting import acting_agency, scope_of_request
from gongkai.agencies.roles import READERS
from gongkai.agencies.scope import Scope
from gongkai.applications import exporting
from gongkai.applications.exceptions import BadInput
from gongkai.applications.forms.exports import ExportForm
from gongkai.applications.permissions import DESK
from gongkai.applications.querysets import CaseQuerySet
from gongkai.applications.services.showing import note_export
from gongkai.applications.views.console import register
from gongkai.applications.views.summary import records_asked
from gongkai.registry.access import staff
from gongkai.registry.files import XLSX


@staff(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """GET asks what shall leave; POST notes it and gives the file."""
    cases = _cases(request)
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _file(request, cases, form)
        except BadInput as error:
            form.add_error(error.field, error.sentences[0])
    scope = scope_of_request(request)
    context = {
        "form": form,
        "count": cases.order_by().count(),
        "may_name": bool(scope.agency_ids(*DESK)),
        "back": f"{reverse('applications-console:list')}?{request.GET.urlencode()}",
    }
    return render(request, "applications/registers/export.html", context)


def _cases(request: HttpRequest) -> CaseQuerySet:
    """A figure's records, or what the register's filters leave."""
    if "figure" in request.GET:
        return records_asked(request).cases
    return register.found_by(request).cases


def _file(
    request: HttpRequest, cases: CaseQuerySet, form: ExportForm
) -> HttpResponseBase:
    scope = scope_of_request(request)
    with_persons = form.cleaned_data["persons"] == "named"
    _note(request, scope, cases, form.cleaned_data["reason"], with_persons)
    told = exporting.Register(cases, scope, with_persons=with_persons)
    answer: HttpResponseBase
    if form.cleaned_data["kind"] == "csv":
        answer = StreamingHttpResponse(
            exporting.csv_lines(told), content_type="text/csv; charset=utf-8"
        )
    else:
        answer = FileResponse(exporting.workbook(told), content_type=XLSX)
    name = f"{_('register')}-{timezone.localdate():%Y%m%d}.{form.cleaned_data['kind']}"
    answer.headers["Content-Disposition"] = (
        f"attachment; filename*=UTF-8''{quote(name)}"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@transaction.atomic
def _note(
    request: HttpRequest,
    scope: Scope,
    cases: CaseQuerySet,
    reason: str,
    with_persons: bool,
) -> None:
    """In the chain of each agency of which something leaves."""
    per_agency = cases.order_by().values_list("agency").annotate(Count("pk"))
    counts = dict(per_agency.order_by("agency"))
    acting = acting_agency(request)
    if not counts and acting is not None:
        counts = {acting.pk: 0}
    for agency_id, count in counts.items():
        note_export(
            by=scope,
            agency_id=agency_id,
            count=count,
            reason=reason,
            with_persons=with_persons and scope.holds(agency_id, *DESK),
        )
    if with_persons and not reason.strip():
        # Nobody's name is in it, but names were asked for.
        raise BadInput("reason", _("Write what the names are needed for."))
