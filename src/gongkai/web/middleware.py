"""The reader's address, language and size of type; a page where there was none."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import translation

from gongkai.web.display import display_of


class ProxyAddressMiddleware:
    """Behind our proxy, the reader's address is the last that it put into the list.

    Otherwise everybody would have the proxy's, and five wrong passwords of anybody
    would lock all out. What stands before the last the reader may have made up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = request.headers.get("X-Forwarded-For", "")
        address = told.rpartition(",")[2].strip()
        if settings.BEHIND_PROXY and address:
            request.META["REMOTE_ADDR"] = address
        return self.get_response(request)


class LanguageMiddleware:
    """Activates the language for the request and leaves ``request.display``.

    A response that is streamed after the view returned must activate the language
    itself. Sets no caching header; see gongkai.web.display for what varies.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        display = display_of(request)
        request.display = display  # type: ignore[attr-defined]
        request.LANGUAGE_CODE = display.language
        with translation.override(display.language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", display.html_lang)
        return response


class WrongMethodMiddleware:
    """Django answers a wrong method with an empty page; here people read what it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        page.headers["Cache-Control"] = "private, no-store"
        return page
