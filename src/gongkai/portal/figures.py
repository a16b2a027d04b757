"""The year's figures on a home page: measures, each with the list of its records."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.agencies.models import Agency
from gongkai.items.choices import Kind
from gongkai.registry.charts import Chart
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


MONTHS = 12
# What stands in the column beside the lists, and fills a phone's width.
NARROW = 360


@dataclass(frozen=True)
class Monthly:
    """What was published in each of the last months, oldest first."""

    months: tuple[date, ...]
    counts: tuple[int, ...]
    source: str

    @property
    def chart(self) -> Chart:
        return Chart(
            title=_("Published in each of the last 12 months"),
            labels=tuple(str(month.month) for month in self.months),
            values=self.counts,
            axis=_("Month"),
            width=NARROW,
        )

    @property
    def columns(self) -> list[str]:
        return [_("Month"), _("Items published")]

    @property
    def rows(self) -> list[tuple[str, int]]:
        """The table beside, the newest month on top."""
        pairs = zip(self.months, self.counts, strict=True)
        return [(f"{month:%Y-%m}", count) for month, count in pairs][::-1]

    @property
    def words(self) -> str:
        """What the picture shows, for who does not see it."""
        return "；".join(f"{month} {count}" for month, count in self.rows[::-1])


def monthly(agency: Agency | None, today: date) -> Monthly | None:
    """Of the agency with all below it, or of the whole platform. One query."""
    measure = measure_for("proactive_total")
    if measure is None:
        return None
    months = _last_months(today)
    asked = Asked(_bodies(agency), Period(months[0], today), timezone.now())
    of_month = measure.records(asked).order_by().annotate(of=TruncMonth("published_on"))
    found = dict(of_month.values_list("of").annotate(Count("pk")))
    counts = tuple(found.get(month, 0) for month in months)
    return Monthly(months, counts, measure.ledger)


def _last_months(today: date) -> tuple[date, ...]:
    """The first days of the last twelve months, this one last."""
    newest = today.year * 12 + today.month - 1
    numbers = range(newest - MONTHS + 1, newest + 1)
    return tuple(date(number // 12, number % 12 + 1, 1) for number in numbers)


def _bodies(agency: Agency | None) -> "models.QuerySet[Any]":
    return Agency.objects.at_or_below(agency) if agency else Agency.objects.all()


def year_to_date(agency: Agency | None, today: date) -> list[YearFigure]:
    """Of the agency with all below it, or of the whole platform. Two counts a figure.

    The address leads to the public list of exactly the records that are counted.
    """
    bodies = _bodies(agency)
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
