"""The year's figures on a home page: measures, each with the list of its records."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.agencies.models import Agency
from gongkai.items.choices import Kind
from gongkai.registry.measures import Asked, Period, measure_for


@dataclass(frozen=True)
class YearFigure:
    label: str
    value: int
    unit: str
    url: str
    source: str
    compare: str


_SHOWN: tuple[tuple[str, str | Promise, dict[str, str]], ...] = (
    ("proactive_total", gettext_lazy("Published so far this year"), {}),
    (
        "normative_documents",
        gettext_lazy("Of these, normative documents"),
        {"kind": Kind.NORMATIVE},
    ),
)


def year_to_date(agency: Agency | None, today: date) -> list[YearFigure]:
    """Of the agency with all below it, or of the whole platform. Two counts a figure.

    The address leads to the public list of exactly the records that are counted.
    """
    bodies = Agency.objects.at_or_below(agency) if agency else Agency.objects.all()
    return [
        figure
        for key, label, narrowed in _SHOWN
        if (figure := _figure(key, str(label), narrowed, agency, bodies, today))
    ]


def _figure(
    key: str,
    label: str,
    narrowed: dict[str, Any],
    agency: Agency | None,
    bodies: "models.QuerySet[Any]",
    today: date,
) -> YearFigure | None:
    measure = measure_for(key)
    if measure is None:
        return None
    now = timezone.now()

    def count(period: Period) -> int:
        return measure.records(Asked(bodies, period, now)).count()

    told = {"agency": agency.slug} if agency else {}
    asked = {**told, "year": today.year, **narrowed}
    return YearFigure(
        label=label,
        value=count(Period(date(today.year, 1, 1), today)),
        unit="条",
        url=f"{reverse('portal:search')}?{urlencode(asked)}",
        source=measure.ledger,
        compare=_("Same days of last year: %(count)s")
        % {"count": f"{count(_year_before(today)):,}"},
    )


def _year_before(today: date) -> Period:
    last = today.replace(year=today.year - 1, day=min(today.day, 28))
    if today.day <= 28 or today.month != 2:
        last = today.replace(year=today.year - 1)
    return Period(date(today.year - 1, 1, 1), last)
