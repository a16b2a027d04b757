"""What crawlers may read: all that is public, and no search for its own sake."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.registry.access import public

_RULES = """User-agent: *
Disallow: /console/
Disallow: /account/
Disallow: /display/
Disallow: /search/
Disallow: /case/
Sitemap: {sitemap}
"""


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    address = request.build_absolute_uri(reverse("portal:sitemap"))
    response = HttpResponse(_RULES.format(sitemap=address), content_type="text/plain")
    response.headers["Cache-Control"] = "no-cache"
    return response
