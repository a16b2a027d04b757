"""Ends a session that was idle too long, or that began too long ago."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

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
