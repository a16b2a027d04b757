"""What a ledger offers to the statistics: a figure is the records behind it."""

import calendar
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

Figure = int | Decimal
"""A count, or an amount in yuan."""

Agencies = models.QuerySet[Any] | tuple[int, ...]


@dataclass(frozen=True)
class Period:
    """Both days are in it."""

    first: date
    last: date

    @classmethod
    def year(cls, year: int) -> "Period":
        return cls(date(year, 1, 1), date(year, 12, 31))

    def year_before(self) -> "Period":
        """The same months of the year before, of a period of whole months."""
        last = Period.month(self.last.year - 1, self.last.month).last
        return Period(self.first.replace(year=self.first.year - 1), last)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> "Period":
        return cls(date(year, 3 * quarter - 2, 1), cls.month(year, 3 * quarter).last)

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        last = calendar.monthrange(year, month)[1]
        return cls(date(year, month, 1), date(year, month, last))


@dataclass(frozen=True)
class Asked:
    """What a figure is asked for.

    ``agency_ids`` is the id of one agency, or a queryset of ids, so that a sum over
    thousands of agencies stays one query. ``as_of`` is the moment whose knowledge
    counts: what was entered later does not change the figure.
    """

    agency_ids: Agencies
    period: Period
    as_of: datetime


@dataclass(frozen=True)
class Record:
    """One line of a drill-down."""

    on: date
    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Measure:
    """A named figure: ``records(asked)`` is the queryset, its count is the value.

    ``amount`` makes a value that is not their count out of the records: a sum of money,
    or None where nothing is known.
    """

    key: str
    ledger: str
    records: Callable[[Asked], models.QuerySet[Any]]
    describe: Callable[[Any], Record]
    amount: Callable[[models.QuerySet[Any]], Figure | None] | None = None

    def value(self, asked: Asked) -> Figure | None:
        """One query."""
        records = self.records(asked)
        if self.amount is not None:
            return self.amount(records.order_by())
        return records.count()


@dataclass(frozen=True)
class Family:
    """Measures whose values one or two grouped queries give at once.

    ``values`` leaves out the keys that are zero. A test holds each of them against
    the records of its measure.
    """

    keys: frozenset[str]
    values: Callable[[Asked], Mapping[str, Figure]]


_measures: dict[str, Measure] = {}
_families: dict[frozenset[str], Family] = {}


def register(measure: Measure) -> None:
    """For a ledger's ``measures`` module. One key, one measure, or ValueError."""
    if _measures.get(measure.key, measure) != measure:
        raise ValueError(f"Two measures for {measure.key}")
    _measures[measure.key] = measure


def register_family(family: Family) -> None:
    """Its measures are registered one by one beside it."""
    _families[family.keys] = family


def families() -> Collection[Family]:
    return tuple(_families.values())


def measure_for(key: str) -> Measure | None:
    return _measures.get(key)


def values_of(keys: Collection[str], asked: Asked) -> dict[str, Figure | None]:
    """Values of those keys that a ledger gives; None where it knows nothing.

    A few queries for each family that holds one of the keys, one for each other key.
    """
    wanted = {key for key in keys if key in _measures}
    found: dict[str, Figure | None] = {}
    for family in _families.values():
        held = family.keys & wanted
        if held:
            counted = family.values(asked)
            found |= {key: counted.get(key, 0) for key in held}
    for key in wanted - found.keys():
        found[key] = _measures[key].value(asked)
    return found
