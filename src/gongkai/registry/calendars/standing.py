"""The calendar in force, for the whole country and for each part of the tree.

Built once a process and version. The version is read anew, once a request, so that
another process's change holds here at once; it is known by its digest, so that a
version that was rolled back is never mistaken for the next one of that number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import local
from typing import NamedTuple, Protocol

from django.core.signals import request_finished, request_started

from gongkai.law import Calendar, Day, standard_calendar
from gongkai.registry.models import CalendarDay, CalendarVersion

COUNTRY = ""
KEPT = 4
"""Snapshots of one process: the newest, and what a slow request still reads."""


class HasPath(Protocol):
    """An agency, or whatever knows its place in the tree of agencies."""

    @property
    def path(self) -> str: ...


class Said(NamedTuple):
    """What the calendar holds of a day: for which area, since which version."""

    is_working: bool
    source: str
    area: str
    number: int
    is_of_year: bool


Layer = tuple[str, Mapping[date, Said]]


@dataclass(frozen=True)
class Snapshot:
    """All that was decided up to one version."""

    number: int
    digest: str
    announced: frozenset[int]
    layers: tuple[Layer, ...]
    _calendars: dict[tuple[str, ...], Calendar] = field(
        default_factory=dict, compare=False, repr=False
    )

    def calendar(self, path: str) -> Calendar:
        """Of the agency at ``path``; of the country for an empty path."""
        areas = self._areas(path)
        known = self._calendars.get(areas)
        if known is None:
            days = {day: Day(*said[:2]) for day, said in self.said(path).items()}
            known = self._calendars[areas] = Calendar(days, self.announced)
        return known

    def said(self, path: str) -> dict[date, Said]:
        """Each day that somebody decided on: by whom, and what was decided last."""
        found: dict[date, Said] = {}
        for area, days in self.layers:
            if path.startswith(area):
                found |= days
        return found

    def with_layer(
        self, area: str, days: Mapping[date, Said], years: Iterable[int]
    ) -> "Snapshot":
        announced = self.announced | {*years}
        return Snapshot(self.number + 1, "", announced, (*self.layers, (area, days)))

    def _areas(self, path: str) -> tuple[str, ...]:
        """The areas with days of their own in which ``path`` lies."""
        return tuple(sorted({area for area, _ in self.layers if path.startswith(area)}))


_snapshots: dict[str, Snapshot] = {}
_request = local()


def calendar_of(agency: HasPath | None) -> Calendar:
    """The calendar of an agency, of the country for None. One query a request."""
    return newest().calendar(agency.path if agency is not None else COUNTRY)


def version() -> int:
    """Number of the newest version, 0 where none is stored. As ``calendar_of``."""
    return _stamp()[0]


def newest() -> Snapshot:
    number, digest = _stamp()
    known = _snapshots.get(digest)
    if known is None:
        known = _read(number, digest)
        for old in [*_snapshots][: -KEPT + 1]:
            _snapshots.pop(old, None)
        _snapshots[digest] = known
    return known


def snapshot_at(number: int) -> Snapshot:
    """As it stood when ``number`` was the newest version. Two or three queries."""
    versions = CalendarVersion.objects.filter(number=number)
    digest = versions.values_list("digest", flat=True).first() or ""
    return _snapshots.get(digest) or _read(number, digest)


def forget() -> None:
    """The version is read anew, within this request as well."""
    _request.stamp = None


def _stamp() -> tuple[int, str]:
    known: tuple[int, str] | None = getattr(_request, "stamp", None)
    if known is None:
        versions = CalendarVersion.objects.order_by("-number")
        known = versions.values_list("number", "digest").first() or (0, "")
        if getattr(_request, "is_running", False):
            _request.stamp = known
    return known


def _read(number: int, digest: str) -> Snapshot:
    versions = list(
        CalendarVersion.objects.filter(number__lte=number).order_by("number")
    )
    if not versions:
        return _standard()
    days: dict[int, dict[date, Said]] = {one.pk: {} for one in versions}
    by_pk = {one.pk: one for one in versions}
    rows = CalendarDay.objects.filter(version__number__lte=number)
    for pk, day, is_working, source in rows.values_list(
        "version_id", "day", "is_working", "source"
    ).iterator():
        made = by_pk[pk]
        days[pk][day] = Said(
            is_working, source, made.area, made.number, day.year in made.years
        )
    return Snapshot(
        number,
        digest,
        frozenset(year for one in versions for year in one.years),
        tuple((one.area, days[one.pk]) for one in versions),
    )


def _standard() -> Snapshot:
    """Before the first version is stored: what it will hold."""
    calendar = standard_calendar()
    days = {
        day: Said(said.is_working, said.source, COUNTRY, 0, True)
        for day, said in calendar.days.items()
    }
    return Snapshot(0, "", calendar.announced, ((COUNTRY, days),))


def begin_request(**kwargs: object) -> None:
    _request.is_running, _request.stamp = True, None


def end_request(**kwargs: object) -> None:
    _request.is_running, _request.stamp = False, None


request_started.connect(begin_request, dispatch_uid="calendars.begin")
request_finished.connect(end_request, dispatch_uid="calendars.end")
