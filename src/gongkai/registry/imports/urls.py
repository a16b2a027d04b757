"""The addresses of one ledger's import; each view declares the ledger's roles."""

from django.urls import URLPattern, path
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from gongkai.registry.access import staff
from gongkai.registry.imports.importers import Importer
from gongkai.registry.imports.views import Wizard

require_form = require_http_methods(["GET", "HEAD", "POST"])


def urls_of(importer: Importer, space: str) -> list[URLPattern]:
    """For a urls module with ``app_name = space``."""
    pages, may = Wizard(importer, space), staff(*importer.roles)
    one = "<int:run_id>/"
    return [
        path("", may(require_form(pages.start)), name="start"),
        path(one, may(require_safe(pages.run)), name="run"),
        path(f"{one}columns/", may(require_form(pages.columns)), name="columns"),
        path(f"{one}bring-in/", may(require_POST(pages.bring_in)), name="bring-in"),
        path(f"{one}discard/", may(require_POST(pages.discard)), name="discard"),
        path(f"{one}errors.xlsx", may(require_safe(pages.errors)), name="errors"),
    ]
