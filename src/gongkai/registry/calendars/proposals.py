"""A change that was entered and not yet applied, kept in the session."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.registry.calendars.changing import DayChange

KEY = "calendar_proposals"
KEPT = 5


@dataclass(frozen=True)
class Proposal:
    token: str
    area: str
    year: int | None
    note: str
    changes: tuple[DayChange, ...]


def keep(
    session: Any,
    *,
    changes: Iterable[DayChange],
    area: str,
    year: int | None,
    note: str,
) -> str:
    """The token under which it is found again."""
    token = secrets.token_urlsafe(12)
    days = [[one.day.isoformat(), one.is_working, one.source] for one in changes]
    told = {"area": area, "year": year, "note": note, "days": days}
    newest = list(session.get(KEY, {}).items())[-KEPT + 1 :]
    session[KEY] = {**dict(newest), token: told}
    return token


def find(session: Any, token: str) -> Proposal | None:
    told = session.get(KEY, {}).get(token)
    if told is None:
        return None
    days = tuple(
        DayChange(date.fromisoformat(day), is_working, source)
        for day, is_working, source in told["days"]
    )
    return Proposal(token, told["area"], told["year"], told["note"], days)
