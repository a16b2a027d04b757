"""`/apply/`: to which body, what to have ready, and how it goes on from there."""

from datetime import date
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai import law
from gongkai.agencies.models import Agency
from gongkai.applications import blankform
from gongkai.applications.views.portal.frame import agency_or_404, frame, unkept
from gongkai.catalogue.freshness import freshness
from gongkai.catalogue.platform import Platform
from gongkai.registry.access import public
from gongkai.registry.caching import cached_page, narrow_query
from gongkai.registry.files import DOCX
from gongkai.registry.papers import word

A_PAGE = 30


@public
@require_safe
def apply(request: HttpRequest) -> HttpResponse:
    narrow_query(request, "body", "about", "page")
    today = timezone.localdate()
    key = ("apply", *freshness(today))
    return cached_page(request, key, lambda: _apply(request, today))


def _apply(request: HttpRequest, today: date) -> HttpResponse:
    found = Agency.objects.existing(today)
    name = request.GET.get("body", "")
    if name:
        found = found.filter(name__icontains=name)
    context = {
        **Platform().context(),
        "crumbs": [(_("Home"), reverse("portal:home")), ("依申请公开", "")],
        "page_obj": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "name": name,
        "about": request.GET.get("about", ""),
        "terms": law.regime_on(today).terms,
    }
    return render(request, "applications/portal/apply.html", context)


@public
@unkept
@require_safe
def blank_form(request: HttpRequest, agency: str) -> HttpResponse:
    """政府信息公开申请表, empty, to print and to send by post or bring along."""
    body = agency_or_404(agency)
    context = {
        **frame(body, (blankform.TITLE, "")),
        "body": body,
        "receiver": blankform.receiver(body),
        "groups": blankform.groups(),
        "signed": blankform.SIGNED,
        "foot": blankform.foot(body),
    }
    return render(request, "applications/portal/blank_form.html", context)


@public
@require_safe
def blank_form_file(request: HttpRequest, agency: str) -> HttpResponse:
    """The same as a Word file, to fill in at home."""
    body = agency_or_404(agency)
    response = HttpResponse(word(blankform.paper(body)), content_type=DOCX)
    name = quote(f"{blankform.TITLE}（{body.short_name or body.name}）.docx")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
