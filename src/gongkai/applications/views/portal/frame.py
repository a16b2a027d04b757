"""What the pages of applying and following share: frame, cookies, headers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.catalogue.models import ColumnKind
from gongkai.catalogue.navigation import Section

UNKEPT = "private, no-store"
Crumbs = list[tuple[str, str]]


def unkept(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For a page with somebody's own data: nobody keeps it, no search engine reads it.

    With ``@public`` above it.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = UNKEPT
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return wrapper


def agency_or_404(slug: str) -> Agency:
    """A body that exists today; a dissolved one takes no applications."""
    existing = Agency.objects.existing(timezone.localdate())
    agency: Agency = get_object_or_404(existing, slug=slug)
    return agency


def frame(agency: Agency, *crumbs: tuple[str, str]) -> dict[str, object]:
    """The agency's own site around a page of its desk."""
    section = Section(agency)
    home = (_("Home"), reverse("portal:agency", args=[agency.slug]))
    return {
        **section.context(section.of_kind(ColumnKind.APPLY)),
        "crumbs": [home, ("依申请公开", _desk_url(agency)), *crumbs],
    }


def _desk_url(agency: Agency) -> str:
    """A dissolved body takes no applications; its cases go on being followed."""
    gone_on = agency.dissolved_on
    if gone_on is not None and gone_on <= timezone.localdate():
        return reverse("applications:apply")
    return start_url(agency)


def start_url(agency: Agency) -> str:
    return reverse("applications:start", args=[agency.slug])


def set_cookie(
    response: HttpResponse, name: str, value: str, path: str, max_age: int | None = None
) -> None:
    response.set_cookie(
        name,
        value,
        max_age=max_age,
        path=path,
        secure=settings.BEHIND_TLS,
        httponly=True,
        samesite="Lax",
    )
