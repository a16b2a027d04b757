"""Official forms computed from the ledgers: each cell is a queryset's count."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db import models

from gongkai import returns
from gongkai.agencies.models import Agency, AgencyKind
from gongkai.registry.measures import (
    Agencies,
    Asked,
    Figure,
    Measure,
    Period,
    Record,
    measure_for,
    values_of,
)
from gongkai.statistics import entries
from gongkai.statistics.models import Reach

Values = Mapping[str, Figure | None]


@dataclass(frozen=True)
class Cell:
    """One figure of the form. ``value`` is None where nobody gives it.

    ``computed`` is what the ledger says where something else was filed.
    """

    row: returns.Row
    value: Figure | None
    ledger: str
    broken: tuple[returns.Broken, ...] = ()
    computed: Figure | None = None
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether a click lists the records behind the value."""
        return self.value is not None

    @property
    def printed(self) -> Figure | None:
        """As the form prints it: 万元 where the row says so."""
        return printed(self.row, self.value)


@dataclass(frozen=True)
class Previous:
    """What was filed for the year before; None where nothing was, or need not be.

    ``is_same_body`` is False where other bodies were merged into this one since.
    """

    values: Values | None = None
    is_same_body: bool = True


NOTHING_BEFORE = Previous()


@dataclass(frozen=True)
class ComputedForm:
    form: returns.Form
    agency: Agency
    period: Period
    as_of: datetime
    cells: tuple[Cell, ...]
    result: returns.CheckResult
    # False outside the form's own report years: it still computes, and says so.
    is_in_force: bool

    @property
    def by_key(self) -> Mapping[str, Cell]:
        return {cell.row.key: cell for cell in self.cells if cell.row.key}

    @property
    def values(self) -> Values:
        return {key: cell.value for key, cell in self.by_key.items()}


def printed(row: returns.Row, value: Figure | None) -> Figure | None:
    if value is None or row.unit != "万元":
        return value
    return (Decimal(value) / 10000).normalize() + 0


def official_of(year: int) -> returns.Form:
    """The form in force here, else the nearest: before the first year the first."""
    found = returns.form_in_force(year, settings.FORM_AREA)
    return found or returns.load_form(returns.list_forms()[0])


def compute(
    form: returns.Form,
    agency: Agency,
    period: Period,
    as_of: datetime,
    *,
    reach: Reach = Reach.OWN,
    previous: Previous = NOTHING_BEFORE,
) -> ComputedForm:
    """The form of an agency, or of bodies below it, for a period. Some ten queries."""
    asked = asked_for(agency, period, as_of, reach)
    return judged(form, agency, period, as_of, form_values(form, asked), previous)


def form_values(form: returns.Form, asked: Asked) -> dict[str, Figure | None]:
    keys = tuple(form.by_key)
    return {**values_of(keys, asked), **entries.values(keys, asked)}


def judged(
    form: returns.Form,
    agency: Agency,
    period: Period,
    as_of: datetime,
    values: Values,
    previous: Previous = NOTHING_BEFORE,
    computed: Values | None = None,
    reasons: Mapping[str, str] | None = None,
) -> ComputedForm:
    """Values put into their form and held against its relations. No query."""
    result = returns.check(
        form, values, previous.values, is_same_body=previous.is_same_body
    )
    broken = (*result.errors, *result.warnings)
    cells = tuple(
        Cell(
            row=row,
            value=values.get(row.key) if row.key else None,
            ledger=ledger_of(row.key) if row.key else "",
            broken=tuple(one for one in broken if row.key in one.keys),
            computed=(computed or values).get(row.key) if row.key else None,
            reason=(reasons or {}).get(row.key or "", ""),
        )
        for row in form.rows
    )
    in_force = period.first.year in form.years
    return ComputedForm(form, agency, period, as_of, cells, result, in_force)


def ledger_of(key: str) -> str:
    measure = measure_for(key)
    return measure.ledger if measure else entries.LEDGER


def bodies_of(agency: Agency, days: Collection[date]) -> list[Agencies]:
    """For each day, the body and those merged into it by then: it answers for them."""
    taken_over = list(Agency.objects.taken_over_by(agency, max(days)))
    return [
        (agency.pk, *(one.pk for one in taken_over if not one.exists_on(day)))
        for day in days
    ]


def agencies_below(agency: Agency, reach: Reach) -> Agencies:
    """Ids as a query over the tree."""
    below = Agency.objects.at_or_below(agency)
    if reach is Reach.DEPARTMENTS:
        below = below.filter(
            depth__lte=agency.depth + 1,
            kind__in=(AgencyKind.DEPARTMENT, AgencyKind.INSTITUTION),
        ).exclude(pk=agency.pk)
    return below.order_by().values("pk")


def asked_for(
    agency: Agency, period: Period, as_of: datetime, reach: Reach = Reach.OWN
) -> Asked:
    [asked] = asked_for_each(agency, [period], as_of, reach)
    return asked


def asked_for_each(
    agency: Agency, periods: Sequence[Period], as_of: datetime, reach: Reach
) -> list[Asked]:
    """One query for all of the periods; two more for each merger."""
    if reach is not Reach.OWN:
        below = agencies_below(agency, reach)
        return [Asked(below, period, as_of) for period in periods]
    bodies = bodies_of(agency, [period.last for period in periods])
    return [Asked(*told, as_of) for told in zip(bodies, periods, strict=True)]


def drill_down(
    measure: Measure, asked: Asked, page: int | str, page_size: int = 20
) -> tuple[Page[models.Model], list[Record]]:
    """One page of exactly the records that the value counts; the first for nonsense."""
    found = Paginator(measure.records(asked), page_size).get_page(page)
    return found, [measure.describe(record) for record in found.object_list]
