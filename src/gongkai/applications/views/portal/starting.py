"""`/apply/<agency>/`: what is needed, and the button that begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai import law
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
        draft = drafting.begin(body, about=_about(request.POST.get("about", "")))
        response = to(Filing(body, draft).matter_url(1))
        hold(response, draft.token)
        return response
    begun = draft_of(request)
    context = {
        **frame(body),
        "body": body,
        "about": _about(request.GET.get("about", "")),
        "begun_url": onward_url(begun.typed) if begun else "",
        "begun_here": begun is not None and begun.typed.agency == body.slug,
        "terms": law.regime_on(timezone.localdate()).terms,
    }
    return render(request, "applications/portal/start.html", context)


def _about(text: str) -> str:
    return text.replace("\0", "").strip()[:LONGEST_ABOUT]
