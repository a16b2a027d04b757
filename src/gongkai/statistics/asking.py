"""Figures asked for freely: chosen indicators of a body or its area, over periods."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from gongkai import returns
from gongkai.agencies.models import Agency
from gongkai.registry import measures
from gongkai.registry.measures import Figure, Period, measure_for, values_of
from gongkai.statistics import entries, figures
from gongkai.statistics.models import Reach

MOST_INDICATORS = 60
YEARS_BACK = 2


@dataclass(frozen=True)
class Column:
    label: str
    period: Period


@dataclass(frozen=True)
class Asked:
    """One question: it is the same as its address, so that it can be kept."""

    agency: Agency
    reach: Reach
    columns: tuple[Column, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    key: str
    label: str
    unit: str
    values: tuple[Figure | None, ...]


def columns_of(unit: str, year: int) -> tuple[Column, ...]:
    """The quarters or months of a year; or the year with the two before it."""
    if unit == "quarter":
        return tuple(
            Column(f"{year} Q{number}", Period.quarter(year, number))
            for number in range(1, 5)
        )
    if unit == "month":
        return tuple(
            Column(f"{year}-{number:02}", Period.month(year, number))
            for number in range(1, 13)
        )
    return tuple(
        Column(str(one), Period.year(one)) for one in range(year - YEARS_BACK, year + 1)
    )


def between(first: date, last: date) -> tuple[Column, ...]:
    return (Column(f"{first} – {last}", Period(first, last)),)


def table(asked: Asked, as_of: datetime) -> list[Line]:
    """A few queries for each column, whatever the number of rows."""
    periods = [column.period for column in asked.columns]
    each = figures.asked_for_each(asked.agency, periods, as_of, asked.reach)
    found = [_values(asked.keys, one) for one in each]
    lines = []
    for key in asked.keys:
        known = returns.indicator(key)
        if known is not None:
            values = tuple(column.get(key) for column in found)
            lines.append(Line(key, known.label, known.unit, values))
    return lines


def _values(
    keys: Collection[str], asked: measures.Asked
) -> Mapping[str, Figure | None]:
    found = values_of(keys, asked)
    if any(measure_for(key) is None for key in keys):
        found |= entries.values(keys, asked)
    return found


@lru_cache(maxsize=1)
def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Indicators by the form that first names them, the older form first."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, known in returns.indicators().items():
        if known.form is not None:
            label = f"{(known.code or '').partition(':')[0]} {known.label}"
            groups.setdefault(_title(known.form), []).append((key, label))
    return list(groups.items())


def _title(name: str) -> str:
    form = returns.load_form(name)
    last = form.years.last or ""
    return f"{form.title}（{form.years.first}–{last}）"


def rows_of(asked: Asked, lines: Collection[Line]) -> list[list[Any]]:
    """For an export: a head and a row for each indicator."""
    head = ["编码", "指标", "单位", *(column.label for column in asked.columns)]
    return [head, *([one.key, one.label, one.unit, *one.values] for one in lines)]
