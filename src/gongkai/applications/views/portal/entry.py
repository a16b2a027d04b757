"""Which case this browser may open: told by number and query code, for half an hour."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.applications.models import Case
from gongkai.applications.views.portal.frame import set_cookie, unkept
from gongkai.registry.access import public

COOKIE = "case"
PATH = "/case/"
SALT = "applications.case"
OPEN_SECONDS = 30 * 60


def let_in(response: HttpResponse, case: Case) -> None:
    value = signing.dumps(case.pk, salt=SALT)
    set_cookie(response, COOKIE, value, PATH, OPEN_SECONDS)


def let_out(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def page_of_case(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """A page of the case that this browser opened; else to number and query code.

    The same answer whether or not there is a case of that number.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, number: str, **kwargs: Any) -> HttpResponseBase:
        case = _case_of(request, number)
        if case is None:
            return HttpResponseRedirect(reverse("applications:query"))
        return view(request, case, **kwargs)

    methods = require_http_methods(["GET", "HEAD", "POST"])
    return public(unkept(methods(wrapper)))


def _case_of(request: HttpRequest, number: str) -> Case | None:
    try:
        pk = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=OPEN_SECONDS
        )
    except signing.BadSignature:
        return None
    related = Case.objects.select_related("agency", "paper")
    return related.filter(pk=pk, number=number).first()
