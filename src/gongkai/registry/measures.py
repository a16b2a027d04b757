"""What a ledger offers to the statistics: a figure is the records behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Period:
    """Both days are in it."""

    first: date
    last: date

    @classmethod
    def year(cls, year: int) -> "Period":
        return cls(date(year, 1, 1), date(year, 12, 31))


@dataclass(frozen=True)
class Asked:
    """What a figure is asked for.

    ``agency_ids`` is a queryset of ids (one agency or a whole tree), so that a sum
    over thousands of agencies stays one query. ``as_of`` is the moment whose knowledge
    counts: what was entered later does not change the figure.
    """

    agency_ids: models.QuerySet[models.Model]
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
    """A named figure: ``records(asked)`` is the queryset, its count is the value."""

    key: str
    ledger: str
    records: Callable[[Asked], models.QuerySet[models.Model]]
    describe: Callable[[Any], Record]


_measures: dict[str, Measure] = {}


def register(measure: Measure) -> None:
    """For a ledger's ``measures`` module. One key, one measure, or ValueError."""
    if _measures.get(measure.key, measure) != measure:
        raise ValueError(f"Two measures for {measure.key}")
    _measures[measure.key] = measure


def measure_for(key: str) -> Measure | None:
    return _measures.get(key)
