"""A case with everything about it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.agencies.roles import READERS
from gongkai.applications.views.console.fetching import case_or_404
from gongkai.registry.access import staff


@staff(*READERS)
@require_safe
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    found = case_or_404(request, case_id)
    return render(request, "applications/console/case.html", {"case": found})
