"""The archive of a filed case, packed while it is sent."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from gongkai.agencies.acting import scope_of_request
from gongkai.applications.archiving.archives import name_of
from gongkai.applications.models import Archive
from gongkai.applications.permissions import DESK
from gongkai.applications.services.archiving import open_archive
from gongkai.applications.views.console.fetching import case_or_404
from gongkai.registry.access import staff


@staff(*DESK)
@require_safe
def archive(request: HttpRequest, case_id: int) -> HttpResponseBase:
    """The zip. Who took it is in the audit chain first; no cache keeps it."""
    case = case_or_404(request, case_id)
    found = Archive.objects.filter(case=case).first()
    if found is None:
        raise Http404
    found.case = case
    if request.method == "HEAD":
        return HttpResponse(content_type="application/zip")
    pieces = open_archive(by=scope_of_request(request), archive=found)
    answer = StreamingHttpResponse(pieces, content_type="application/zip")
    name = quote(name_of(found))
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
