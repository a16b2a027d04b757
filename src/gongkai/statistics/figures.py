"""Official forms computed from the ledgers: each cell is a queryset's count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db import models

from gongkai import returns
from gongkai.agencies.models import Agency
from gongkai.registry.measures import (
    Asked,
    Measure,
    Period,
    Record,
    measure_for,
)


@dataclass(frozen=True)
class Cell:
    """One row of the form as computed. ``value`` is None where no ledger gives it."""

    row: returns.Row
    value: int | None
    ledger: str
    broken: tuple[returns.Broken, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether a click lists the records behind the value."""
        return self.value is not None


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


def compute(
    form: returns.Form, agency: Agency, year: int, as_of: datetime
) -> ComputedForm:
    """The form of one agency's own year. One count query a ledger-borne row."""
    period = Period.year(year)
    asked = asked_for(agency, period, as_of)
    values = {
        row.key: measure.records(asked).count()
        for row in form.rows
        if row.key and (measure := measure_for(row.key))
    }
    result = returns.check(form, values)
    return ComputedForm(
        form=form,
        agency=agency,
        period=period,
        as_of=as_of,
        cells=tuple(_cell(row, values, result) for row in form.rows),
        result=result,
        is_in_force=year in form.years,
    )


def _cell(
    row: returns.Row, values: Mapping[str, int], result: returns.CheckResult
) -> Cell:
    measure = measure_for(row.key) if row.key else None
    return Cell(
        row=row,
        value=values.get(row.key) if row.key else None,
        ledger=measure.ledger if measure else "",
        broken=tuple(
            broken
            for broken in (*result.errors, *result.warnings)
            if row.key in broken.keys
        ),
    )


def asked_for(agency: Agency, period: Period, as_of: datetime) -> Asked:
    own: models.QuerySet[models.Model] = Agency.objects.filter(pk=agency.pk)
    return Asked(agency_ids=own, period=period, as_of=as_of)


def drill_down(
    measure: Measure, asked: Asked, page: int | str, page_size: int = 20
) -> tuple[Page[models.Model], list[Record]]:
    """One page of exactly the records that the value counts; the first for nonsense."""
    found = Paginator(measure.records(asked), page_size).get_page(page)
    return found, [measure.describe(record) for record in found.object_list]
