"""A form that makes something new carries a token, so that sent twice it makes one.

The script of the console stops a second click; this stops a second request: a slow
line, a page sent again from the history, no script.
"""

import secrets
from collections.abc import Callable

from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

FIELD = "once"
KEPT = 20
"""Forms of one session that are remembered."""


def new_token() -> str:
    return secrets.token_urlsafe(9)


def once(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer of ``act``; where it led before, for a form that was sent before.

    One transaction. The session's row is held, so of two at once the second waits.
    An act that does not redirect did nothing, and may be sent again.
    """
    token = request.POST.get(FIELD, "")
    with transaction.atomic():
        done = _done(request)
        if token and token in done:
            return HttpResponseRedirect(done[token])
        answer = act()
        if token and answer.status_code == 302:
            newest = list(done.items())[-KEPT:]
            request.session[FIELD] = {**dict(newest), token: answer["Location"]}
            request.session.save()
    return answer


def _done(request: HttpRequest) -> dict[str, str]:
    """Read anew, because another request may have written since this one began."""
    rows = Session.objects.select_for_update()
    row = rows.filter(session_key=request.session.session_key).first()
    done: dict[str, str] = row.get_decoded().get(FIELD, {}) if row else {}
    return done
