"""Addresses made from Chinese names."""

import re

from pypinyin import lazy_pinyin

from gongkai.agencies.models import Agency

LONGEST = 50


def free_slug(name: str) -> str:
    """An address in pinyin that no agency has or ever had."""
    spelled = "-".join(lazy_pinyin(name)).lower()
    base = re.sub(r"[^a-z0-9]+", "-", spelled).strip("-")[:LONGEST].strip("-")
    base = base or "agency"
    number, slug = 1, base
    while Agency.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
