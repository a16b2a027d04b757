"""The figures of remedies, each as the proceedings behind it.

A proceeding counts in the period in which it was decided, and as 尚未审结 where it had
come in and was not decided on the period's last day. It came in when its copy reached
the agency [D]. An appeal takes the first instance's place from the day on which it came
in, so a lawsuit counts once in a year; a later appeal changes no earlier year. What was
entered later, a correction too, is not known at the moment asked for.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from gongkai.law.proceedings import ROWS, outcomes, outcomes_in
from gongkai.registry.measures import (
    Asked,
    Family,
    Figure,
    Measure,
    Record,
    register,
    register_family,
)
from gongkai.remedies.choices import PROCEEDINGS, SUITS, Kind
from gongkai.remedies.models import Remedy, Step
from gongkai.remedies.querysets import RemedyQuerySet

LEDGER = "复议诉讼台账"
PENDING, TOTAL = "pending", "total"
DECIDING = ("decide", "correct_decision")
OLDER: Mapping[str, tuple[Kind, ...]] = {
    "reviews": (Kind.RECONSIDERATION,),
    "litigations": SUITS,
}
"""Rows 4 and 5 of 2014: what was decided in the year, its parts as in table four."""


def known(asked: Asked, kinds: Iterable[str]) -> RemedyQuerySet:
    """Registered and come in by then, not struck out by then, with the decision as it
    was known then: ``end_on`` and ``end``."""
    last = Step.objects.filter(
        remedy=OuterRef("pk"), name__in=DECIDING, at__lte=asked.as_of
    ).order_by("-pk")
    struck = Step.objects.filter(
        remedy=OuterRef("pk"), name="strike_out", at__lte=asked.as_of
    )
    return (
        Remedy.objects.filter(
            ~Exists(struck),
            agency__in=asked.agency_ids,
            kind__in=list(kinds),
            registered_at__lte=asked.as_of,
            copy_received_on__lte=asked.period.last,
        )
        .annotate(
            end_on=Subquery(last.values("on")[:1]),
            end=Subquery(last.values("outcome")[:1]),
        )
        .newest_first()
    )


def last_instances(asked: Asked, kinds: Iterable[str]) -> RemedyQuerySet:
    """Without those whose place an appeal has taken by the period's last day."""
    struck = Step.objects.filter(
        remedy=OuterRef("pk"), name="strike_out", at__lte=asked.as_of
    )
    appeals = Remedy.objects.filter(
        ~Exists(struck),
        follows=OuterRef("pk"),
        kind=OuterRef("kind"),
        registered_at__lte=asked.as_of,
        copy_received_on__lte=asked.period.last,
    )
    return known(asked, kinds).filter(~Exists(appeals))


def decided(asked: Asked) -> Q:
    return Q(end_on__range=(asked.period.first, asked.period.last))


def pending(asked: Asked) -> Q:
    return Q(end_on__isnull=True) | Q(end_on__gt=asked.period.last)


def _ended_as(row: str, asked: Asked) -> Q:
    return decided(asked) & Q(end__in=outcomes_in(row))


_CELLS: Mapping[str, Callable[[Asked], Q]] = {
    **{row: partial(_ended_as, row) for row in ROWS},
    PENDING: pending,
    TOTAL: lambda asked: decided(asked) | pending(asked),
}
"""The columns of table four; each is a condition on the last instances."""


@dataclass(frozen=True)
class Cell:
    """Proceedings of some kinds of which a column's condition holds."""

    kinds: tuple[str, ...]
    column: str

    def __call__(self, asked: Asked) -> RemedyQuerySet:
        condition = decided if self.column == "decided" else _CELLS[self.column]
        found = last_instances(asked, self.kinds).filter(condition(asked))
        return found.select_related("agency")


def _cells() -> Iterator[tuple[str, Cell]]:
    """Table four of 2019 and 2021, rows 4 and 5 of 2014."""
    for kind in PROCEEDINGS:
        for column in _CELLS:
            yield f"remedies.{kind}.{column}", Cell((kind,), column)
    for name, kinds in OLDER.items():
        for row in ROWS:
            yield f"{name}_{row}", Cell(tuple(kinds), row)
        yield name, Cell(tuple(kinds), "decided")


CELLS = dict(_cells())


def values(asked: Asked) -> Mapping[str, Figure]:
    """All cells at once; those that are zero are left out. One query."""
    found: defaultdict[str, int] = defaultdict(int)
    ends: QuerySet[Any] = last_instances(asked, PROCEEDINGS).order_by()
    told = ends.values_list("kind", "end_on", "end")
    for kind, end_on, end in told.iterator():
        if end_on is None or end_on > asked.period.last:
            found[f"remedies.{kind}.{PENDING}"] += 1
            found[f"remedies.{kind}.{TOTAL}"] += 1
        elif end_on >= asked.period.first:
            for key in _keys_of(kind, outcomes()[end].row):
                found[key] += 1
    return found


def _keys_of(kind: str, row: str) -> Iterator[str]:
    yield f"remedies.{kind}.{row}"
    yield f"remedies.{kind}.{TOTAL}"
    for name, kinds in OLDER.items():
        if kind in kinds:
            yield name
            yield f"{name}_{row}"


def complaints(asked: Asked) -> RemedyQuerySet:
    """Row 6 of 2014: complaints that came in within the period."""
    days = (asked.period.first, asked.period.last)
    return known(asked, [Kind.COMPLAINT]).filter(copy_received_on__range=days)


def describe(remedy: Any) -> Record:
    url = reverse("remedies:remedy", args=[remedy.pk])
    title = f"{remedy.number} {remedy.subject}"
    return Record(remedy.copy_received_on, title, url, _end(remedy))


def _end(remedy: Any) -> str:
    """As it was known at the moment asked for."""
    if remedy.end_on is None:
        return "尚未审结"
    ended = outcomes().get(remedy.end)
    label = ended.label.zh if ended else remedy.end
    return f"{label} {remedy.end_on.isoformat()}"


for _key, _cell in CELLS.items():
    register(Measure(_key, LEDGER, _cell, describe))
register_family(Family(frozenset(CELLS), values))
register(Measure("complaints", LEDGER, complaints, describe))
