"""The switch of language and type, the error pages, the style guide."""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from gongkai.accounts.keeping import kept_of
from gongkai.registry.access import public
from gongkai.web import styleguide as samples
from gongkai.web.display import (
    LANGUAGE_PARAMETER,
    LARGE,
    STANDARD,
    TYPE_COOKIE,
    display_of,
    is_language,
)

YEAR_SECONDS = 365 * 24 * 3600


@public
@require_safe
def display(request: HttpRequest) -> HttpResponse:
    """Keeps ``?type=`` and ``?lang=`` in cookies and returns to ``?next=``.

    A plain link, so that it works without a script; it changes nothing on the server.
    """
    response = HttpResponseRedirect(_local(request.GET.get("next", "/")))
    language = request.GET.get(LANGUAGE_PARAMETER, "")
    if is_language(language):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
    size = request.GET.get("type")
    if size == LARGE:
        _keep(response, TYPE_COOKIE, LARGE)
    if size == STANDARD:
        response.delete_cookie(TYPE_COOKIE)
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=YEAR_SECONDS,
        secure=settings.BEHIND_TLS,
        httponly=True,
        samesite="Lax",
    )


def _local(address: str) -> str:
    """A path of this site, without ``lang``; anything else becomes ``/``."""
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    if not safe or not address.startswith("/"):
        return "/"
    parts = urlsplit(address)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([pair for pair in pairs if pair[0] != LANGUAGE_PARAMETER])
    return f"{parts.path}?{query}" if query else parts.path


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or cookies are off; our own page's typing is kept.

    A form that another site sent is not offered again: its sender is told by Origin.
    """
    origin = f"{request.scheme}://{request.get_host()}"
    is_ours = request.headers.get("Origin") == origin
    context = {"kept": kept_of(request) if is_ours and request.POST else None}
    response = render(request, "403_csrf.html", context, status=403)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    words = address_words(request.path)
    return render(request, "404.html", {"words": words}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """No context processor, no hashed static name: nothing left that could fail."""
    shown = display_of(request)
    context = {
        "site_name": settings.SITE_NAME,
        "html_lang": shown.html_lang,
        "large_type": shown.large_type,
        "static_url": settings.STATIC_URL,
    }
    return HttpResponse(render_to_string("500.html", context), status=500)


def address_words(path: str) -> str:
    """Words of an address that a search may find, at most 60 characters."""
    # The leading parts name a kind of page and an agency, nothing that was looked for.
    named = re.sub(r"^/(a/[^/]+/(c/)?|i/|f/)?", "", unquote(path))
    pieces = re.split(r"[^\w〔〕［］]+|_", named)
    words = [piece for piece in pieces if len(piece) > 1 and piece not in _NO_WORDS]
    return " ".join(words)[:60].strip()


_NO_WORDS = frozenset(("html", "htm", "shtml", "php", "jsp", "aspx", "index", "art"))


@public
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    return _styleguide(request, "web/styleguide.html", samples.portal())


@public
@require_safe
def styleguide_console(request: HttpRequest) -> HttpResponse:
    return _styleguide(request, "web/styleguide_console.html", samples.console())


def _styleguide(
    request: HttpRequest, template: str, context: dict[str, object]
) -> HttpResponse:
    if not (settings.DEBUG or getattr(settings, "STYLEGUIDE", False)):
        raise Http404
    return render(request, template, context)
