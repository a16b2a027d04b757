"""``python -m bench.templates``: how many templates a request renders, as JSON.

A list of (kind of page, at the first request, with a validator, status then). The page
cache is emptied in between: the validator alone must do.
"""

import json
from typing import Any

import django

django.setup()

from django.test import Client  # noqa: E402 - after the set-up
from django.test.signals import template_rendered  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from gongkai.items.models import Item  # noqa: E402
from gongkai.registry.caching import pages  # noqa: E402


def main() -> None:
    setup_test_environment()
    item = Item.objects.select_related("agency", "column").latest("pk")
    slug = item.column.slug if item.column else ""
    paths = {
        "item": item.get_absolute_url(),
        "home": "/",
        "agency": f"/a/{item.agency.slug}/",
        "column": f"/a/{item.agency.slug}/c/{slug}/",
        "search": "/search/?q=%E5%85%AC%E5%BC%80",
        "feed": "/feed.atom",
    }
    print(json.dumps([[name, *_asked_twice(path)] for name, path in paths.items()]))


def _asked_twice(path: str) -> tuple[int, int, int]:
    client = Client(raise_request_exception=False)
    first, response = _counted(client, path)
    pages.clear()
    repeated, response = _counted(
        client, path, {"If-None-Match": response.headers.get("ETag", "none")}
    )
    return first, repeated, response.status_code


def _counted(
    client: Client, path: str, headers: dict[str, str] | None = None
) -> tuple[int, Any]:
    rendered: list[object] = []

    def note(**kwargs: Any) -> None:
        rendered.append(kwargs["template"])

    template_rendered.connect(note)
    try:
        response = client.get(path, headers=headers)
    finally:
        template_rendered.disconnect(note)
    return len(rendered), response


if __name__ == "__main__":
    main()
