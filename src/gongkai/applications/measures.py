"""The figures of disclosure on application, each as the cases behind it.

A case counts where it stood at the moment asked for: an end that was entered later is
not known then, and the case is still open. A case that was joined into another is
counted there. Forms of 2019 and later: by row and kind of applicant; the form of 2014:
by channel, by term, by reply.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.urls import reverse
from django.utils import timezone

from gongkai import law, returns
from gongkai.applications.choices import Channel, Stage
from gongkai.applications.models import Act, Case, Fee
from gongkai.applications.querysets import CaseQuerySet
from gongkai.registry.measures import (
    Asked,
    Family,
    Figure,
    Measure,
    Record,
    register,
    register_family,
)

CASES, FEES = "依申请公开台账", "信息处理费"
FORMS = ("2019", "2021")
TOTAL = "total"
ENDINGS = (Stage.REPLIED, Stage.WITHDRAWN, Stage.CLOSED, Stage.ARCHIVED)

CHANNELS: Mapping[str, tuple[Channel, ...]] = {
    "applications_in_person": (Channel.IN_PERSON, Channel.ORAL),
    "applications_by_fax": (Channel.FAX,),
    "applications_by_network": (Channel.NETWORK, Channel.EMAIL),
    "applications_by_letter": (Channel.LETTER, Channel.SIGNED_POST),
}
"""Rows 3.1.1 to 3.1.4 of 2014; oral requests are taken down at the counter."""

BEYOND_TERM = Q(was_extended=True) | Q(closed_on__gt=F("due_on"))
"""Row 3.2.2, 延期办结: closed after the first term, with an extension or without."""

BALANCE = ("new_received", "carried_in", "results_total", "carried_out")

# What the form has no row for, as "withdrawn" of the older regime: 其他.
_REST = {"2019": "applications.other", "2021": "applications.other.rest"}


# Where a case stood


def known(as_of: datetime) -> Q:
    """The case's end, if it has one, was entered by then.

    Almost always the case's own last move tells it; only where something was entered
    afterwards must the acts be asked.
    """
    ended = Act.objects.filter(case=OuterRef("pk"), to_stage__in=ENDINGS, at__lte=as_of)
    return Q(stage_since__lte=as_of) | Q(Exists(ended))


def counted(asked: Asked) -> CaseQuerySet:
    """Cases registered by then, without those joined by then into another."""
    return Case.objects.filter(
        Q(joined_into__isnull=True) | ~known(asked.as_of),
        agency__in=asked.agency_ids,
        registered_at__lte=asked.as_of,
    )


def received(asked: Asked) -> Q:
    return Q(received_on__range=(asked.period.first, asked.period.last))


def open_after(day: date, as_of: datetime) -> Q:
    return Q(closed_on__isnull=True) | Q(closed_on__gt=day) | ~known(as_of)


def carried_in(asked: Asked) -> Q:
    """Received before the period, and not ended before it."""
    first = asked.period.first
    before = Q(closed_on__isnull=True) | Q(closed_on__gte=first) | ~known(asked.as_of)
    return Q(received_on__lt=first) & before


def carried_out(asked: Asked) -> Q:
    last = asked.period.last
    return Q(received_on__lte=last) & open_after(last, asked.as_of)


def ended(asked: Asked) -> Q:
    days = (asked.period.first, asked.period.last)
    return Q(closed_on__range=days) & known(asked.as_of)


_CONDITIONS = {
    "new_received": received,
    "carried_in": carried_in,
    "results_total": ended,
    "carried_out": carried_out,
}


# Which result falls in which row


@lru_cache(maxsize=8)
def rows_of_results(form: str) -> Mapping[tuple[str, str], str]:
    """(regime, code) → key of the row in the form, without the applicant's column."""
    found = {
        (name, code): result.row(form)
        for name in law.regime_names()
        for code, result in law.regime(name).results.items()
    }
    if form in _REST:
        found["2008", "withdrawn"] = _REST[form]
    return found


def _of_row(form: str, row: str) -> Q:
    condition = Q(pk__in=())
    for (regime, code), key in rows_of_results(form).items():
        if key == row:
            condition |= Q(regime=regime, result=code)
    return condition


class Cell:
    """Cases of one row of the table, of one kind of applicant or of all."""

    def __init__(self, form: str, row: str, applicant: str) -> None:
        self.form, self.row, self.applicant = form, row, applicant

    def __call__(self, asked: Asked) -> CaseQuerySet:
        name = self.row.removeprefix("applications.")
        if name in _CONDITIONS:
            condition = _CONDITIONS[name](asked)
        else:
            condition = ended(asked) & _of_row(self.form, self.row)
        if self.applicant != TOTAL:
            condition &= Q(applicant_kind=self.applicant)
        return counted(asked).filter(condition).newest_first()


def _cells() -> Iterator[tuple[str, Cell]]:
    """The cells of both forms; what both have is the same cell."""
    seen: set[str] = set()
    for form in FORMS:
        for table in returns.load_form(form).tables:
            if table.prefix != "applications":
                continue
            for line in table.lines:
                for column in table.columns:
                    key = table.key(line, column)
                    if key not in seen:
                        seen.add(key)
                        yield key, Cell(form, f"applications.{line.key}", column.key)


def table_values(asked: Asked) -> Mapping[str, Figure]:
    """All cells of the table at once; those that are zero are left out. One query."""
    groups: Any = (
        counted(asked)
        .order_by()
        .values("regime", "result", "applicant_kind")
        .annotate(**{name: _count(_CONDITIONS[name](asked)) for name in BALANCE})
    )
    found: defaultdict[str, int] = defaultdict(int)
    for group in groups:
        for name in BALANCE:
            _add(found, f"applications.{name}", group, group[name])
        code = group["regime"], group["result"]
        for row in {rows_of_results(form).get(code) for form in FORMS} - {None}:
            _add(found, str(row), group, group["results_total"])
    return found


def _count(condition: Q) -> Count:
    return Count("pk", filter=condition)


def _add(
    found: defaultdict[str, int], row: str, group: Mapping[str, Any], count: int
) -> None:
    if count:
        found[f"{row}.{group['applicant_kind']}"] += count
        found[f"{row}.{TOTAL}"] += count


# The form of 2014


class Selected:
    """Cases received, or ended, of which a further condition holds."""

    def __init__(self, base: Any, condition: Q | None = None) -> None:
        self.base, self.condition = base, condition or Q()

    def __call__(self, asked: Asked) -> CaseQuerySet:
        found = counted(asked).filter(self.base(asked)).filter(self.condition)
        return found.newest_first()


def _replies() -> Mapping[str, Q]:
    """Rows 3.3.1 to 3.3.8 with their sums, from the older regime's results."""
    rows = {row for row in rows_of_results("2014").values() if "." not in row}
    found = {row: _of_row("2014", row) for row in sorted(rows)}
    # A row may be its own part: the sum of the refusals is a row of the form alone.
    for total in ("refused", "applications_replied"):
        parts = Q(pk__in=())
        for row, condition in tuple(found.items()):
            if total == "applications_replied" or row.startswith("refused_"):
                parts |= condition
        found[total] = parts
    return found


def _older() -> Iterator[tuple[str, Selected]]:
    yield "applications_received", Selected(received)
    for key, channels in CHANNELS.items():
        yield key, Selected(received, Q(channel__in=channels))
    yield "applications_closed", Selected(ended)
    within = Q(was_extended=False) & (
        Q(due_on__isnull=True) | Q(closed_on__lte=F("due_on"))
    )
    yield "closed_on_time", Selected(ended, within)
    yield "closed_extended", Selected(ended, BEYOND_TERM)
    for row, condition in _replies().items():
        yield row, Selected(ended, condition)


OLDER = dict(_older())


def older_values(asked: Asked) -> Mapping[str, Figure]:
    """Section three of 2014 at once. One query."""
    totals = {
        key: _count(selected.base(asked) & selected.condition)
        for key, selected in OLDER.items()
    }
    return counted(asked).order_by().aggregate(**totals)


# Fees


def fees(asked: Asked) -> models.QuerySet[Fee]:
    """Processing fees paid in the period, as entered by then."""
    paid = Act.objects.filter(
        case=OuterRef("case"), name="fee_paid", at__lte=asked.as_of
    )
    return (
        Fee.objects.filter(
            Exists(paid),
            case__agency__in=asked.agency_ids,
            paid_on__range=(asked.period.first, asked.period.last),
        )
        .select_related("case")
        .order_by("-paid_on", "-pk")
    )


def _sum_of_fees(found: models.QuerySet[Any]) -> Decimal:
    total: Decimal | None = found.aggregate(total=Sum("amount_yuan"))["total"]
    return total or Decimal(0)


# Lines of a drill-down, without the applicant


def describe_case(case: Any) -> Record:
    url = reverse("applications-console:case", args=[case.pk])
    return Record(case.received_on, f"{case.number} {case.subject}", url, _end(case))


def _end(case: Case) -> str:
    if case.closed_on is None:
        return str(case.get_stage_display())
    results = law.regime(case.regime).results
    label = results[case.result].label.zh if case.result in results else case.result
    return f"{label} {case.closed_on.isoformat()}"


def describe_fee(fee: Any) -> Record:
    url = reverse("applications-console:case", args=[fee.case_id])
    on = fee.paid_on or timezone.localdate()
    return Record(on, fee.case.number, url, f"{fee.amount_yuan} 元")


for _key, _cell in _cells():
    register(Measure(_key, CASES, _cell, describe_case))
register_family(Family(frozenset(dict(_cells())), table_values))
for _key, _selected in OLDER.items():
    register(Measure(_key, CASES, _selected, describe_case))
register_family(Family(frozenset(OLDER), older_values))
register(Measure("fees_yuan", FEES, fees, describe_fee, _sum_of_fees))
