"""What all pages of the online form share: the draft at hand, and the way on."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.agencies.models import Agency
from gongkai.applications.intake import STEPS, Typed
from gongkai.applications.services import drafting
from gongkai.applications.services.drafting import Draft
from gongkai.applications.views.portal.drafts import draft_for, token_of
from gongkai.applications.views.portal.frame import (
    agency_or_404,
    frame,
    start_url,
    unkept,
)
from gongkai.registry.access import public

SAVE = "save"
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Filing:
    """An application that is being typed, to one body."""

    body: Agency
    draft: Draft

    KEYS: ClassVar = (*STEPS, "check")

    @property
    def typed(self) -> Typed:
        return self.draft.typed

    def change(self, act: Callable[[Typed], None]) -> "Filing":
        return Filing(self.body, drafting.change(self.draft.token, act))

    def url(self, key: str) -> str:
        """Of a page by its step; of ``check``, ``saved`` and ``sent``."""
        return url_of(self.body.slug, key)

    def matter_url(self, number: int, name: str = "matter") -> str:
        return reverse(f"applications:{name}", args=[self.body.slug, number])

    @property
    def onward_url(self) -> str:
        return onward_url(self.typed)

    def context(self, key: str, back_url: str) -> dict[str, object]:
        return {
            **frame(self.body),
            "body": self.body,
            "place": self.KEYS.index(key) + 1,
            "places": len(self.KEYS),
            "back_url": back_url,
        }

    def back_url(self, key: str) -> str:
        place = self.KEYS.index(key)
        return self.url(self.KEYS[place - 1]) if place else start_url(self.body)


def page_of_form(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponseBase]:
    """A page that works on this browser's draft for the agency in the address.

    Where there is none, to what was sent from this browser, else to the beginning.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, agency: str, **kwargs: Any) -> HttpResponse:
        body = agency_or_404(agency)
        draft = draft_for(request, body)
        if draft is not None:
            return view(request, Filing(body, draft), **kwargs)
        token = token_of(request)
        is_sent = bool(token and drafting.receipts(token))
        return HttpResponseRedirect(
            url_of(body.slug, "sent") if is_sent else start_url(body)
        )

    return public(unkept(get_or_post(wrapper)))


def is_saving(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("act") == SAVE


def to(address: str) -> HttpResponse:
    return HttpResponseRedirect(address)


def onward_url(typed: Typed) -> str:
    """The first page that is not answered yet, else the summary."""
    return url_of(typed.agency, typed.missing[0] if typed.missing else "check")


def url_of(slug: str, key: str) -> str:
    if key in {"matters", "files", "check", "saved", "sent"}:
        return reverse(f"applications:{key}", args=[slug])
    return reverse("applications:step", args=[slug, key])
