"""Cases as the signed-in person may see them; everything else is a 404."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from gongkai.agencies.acting import scope_of_request
from gongkai.applications.models import Case, CaseFile, Notice


def case_or_404(request: HttpRequest, case_id: int) -> Case:
    visible = Case.objects.visible_to(scope_of_request(request))
    related = ("agency", "paper", "handler", "joined_into")
    case: Case = get_object_or_404(visible.select_related(*related), pk=case_id)
    return case


def file_or_404(case: Case, public_id: str) -> CaseFile:
    files = CaseFile.objects.select_related("stored")
    file: CaseFile | None = files.filter(case=case, public_id=public_id).first()
    if file is None:
        raise Http404
    file.case = case
    return file


def notice_or_404(case: Case, notice_id: int) -> Notice:
    notice: Notice = get_object_or_404(case.notices, pk=notice_id)
    notice.case = case
    return notice
