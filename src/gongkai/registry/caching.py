"""The one page cache: whole public pages as bytes, kept under what they were made of.

A page's key holds everything that it depends on, read anew in each request: the hash
of the live version, the generations of agencies, the day. Nothing is kept for a time.
What was withdrawn gets another key in every process at the same commit, so its old
bytes are never asked for again and fall out at the end of the queue.

The ETag is made from the key, not from the bytes: a validator is answered without a
template, also by a process that never made the page.
"""

import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.utils import translation
from django.utils.http import parse_etags

MAX_BYTES = 32 * 1024 * 1024
"""Of one process. Both encodings of a page count."""

SHORTEST_COMPRESSED = 1024
LONGEST_VALUE = 200
GZIPPED = "-gz"

# A code "gzip;q=0" refuses it.
_takes_gzip = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))").search
_BUILD_FILES = frozenset({".py", ".html", ".css", ".js", ".svg", ".mo", ".txt"})

Render = Callable[[], HttpResponse]
Key = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page ready to be sent. ``gzipped`` is None where compression gains nothing."""

    body: bytes
    gzipped: bytes | None
    content_type: str

    @property
    def size(self) -> int:
        return len(self.body) + len(self.gzipped or b"")


class PageCache:
    """The pages of this process that were asked for last, bounded by their bytes."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self.max_bytes = max_bytes
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: str) -> Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: str, page: Page) -> None:
        # One page does not push out a thousand others.
        if page.size > self.max_bytes // 16:
            return
        with self._lock:
            self._forget(key)
            self._pages[key] = page
            self._bytes += page.size
            while self._bytes > self.max_bytes:
                self._forget(next(iter(self._pages)))

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    @property
    def bytes_held(self) -> int:
        return self._bytes

    def _forget(self, key: str) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self._bytes -= page.size


pages = PageCache()


def cached_page(request: HttpRequest, key: Key, render: Render) -> HttpResponse:
    """A page in the reader's own language and size of type; see the module.

    ``key`` names the page and all that it depends on beside the address, language and
    size of type. ``render`` is called only where the bytes are not at hand; what it
    returns is kept if its status is 200.
    """
    shown = request.display.key  # type: ignore[attr-defined]
    return _serve(request, (shown, *key), render, "Accept-Encoding, Cookie")


def cached_document(request: HttpRequest, key: Key, render: Render) -> HttpResponse:
    """A feed or a sitemap: the same for every reader, in the site's own language."""

    def in_site_language() -> HttpResponse:
        with translation.override(settings.LANGUAGE_CODE):
            return render()

    return _serve(request, key, in_site_language, "Accept-Encoding")


def narrow_query(request: HttpRequest, *names: str) -> None:
    """Drop from ``request.GET`` what the page does not read, and order the rest.

    So an address with a tail that somebody made up is the same page, and neither fills
    the cache nor comes back in the page's links.
    """
    kept = QueryDict(mutable=True)
    for name in names:
        # PostgreSQL takes no NUL, and nobody types one.
        value = request.GET.get(name, "").replace("\0", "").strip()[:LONGEST_VALUE]
        if value:
            kept[name] = value
    if (language := request.GET.get("lang")) in dict(settings.LANGUAGES):
        kept["lang"] = language
    request.GET = kept  # type: ignore[assignment]


def _serve(request: HttpRequest, key: Key, render: Render, vary: str) -> HttpResponse:
    if settings.DEBUG:
        # Templates change under a developer's hands.
        return _fresh(render())
    tag = _tag(request, key)
    asked = request.headers.get("If-None-Match")
    if asked and _is_known(asked, tag):
        return _with_validator(HttpResponseNotModified(), tag, vary)
    page = pages.get(tag)
    if page is None:
        response = render()
        if response.status_code != 200:
            return _fresh(response)
        page = _page_of(response)
        pages.put(tag, page)
    return _answer(request, page, tag, vary)


def _answer(request: HttpRequest, page: Page, tag: str, vary: str) -> HttpResponse:
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    if page.gzipped is not None and _takes_gzip(accepted):
        response = HttpResponse(page.gzipped, content_type=page.content_type)
        response.headers["Content-Encoding"] = "gzip"
        tag += GZIPPED
    else:
        response = HttpResponse(page.body, content_type=page.content_type)
    return _with_validator(response, tag, vary)


def _with_validator(response: HttpResponse, tag: str, vary: str) -> HttpResponse:
    response.headers["ETag"] = f'"{tag}"'
    response.headers["Vary"] = vary
    return _fresh(response)


def _fresh(response: HttpResponse) -> HttpResponse:
    """May be kept by others, and is asked for again each time before it is shown."""
    response.headers["Cache-Control"] = "no-cache"
    return response


def _page_of(response: HttpResponse) -> Page:
    body = response.content
    gzipped = None
    if len(body) >= SHORTEST_COMPRESSED:
        # No time in the header: the same page has the same bytes in every process.
        packed = gzip.compress(body, compresslevel=6, mtime=0)
        gzipped = packed if len(packed) < len(body) else None
    return Page(body, gzipped, response.headers["Content-Type"])


def _tag(request: HttpRequest, key: Key) -> str:
    whole = (
        build(),
        settings.SITE_NAME,
        request.scheme,
        request.get_host(),
        request.path,
        request.GET.urlencode(),
        *key,
    )
    return hashlib.sha256(repr(whole).encode()).hexdigest()[:32]


def _is_known(asked: str, tag: str) -> bool:
    """Whether the reader holds this page, in either encoding (RFC 9110, 13.1.2)."""
    plain, gzipped = f'"{tag}"', f'"{tag}{GZIPPED}"'
    if asked in (plain, gzipped):
        return True
    return any(
        held.removeprefix("W/") in (plain, gzipped) for held in parse_etags(asked)
    )


@cache
def build() -> str:
    """Names the code, templates and translations that run: others make other pages."""
    digest = hashlib.sha256()
    root = Path(settings.PACKAGE)
    for path in sorted(root.rglob("*")):
        if path.suffix in _BUILD_FILES and "tests" not in path.parts:
            digest.update(str(path.relative_to(root)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
