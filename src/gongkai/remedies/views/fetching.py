"""Remedies as the signed-in person may see them; everything else is a 404."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from gongkai.agencies.acting import scope_of_request
from gongkai.remedies.models import Remedy, RemedyFile


def remedy_or_404(request: HttpRequest, remedy_id: int) -> Remedy:
    visible = Remedy.objects.visible_to(scope_of_request(request))
    related = ("agency", "case", "handler", "follows")
    found: Remedy = get_object_or_404(visible.select_related(*related), pk=remedy_id)
    return found


def file_or_404(remedy: Remedy, public_id: str) -> RemedyFile:
    files = RemedyFile.objects.select_related("stored")
    file: RemedyFile | None = files.filter(remedy=remedy, public_id=public_id).first()
    if file is None:
        raise Http404
    file.remedy = remedy
    return file
