"""`/apply/<agency>/`: what is needed, and the button that begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai import law
from gongkai.agencies.models import Agency
from gongkai.applications.services import drafting
from gongkai.applications.views.portal.drafts import draft_of, hold
from gongkai.applications.views.portal.filing import (
    Filing,
    get_or_post,
    onward_url,
    to,
)
from gongkai.applications.views.portal.frame import agency_or_404, frame, unkept
from gongkai.registry.access import public
from gongkai.registry.attempts import TooMany

LONGEST_ABOUT = 200


@public
@unkept
@get_or_post
def start(request: HttpRequest, agency: str) -> HttpResponse:
    """A draft of this browser can be gone on with; beginning anew leaves it as it is.

    ``about`` are words that were looked for in vain: they become the first title.
    """
    body = agency_or_404(agency)
    if request.method == "POST":
        about = _about(request.POST.get("about", ""))
        try:
            draft = drafting.begin(
                body, address=request.META.get("REMOTE_ADDR", ""), about=about
            )
        except TooMany as error:
            return _page(request, body, minutes=error.minutes, status=429)
        response = to(Filing(body, draft).matter_url(1))
        hold(response, draft.token)
        return response
    return _page(request, body)


def _page(
    request: HttpRequest, body: Agency, minutes: int = 0, status: int = 200
) -> HttpResponse:
    begun = draft_of(request)
    typed = request.POST if request.method == "POST" else request.GET
    context = {
        **frame(body),
        "body": body,
        "about": _about(typed.get("about", "")),
        "minutes": minutes,
        "begun_url": onward_url(begun.typed) if begun else "",
        "begun_here": begun is not None and begun.typed.agency == body.slug,
        "terms": law.regime_on(timezone.localdate()).terms,
    }
    page = "applications/portal/start.html"
    response = render(request, page, context, status=status)
    if minutes:
        response.headers["Retry-After"] = str(minutes * 60)
    return response


def _about(text: str) -> str:
    return text.replace("\0", "").strip()[:LONGEST_ABOUT]
