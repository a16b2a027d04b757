"""Reading the figures entered by hand: what is known of a period as of a moment."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Sum
from django.urls import reverse

from gongkai import returns
from gongkai.registry.measures import Asked, Figure, Measure, Record, measure_for
from gongkai.statistics.models import Entry

LEDGER = "人工登记"
STOCKS = frozenset(
    {
        *("dedicated_bodies", "reading_points", "fulltime_staff", "parttime_staff"),
        *(
            f"disclosure.{item}.previous_projects"
            for item in ("permits", "other_services", "penalties", "coercion", "fees")
        ),
    }
)
"""What is, not what happened: an agency's newest entry counts, not the sum of them."""


def current(asked: Asked) -> models.QuerySet[Entry]:
    """Entries that stand: made by then, and not replaced by then."""
    replaced = Entry.objects.filter(replaces=OuterRef("pk"), at__lte=asked.as_of)
    return Entry.objects.filter(
        ~Exists(replaced), agency__in=asked.agency_ids, at__lte=asked.as_of
    )


def within(asked: Asked) -> models.QuerySet[Entry]:
    """Entries that count for the period: events in it, stocks as they last stood."""
    later = current(asked).filter(
        Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), pk__gt=OuterRef("pk")),
        agency=OuterRef("agency"),
        key=OuterRef("key"),
        on__lte=asked.period.last,
    )
    happened = Q(on__range=(asked.period.first, asked.period.last))
    stands = Q(on__lte=asked.period.last) & ~Exists(later)
    is_stock = Q(key__in=STOCKS)
    return current(asked).filter((~is_stock & happened) | (is_stock & stands))


@dataclass(frozen=True)
class Entered:
    """The entries behind a figure: its own, or those of all the parts of a sum."""

    keys: tuple[str, ...]

    def __call__(self, asked: Asked) -> models.QuerySet[Entry]:
        found = within(asked).filter(key__in=self.keys)
        return found.select_related("agency").order_by("-on", "-pk")


def is_enterable(key: str) -> bool:
    """A figure of some form that neither a ledger nor a sum of others gives."""
    known = returns.indicator(key) is not None and measure_for(key) is None
    return known and _parts().get(key) is None


def measure_of(key: str) -> Measure | None:
    """The ledger's measure, else that of the entries by hand; None if no such key."""
    if found := measure_for(key):
        return found
    if returns.indicator(key) is None:
        return None
    return Measure(key, LEDGER, Entered(leaves(key)), describe, _sum)


def values(keys: Collection[str], asked: Asked) -> dict[str, Figure | None]:
    """Of keys without a ledger; None where nothing was entered. One query."""
    groups = within(asked).order_by().values("key").annotate(total=Sum("value"))
    sums = {group["key"]: group["total"] for group in groups}
    found: dict[str, Figure | None] = {}
    for key in keys:
        if measure_for(key) is None:
            known = [sums[leaf] for leaf in leaves(key) if leaf in sums]
            found[key] = as_figure(key, sum(known)) if known else None
    return found


def as_figure(key: str, value: Decimal | int) -> Figure:
    """Money as a Decimal with two places, anything else as a whole number."""
    known = returns.indicator(key)
    if known is not None and known.unit == "元":
        return Decimal(value).quantize(Decimal("0.01"))
    return int(value)


def leaves(key: str) -> tuple[str, ...]:
    """The keys that are entered for a figure: itself, or the parts of a sum."""
    parts = _parts().get(key)
    return tuple(leaf for part in parts for leaf in leaves(part)) if parts else (key,)


@lru_cache(maxsize=1)
def _parts() -> Mapping[str, tuple[str, ...]]:
    """Sums that the forms' own relations make of figures without a ledger."""
    found: dict[str, tuple[str, ...]] = {}
    for name in returns.list_forms():
        for relation in returns.load_form(name).relations:
            total, parts = _sum_of(relation)
            if total and not any(map(measure_for, (total, *parts))):
                found.setdefault(total, parts)
    return found


def _sum_of(relation: returns.Relation) -> tuple[str, tuple[str, ...]]:
    plain = not any(term.negative or term.previous for term in relation.terms)
    is_sum = len(relation.left) == 1 and len(relation.right) > 1
    if relation.op == "=" and is_sum and plain:
        return relation.left[0].key, tuple(term.key for term in relation.right)
    return "", ()


def _sum(found: models.QuerySet[Any]) -> Figure | None:
    total: Decimal | None = found.aggregate(total=Sum("value"))["total"]
    if total is None or total == total.to_integral_value():
        return None if total is None else int(total)
    return total


def describe(entry: Any) -> Record:
    known = returns.indicator(entry.key)
    url = reverse(
        "statistics:entries",
        kwargs={"slug": entry.agency.slug, "year": entry.on.year},
    )
    title = f"{known.label if known else entry.key} {shown(entry)}"
    return Record(entry.on, title, url, entry.note)


def shown(entry: Entry) -> str:
    return f"{as_figure(entry.key, entry.value):,}"
