"""What every template may count on; no query, no session."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gongkai.web.display import display_of

# Part of the product: they do not change, and an error page may not fail to find one.
ADDRESSES = {
    "home": "/",
    "search": "/search/",
    "apply": "/apply/",
    "figures": "/figures/",
    "site_map": "/sitemap/",
    "console": "/console/",
    "console_search": "/console/search/",
}


def site(request: HttpRequest) -> dict[str, Any]:
    display = display_of(request)
    return {
        "site_name": settings.SITE_NAME,
        "language": display.language,
        "html_lang": display.html_lang,
        "large_type": display.large_type,
        "addresses": ADDRESSES,
    }
