"""`/case/`: number and query code, and what answers to them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.applications.exceptions import NoSuchCase
from gongkai.applications.forms.portal import QueryForm
from gongkai.applications.services.following import find_case
from gongkai.applications.views.portal.entry import let_in
from gongkai.applications.views.portal.filing import get_or_post, to
from gongkai.applications.views.portal.frame import unkept
from gongkai.catalogue.platform import Platform
from gongkai.registry.access import public
from gongkai.registry.attempts import TooMany


@public
@unkept
@get_or_post
def query(request: HttpRequest) -> HttpResponse:
    """A wrong number and a wrong code get the same answer; many get none for a while.

    Half-typed forms are not tries.
    """
    form = QueryForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    try:
        case = find_case(
            number=form.cleaned_data["number"],
            code=form.cleaned_data["code"],
            address=request.META.get("REMOTE_ADDR", ""),
        )
    except TooMany as error:
        return _page(request, form, minutes=error.minutes, status=429)
    except NoSuchCase:
        sentence = _(
            "Number and query code do not belong together. Compare both with the "
            "receipt, sign by sign."
        )
        form.add_error(None, sentence)
        return _page(request, form)
    response = to(reverse("applications:case", args=[case.number]))
    let_in(response, case)
    return response


def _page(
    request: HttpRequest, form: QueryForm, minutes: int = 0, status: int = 200
) -> HttpResponse:
    context = {
        **Platform().context(),
        "crumbs": [
            (_("Home"), reverse("portal:home")),
            ("依申请公开", reverse("applications:apply")),
            (_("Follow a case"), ""),
        ],
        "form": form,
        "minutes": minutes,
    }
    response = render(request, "applications/portal/query.html", context, status=status)
    if minutes:
        response.headers["Retry-After"] = str(minutes * 60)
    return response
