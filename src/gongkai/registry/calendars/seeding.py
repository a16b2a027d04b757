"""The first version: the notices that the package holds when Gongkai is installed.

Stored, not read from the package each time: a newer package would move dates without a
version, a preview or a word in the log.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from gongkai.law import seed_days, seed_years

NOTE = "chinesecalendar"

Changes = Mapping[date, tuple[bool, str]]


def digest_of(before: str, area: str, years: Iterable[int], changes: Changes) -> str:
    """SHA-256 over a version and the digest of the one before it, hex."""
    days = [[day.isoformat(), *changes[day]] for day in sorted(changes)]
    text = json.dumps([before, area, sorted(years), days], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def store_first_version(version_model: Any, day_model: Any) -> None:
    """In an empty table only. Takes the models, since a migration has its own."""
    if version_model.objects.exists():
        return
    changes = {day: (is_working, source) for day, is_working, source in seed_days()}
    years = list(seed_years())
    made = version_model.objects.create(
        number=1, years=years, note=NOTE, digest=digest_of("", "", years, changes)
    )
    day_model.objects.bulk_create(
        day_model(version=made, day=day, is_working=is_working, source=source)
        for day, (is_working, source) in changes.items()
    )
