"""A year as months of weeks of days, each with a sign, a word and its source."""

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongkai.registry.calendars.changing import NOT_IN_NOTICE
from gongkai.registry.calendars.standing import Said, Snapshot


class Kind(TextChoices):
    WORKING = "working", _("Working day")
    REST = "rest", _("Weekend")
    HOLIDAY = "holiday", _("Holiday")
    SWAPPED = "swapped", _("Worked weekend")
    LOCAL_REST = "local-rest", _("Rest day here only")
    LOCAL_WORK = "local-work", _("Working day here only")


SIGNS = {
    Kind.WORKING: "",
    Kind.REST: "·",
    Kind.HOLIDAY: pgettext_lazy("calendar sign", "H"),
    Kind.SWAPPED: pgettext_lazy("calendar sign", "W"),
    Kind.LOCAL_REST: pgettext_lazy("calendar sign", "LH"),
    Kind.LOCAL_WORK: pgettext_lazy("calendar sign", "LW"),
}


@dataclass(frozen=True)
class Cell:
    day: date
    kind: Kind
    source: str = ""

    @property
    def sign(self) -> str:
        return str(SIGNS[self.kind])

    @property
    def word(self) -> str:
        return str(self.kind.label)


@dataclass(frozen=True)
class Run:
    """Days on end of one kind and source, told below the month."""

    first: Cell
    last: Cell

    @property
    def is_one_day(self) -> bool:
        return self.first.day == self.last.day


@dataclass(frozen=True)
class Month:
    first: date
    weeks: list[list[Cell | None]]
    runs: list[Run]
    working_days: int


def year_of(snapshot: Snapshot, path: str, year: int) -> list[Month]:
    said = snapshot.said(path)
    return [_month(year, month, said) for month in range(1, 13)]


def cell_of(day: date, said: Said | None) -> Cell:
    is_weekday = day.weekday() < 5
    if said is None or _is_ordinary(said, is_weekday):
        return Cell(day, Kind.WORKING if is_weekday else Kind.REST)
    if said.is_working:
        return Cell(day, Kind.LOCAL_WORK if said.area else Kind.SWAPPED, said.source)
    return Cell(day, Kind.LOCAL_REST if said.area else Kind.HOLIDAY, said.source)


def _is_ordinary(said: Said, is_weekday: bool) -> bool:
    """Whether nothing but Monday to Friday is left of what was said."""
    if said.area or said.is_working != is_weekday:
        return False
    return is_weekday or said.source == NOT_IN_NOTICE


def runs_of(cells: list[Cell]) -> Iterator[Run]:
    special = [cell for cell in cells if cell.source]
    ordinals = {cell.day: n for n, cell in enumerate(special)}
    for _key, group in groupby(
        special,
        lambda cell: (
            cell.day.toordinal() - ordinals[cell.day],
            cell.kind,
            cell.source,
        ),
    ):
        run = list(group)
        yield Run(run[0], run[-1])


def _month(year: int, month: int, said: dict[date, Said]) -> Month:
    weeks = [
        [cell_of(day, said.get(day)) if day.month == month else None for day in week]
        for week in months.Calendar().monthdatescalendar(year, month)
    ]
    cells = [cell for week in weeks for cell in week if cell is not None]
    worked = (Kind.WORKING, Kind.SWAPPED, Kind.LOCAL_WORK)
    return Month(
        date(year, month, 1),
        weeks,
        list(runs_of(cells)),
        sum(cell.kind in worked for cell in cells),
    )
