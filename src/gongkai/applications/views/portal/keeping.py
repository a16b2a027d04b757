"""Coming back to a draft, leaving it, and the receipts of what was sent."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.models import Agency
from gongkai.applications import notices
from gongkai.applications.exceptions import NoSuchDraft
from gongkai.applications.forms.portal import ReturnForm
from gongkai.applications.services import drafting
from gongkai.applications.services.registering import Receipt
from gongkai.applications.views.portal.drafts import hold, let_go, token_of
from gongkai.applications.views.portal.filing import (
    Filing,
    get_or_post,
    onward_url,
    page_of_form,
    to,
    url_of,
)
from gongkai.applications.views.portal.frame import (
    agency_or_404,
    frame,
    start_url,
    unkept,
)
from gongkai.applications.views.portal.telling import Telling
from gongkai.catalogue.platform import Platform
from gongkai.registry.access import public
from gongkai.registry.attempts import TooMany


@page_of_form
def saved(request: HttpRequest, filing: Filing) -> HttpResponse:
    """The one page that shows the code to come back with."""
    context = {
        **frame(filing.body),
        "body": filing.body,
        "code": drafting.code_of(filing.draft.token),
        "address": request.build_absolute_uri(reverse("applications:back")),
        "onward_url": filing.onward_url,
        "days": drafting.KEPT.days,
        "has_files": bool(filing.typed.files),
    }
    return render(request, "applications/portal/saved.html", context)


@public
@unkept
@get_or_post
def back(request: HttpRequest) -> HttpResponse:
    """With the code that ``saved`` showed, to where the applicant left off.

    The code is sent in the body: an address stands in logs and histories.
    """
    form = ReturnForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _back_page(request, form)
    try:
        token = drafting.come_back(
            form.cleaned_data["code"], address=request.META.get("REMOTE_ADDR", "")
        )
    except TooMany as error:
        return _back_page(request, form, minutes=error.minutes, status=429)
    except NoSuchDraft:
        sentence = _(
            "No application is kept under this code. Compare it sign by sign; what is "
            "not sent within %(days)s days is deleted."
        )
        form.add_error("code", sentence % {"days": drafting.KEPT.days})
        return _back_page(request, form)
    response = to(_left_off(token))
    hold(response, token)
    return response


def _left_off(token: str) -> str:
    sent_ones = drafting.receipts(token)
    if sent_ones:
        return url_of(sent_ones[0].case.agency.slug, "sent")
    return onward_url(drafting.find(token).typed)


def _back_page(
    request: HttpRequest, form: ReturnForm, minutes: int = 0, status: int = 200
) -> HttpResponse:
    context = {
        **Platform().context(),
        "crumbs": [
            (_("Home"), reverse("portal:home")),
            ("依申请公开", reverse("applications:apply")),
            (_("Go on with a saved application"), ""),
        ],
        "form": form,
        "minutes": minutes,
        "days": drafting.KEPT.days,
    }
    response = render(request, "applications/portal/back.html", context, status=status)
    if minutes:
        response.headers["Retry-After"] = str(minutes * 60)
    return response


@public
@unkept
@require_POST
def leave(request: HttpRequest, agency: str) -> HttpResponse:
    """This browser forgets the application; the address and the receipts still work."""
    response = to(start_url(agency_or_404(agency)))
    let_go(response)
    return response


@public
@unkept
@require_safe
def sent(request: HttpRequest, agency: str) -> HttpResponse:
    """Numbers and query codes, when the answer is due, and how that was counted."""
    body = agency_or_404(agency)
    receipts = _receipts(request, body)
    if not receipts:
        return to(start_url(body))
    context = {
        **frame(body),
        "body": body,
        "receipts": [
            (place, one, Telling.of(one.case)) for place, one in enumerate(receipts, 1)
        ],
        "count": len(receipts),
    }
    return render(request, "applications/portal/sent.html", context)


@public
@unkept
@require_safe
def receipt(request: HttpRequest, agency: str, place: int) -> HttpResponse:
    """The 接收回执 of one case, to print."""
    body = agency_or_404(agency)
    receipts = _receipts(request, body)
    if not 1 <= place <= len(receipts):
        raise Http404
    act = receipts[place - 1].case.acts.select_related("case__agency").first()
    if act is None:
        raise Http404
    context = {
        **frame(body),
        "title": "接收回执",
        "text": notices.receipt(act),
        "back_url": url_of(body.slug, "sent"),
    }
    return render(request, "applications/portal/letter.html", context)


def _receipts(request: HttpRequest, body: Agency) -> list[Receipt]:
    token = token_of(request)
    found = drafting.receipts(token) if token else []
    return [one for one in found if one.case.agency_id == body.pk]
