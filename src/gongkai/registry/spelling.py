"""Addresses spelled from Chinese names."""

import re
from collections.abc import Callable

LONGEST = 50


def free_slug(name: str, fallback: str, is_taken: Callable[[str], bool]) -> str:
    """The name in pinyin as an address, with a number behind it where it is taken."""
    base = _spelled(name) or fallback
    number, slug = 1, base
    while is_taken(slug):
        number += 1
        slug = f"{base}-{number}"
    return slug


def _spelled(name: str) -> str:
    # Its dictionary takes half a second and 50 MB; a web process seldom needs it.
    from pypinyin import lazy_pinyin

    letters = "-".join(lazy_pinyin(name)).lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:LONGEST].strip("-")
