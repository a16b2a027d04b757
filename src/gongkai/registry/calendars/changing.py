"""Changing the calendar: previewed, then stored together with every date that moves.

A ledger that keeps dates registers how they move: ``preview`` says which records would,
``apply`` moves them and says which it moved. Both compare the stored date with what the
calendar gives now, so that to apply twice moves nothing the second time.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.audit import services as audit
from gongkai.law import Calendar
from gongkai.registry.calendars import standing
from gongkai.registry.calendars.exceptions import AlreadyInForce, MeanwhileChanged
from gongkai.registry.calendars.seeding import digest_of, store_first_version
from gongkai.registry.calendars.standing import COUNTRY, HasPath, Said, Snapshot
from gongkai.registry.models import CalendarDay, CalendarVersion
from gongkai.registry.outbox import enqueue

SETTLE_TOPIC = "calendar.settle"
SETTLE_AFTER = timedelta(minutes=1)
"""Longer than an act takes that read the calendar before the change."""
NOT_IN_NOTICE = "—"


class DayChange(NamedTuple):
    """What shall hold of a day, and by whose word."""

    day: date
    is_working: bool
    source: str


@dataclass(frozen=True)
class Move:
    """One record whose date moves, or whose past the change touches.

    ``title`` names it without personal data; ``path`` is its agency's. ``is_past`` says
    that a day changes which lies behind us and within the record's term.
    """

    record_id: int
    title: str
    path: str
    old_on: date | None
    new_on: date | None
    is_past: bool = False
    url: str = ""


@dataclass(frozen=True)
class Change:
    """A change as the ledgers see it: the calendars before and after, and the days."""

    area: str
    days: Mapping[date, DayChange]
    years: frozenset[int]
    before: Snapshot
    after: Snapshot
    _changed: dict[str, tuple[date, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def touches(self, agency: HasPath) -> bool:
        return agency.path.startswith(self.area)

    def old_calendar(self, agency: HasPath) -> Calendar:
        return self.before.calendar(agency.path)

    def new_calendar(self, agency: HasPath) -> Calendar:
        return self.after.calendar(agency.path)

    def changed_days(self, agency: HasPath) -> tuple[date, ...]:
        """The days that become working, or cease to be, for this agency; in order."""
        known = self._changed.get(agency.path)
        if known is None:
            old, new = self.old_calendar(agency), self.new_calendar(agency)
            known = tuple(
                day
                for day in sorted(self.days if self.touches(agency) else ())
                if old.is_working(day) != new.is_working(day)
            )
            self._changed[agency.path] = known
        return known

    def reaches_past(self, agency: HasPath, since: date, today: date) -> bool:
        """Whether a day changes after ``since`` and before ``today``."""
        return any(since < day < today for day in self.changed_days(agency))


PreviewFunction = Callable[[Change], Iterable[Move]]
ApplyFunction = Callable[[Change], Iterable[Move]]


@dataclass(frozen=True)
class Preview:
    """What a change would do. ``seen`` is the version upon which it was reckoned."""

    change: Change
    moves: Mapping[str, tuple[Move, ...]]

    @property
    def seen(self) -> int:
        return self.change.before.number

    @property
    def all_moves(self) -> list[Move]:
        return [move for moves in self.moves.values() for move in moves]


@dataclass(frozen=True)
class Applied:
    """The version that was made; ``is_repeat`` where an earlier request had made it."""

    version: CalendarVersion
    moved: Mapping[str, int]
    is_repeat: bool = False


_dependents: dict[str, tuple[PreviewFunction, ApplyFunction]] = {}


def register_dependent(
    name: str, preview: PreviewFunction, apply: ApplyFunction
) -> None:
    """For a ledger's ``jobs`` module. ``apply`` runs in the change's transaction.

    ``apply`` records its own events and returns what it moved; it reads the calendar
    from the change or by ``calendar_of``, which then is the new one.
    """
    _dependents[name] = (preview, apply)


def propose(
    *, changes: Iterable[DayChange], area: str = COUNTRY, year: int | None = None
) -> Preview:
    """What the change would move; writes nothing.

    ``year`` is given where the changes are the whole official notice of that year: what
    an earlier notice of the year said and this one does not is taken back. Raises
    AlreadyInForce where nothing would change.
    """
    standing.forget()
    change = _change(_wanted(changes, area, year), area, year)
    moves = {name: tuple(preview(change)) for name, (preview, _) in _dependents.items()}
    return Preview(change, moves)


def check(
    *, changes: Iterable[DayChange], area: str = COUNTRY, year: int | None = None
) -> None:
    """As ``propose``, without asking any ledger. Raises AlreadyInForce."""
    standing.forget()
    _wanted(changes, area, year)


def apply(
    *,
    by_user_id: int | None,
    changes: Iterable[DayChange],
    area: str = COUNTRY,
    note: str,
    year: int | None = None,
    token: str = "",
    seen: int | None = None,
) -> Applied:
    """Store the change and move all that depends on it, in one transaction.

    The same ``token`` is applied once; again, it gives what was made then. ``seen`` is
    the preview's. Raises AlreadyInForce, and MeanwhileChanged where another version was
    made since the preview or at this moment.
    """
    changes = tuple(changes)
    try:
        with transaction.atomic():
            standing.forget()
            return _done(token) or _apply(
                by_user_id, changes, area, note, year, token or None, seen
            )
    except MeanwhileChanged:
        if done := _done(token):
            return done
        raise
    finally:
        standing.forget()


def settle(number: int) -> int:
    """Move what was counted by the old calendar while version ``number`` was applied.

    Returns how many records moved; safe to repeat.
    """
    with transaction.atomic():
        standing.forget()
        made = CalendarVersion.objects.get(number=number)
        rows = made.days.values_list("day", "is_working", "source")
        change = Change(
            area=made.area,
            days={row[0]: DayChange(*row) for row in rows},
            years=frozenset(made.years),
            before=standing.snapshot_at(number - 1),
            after=standing.newest(),
        )
        moved = _move(change)
        if any(moved.values()):
            _log("calendar.settled", made, None, {"moved": moved})
    return sum(moved.values())


def _apply(
    by_user_id: int | None,
    changes: tuple[DayChange, ...],
    area: str,
    note: str,
    year: int | None,
    token: str | None,
    seen: int | None,
) -> Applied:
    if seen is not None and standing.version() != seen:
        raise MeanwhileChanged
    _store_first()
    days = _wanted(changes, area, year)
    planned = _change(days, area, year)
    made = _store(planned, year, note, by_user_id, token)
    standing.forget()
    change = Change(
        area, planned.days, planned.years, planned.before, standing.newest()
    )
    moved = _move(change)
    enqueue(
        SETTLE_TOPIC,
        key=str(made.number),
        payload={"number": made.number},
        due_at=timezone.now() + SETTLE_AFTER,
    )
    told = {"area": area, "year": year, "days": len(days), "moved": moved}
    _log("calendar.changed", made, by_user_id, told)
    return Applied(made, moved)


def _store_first() -> None:
    """Where the migration's rows are gone, as after a test that emptied the tables."""
    if standing.version():
        return
    try:
        with transaction.atomic():
            store_first_version(CalendarVersion, CalendarDay)
    except IntegrityError as taken:
        raise MeanwhileChanged from taken
    standing.forget()


def _wanted(
    changes: Iterable[DayChange], area: str, year: int | None
) -> dict[date, DayChange]:
    """The days to store. Raises AlreadyInForce where they change nothing."""
    asked = {change.day: change for change in changes}
    before = standing.newest()
    calendar = before.calendar(area)
    differing = {
        day: change
        for day, change in asked.items()
        if calendar.is_working(day) != change.is_working
    }
    if year is None:
        if not differing:
            raise AlreadyInForce
        return differing
    taken_back = _taken_back(before, asked, year)
    if year in before.announced and not differing and not taken_back:
        raise AlreadyInForce
    return {**taken_back, **asked}


def _taken_back(
    before: Snapshot, asked: Mapping[date, DayChange], year: int
) -> dict[date, DayChange]:
    """Days of the year's earlier notice that are ordinary days by the new one."""
    return {
        day: DayChange(day, day.weekday() < 5, NOT_IN_NOTICE)
        for day, said in before.said(COUNTRY).items()
        if day.year == year and said.is_of_year and day not in asked
        if said.is_working != (day.weekday() < 5)
    }


def _change(days: Mapping[date, DayChange], area: str, year: int | None) -> Change:
    before = standing.newest()
    years = frozenset() if year is None else frozenset({year})
    layer = {
        change.day: Said(
            change.is_working,
            change.source,
            area,
            before.number + 1,
            change.day.year in years,
        )
        for change in days.values()
    }
    return Change(area, days, years, before, before.with_layer(area, layer, years))


def _store(
    change: Change,
    year: int | None,
    note: str,
    by_user_id: int | None,
    token: str | None,
) -> CalendarVersion:
    years = [year] if year is not None else []
    said = {one.day: (one.is_working, one.source) for one in change.days.values()}
    digest = digest_of(change.before.digest, change.area, years, said)
    try:
        with transaction.atomic():
            made = CalendarVersion.objects.create(
                number=change.before.number + 1,
                area=change.area,
                years=years,
                note=note,
                made_by_id=by_user_id,
                digest=digest,
                token=token,
            )
    except IntegrityError as taken:
        raise MeanwhileChanged from taken
    CalendarDay.objects.bulk_create(
        CalendarDay(version=made, day=day, is_working=is_working, source=source)
        for day, (is_working, source) in said.items()
    )
    return made


def _move(change: Change) -> dict[str, int]:
    return {
        name: sum(1 for _ in move(change)) for name, (_, move) in _dependents.items()
    }


def _done(token: str) -> Applied | None:
    made = CalendarVersion.objects.filter(token=token).first() if token else None
    return Applied(made, {}, is_repeat=True) if made else None


def _log(
    verb: str, made: CalendarVersion, user_id: int | None, data: Mapping[str, object]
) -> None:
    told = {"number": made.number, "digest": made.digest, **data}
    audit.record(verb, about=made, user_id=user_id, data=told)
