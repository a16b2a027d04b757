"""The site's addresses, and the baseline's: a view that only returns ready bytes."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from bench.sites import READY
from gongkai.registry.access import public


@public
def ready(request: HttpRequest, name: str) -> HttpResponse:
    response = HttpResponse(_bytes(name), content_type="text/html; charset=utf-8")
    response.headers["Content-Encoding"] = "gzip"
    return response


@cache
def _bytes(name: str) -> bytes:
    return (Path(settings.VAR) / READY / name).read_bytes()


urlpatterns = [
    path("bench-ready/<slug:name>/", ready),
    path("", include("gongkai.urls")),
]
handler400 = "gongkai.web.views.bad_request"
handler403 = "gongkai.web.views.forbidden"
handler404 = "gongkai.web.views.not_found"
handler500 = "gongkai.web.views.server_error"
