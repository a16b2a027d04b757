"""Keeps what somebody was sending until they have signed in again.

The fields travel through the sign-in form itself, signed: nothing of them is stored.
Passwords and uploads are not kept.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongkai.accounts.forms import SignInForm
from gongkai.registry.access import access_of

SALT = "gongkai.accounts.keeping"
KEPT_FOR = timedelta(hours=12)


@dataclass(frozen=True)
class Kept:
    """A form as it was sent: where to, its fields in order, the names of its files."""

    path: str
    fields: list[tuple[str, str]]
    files: list[str]


def kept_of(request: HttpRequest) -> Kept:
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]
    files = [str(getattr(one, "name", "")) for one in request.FILES.values()]
    return Kept(request.get_full_path(), fields, files)


def sealed(kept: Kept) -> str:
    return signing.dumps(asdict(kept), salt=SALT, compress=True)


def unsealed(text: str) -> Kept | None:
    try:
        told = signing.loads(text, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    fields = [(name, value) for name, value in told["fields"]]
    return Kept(told["path"], fields, told["files"])


class KeptFormMiddleware:
    """Where a session ended under a form, asks to sign in and keeps the typing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        access = access_of(view)
        if access is None or access.is_public or request.method != "POST":
            return None
        if request.user.is_authenticated or not request.POST:
            return None
        if request.headers.get("X-Requested-With") == "autosave":
            return JsonResponse({"problem": _told_to_a_script()}, status=401)
        return _ask_to_sign_in(request)


def _told_to_a_script() -> str:
    return _(
        "Your session has ended. Press “Save”: you sign in again and what you typed "
        "is kept."
    )


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    context = {
        "form": SignInForm(request),
        "kept": sealed(kept_of(request)),
        "session_ended": True,
    }
    response = render(request, "accounts/sign_in.html", context, status=401)
    response.headers["Cache-Control"] = "private, no-store"
    return response
