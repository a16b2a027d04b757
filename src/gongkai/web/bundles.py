"""Stylesheets that pages link: each is several source files joined into one.

A portal page may link one stylesheet only, and there is no build step; so a
staticfiles finder joins the parts. ``collectstatic`` (hashing, compression) and the
development server then see an ordinary file.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage

SOURCE = Path(__file__).resolve().parent / "static" / "web"
COMPONENTS = tuple(
    f"components/{name}.css"
    for name in (
        "tag",
        "notice",
        "lists",
        "facts",
        "table",
        "progress",
        "form",
        "prose",
        "browse",
        "sheet",
    )
)
# The order is the cascade's: tokens, elements, components, frame, paper.
BUNDLES = {
    "portal": ("tokens.css", "base.css", *COMPONENTS, "portal.css", "print.css"),
    "console": (
        "tokens.css",
        "base.css",
        *COMPONENTS,
        "components/diff.css",
        "console.css",
        "print.css",
    ),
}


def static_path(name: str) -> str:
    """Path below STATIC_URL of the bundle ``name``; raises KeyError for another."""
    if name not in BUNDLES:
        raise KeyError(name)
    return f"web/bundles/{name}.css"


def text_of(name: str) -> str:
    """The joined parts, without comments and needless white space."""
    parts = [(SOURCE / part).read_text(encoding="utf-8") for part in BUNDLES[name]]
    bare = re.sub(r"/\*.*?\*/", "", "\n".join(parts), flags=re.DOTALL)
    bare = re.sub(r"\s+", " ", bare)
    bare = re.sub(r"\s?([{};,])\s?", r"\1", bare)
    return bare.replace(": ", ":").replace("}", "}\n")


class BundleFinder(BaseFinder):
    """Offers the bundles to staticfiles, written anew whenever a part changed."""

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [
            str(_written(name)) for name in BUNDLES if static_path(name) == str(path)
        ]
        if find_all:
            return found
        return found[0] if found else []

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, Storage]]:
        storage = FileSystemStorage(location=_folder())
        for name in BUNDLES:
            _written(name)
            yield static_path(name), storage


def _folder() -> Path:
    return Path(settings.VAR) / "bundles"


def _written(name: str) -> Path:
    target = _folder() / static_path(name)
    text = text_of(name)
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return target
