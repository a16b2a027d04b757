"""Ends a session that lasts too long; asks for a password of the person's own."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai.registry.access import access_of

BEGAN, SEEN = "began_at", "seen_at"
# The clock in the session is written at most this often, to spare the database.
WRITE_EVERY_SECONDS = 30


def begin_session(request: HttpRequest) -> None:
    """Both limits count from the sign-in, not from the first page after it."""
    now = time.time()
    request.session[BEGAN] = request.session[SEEN] = now


class SessionLimitMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without a session cookie there is nobody to end; no query for the public.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and (
            request.user.is_authenticated
        ):
            self._limit(request)
        return self.get_response(request)

    def _limit(self, request: HttpRequest) -> None:
        now = time.time()
        began = request.session.setdefault(BEGAN, now)
        seen = request.session.setdefault(SEEN, now)
        if (
            now - seen > settings.SESSION_IDLE_SECONDS
            or now - began > settings.SESSION_ABSOLUTE_SECONDS
        ):
            logout(request)
            request.session_ended = True  # type: ignore[attr-defined]
            request.session["ended_notice"] = True
            return
        if now - seen > WRITE_EVERY_SECONDS:
            request.session[SEEN] = now


class TemporaryPasswordMiddleware:
    """Whoever signed in with a password that an administrator gave chooses their own.

    No page for staff opens before that; ScopeMiddleware gives no post either, so that
    the public pages show them no more than anybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        access = access_of(view)
        if access is None or access.is_public or not request.user.is_authenticated:
            return None
        own = request.resolver_match
        if own is not None and own.view_name == "accounts:password":
            return None
        if getattr(request.user, "has_temporary_password", False):
            return redirect("accounts:password")
        return None
