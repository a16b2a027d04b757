from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from gongkai.agencies.acting import own_agencies, scope_of_request
from gongkai.agencies.models import Agency
from gongkai.reports import permissions
from gongkai.reports.models import Reading


def reading_or_404(request: HttpRequest, reading_id: int) -> Reading:
    visible = Reading.objects.visible_to(scope_of_request(request))
    return get_object_or_404(visible.select_related("agency", "item"), pk=reading_id)


def read_one_or_404(request: HttpRequest, reading_id: int) -> Reading:
    """One whose text and figures are there to be judged."""
    found = reading_or_404(request, reading_id)
    if not found.is_read:
        raise Http404
    return found


def editable_agencies(request: HttpRequest) -> list[Agency]:
    """Those for which the person has reports read."""
    by = scope_of_request(request)
    return [one for one in own_agencies(request) if permissions.can_add(by, one)]
