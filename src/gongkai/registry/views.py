"""`/f/<public id>/<name>`: a file, allowed by asking the record that it belongs to."""

from collections.abc import Iterator
from urllib.parse import quote

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from gongkai.registry import files
from gongkai.registry.access import public

# Nothing in an uploaded file runs or loads anything, whatever a browser makes of it.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
SHOWN_INLINE = {"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"}


@public
@require_safe
def file(request: HttpRequest, public_id: str, name: str) -> HttpResponseBase:
    scope = request.scope if request.user.is_authenticated else None  # type: ignore[attr-defined]
    owned = files.find_readable(public_id, scope)
    if owned is None or owned.name != name:
        raise Http404
    return file_response(request, owned)


def file_response(request: HttpRequest, owned: files.OwnedFile) -> HttpResponseBase:
    """The bytes; never kept by a cache without asking again whether they may be."""
    etag = f'"{owned.stored.sha256}"'
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponse(status=304)
    else:
        response = FileResponse(
            files.open_file(owned.stored), content_type=owned.stored.media_type
        )
        response.headers["Content-Length"] = str(owned.stored.size)
        response.headers["Content-Disposition"] = _disposition(
            owned.name, owned.stored.media_type
        )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


def streamed(
    pieces: Iterator[bytes], *, name: str, size: int, media_type: str
) -> StreamingHttpResponse:
    """A document that is opened piece by piece; nothing in it runs in a browser."""
    response = StreamingHttpResponse(pieces, content_type=media_type)
    response.headers["Content-Length"] = str(size)
    response.headers["Content-Disposition"] = _disposition(name, media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


def _disposition(name: str, media_type: str) -> str:
    kind = "inline" if media_type in SHOWN_INLINE else "attachment"
    return f"{kind}; filename*=UTF-8''{quote(name)}"
