"""Returns added up the tree: sums in the database, no row of them in memory."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils import timezone

from gongkai import returns
from gongkai.agencies.models import Agency
from gongkai.registry.measures import Figure, Period, Record
from gongkai.statistics import entries, figures, provenance
from gongkai.statistics.figures import Values
from gongkai.statistics.models import Filing, FilingCell, Reach

CARRIED = ("applications.carried_in.total", "applications.carried_out.total")


def standing(form: str, period: Period) -> QuerySet[Filing]:
    """Each body's own return that stands: the newest accepted, else the one filed."""
    of_period = Filing.objects.filter(
        form=form, reach=Reach.OWN, first=period.first, last=period.last
    )
    accepted = of_period.filter(agency=OuterRef("agency"), state=Filing.State.ACCEPTED)
    newer = accepted.filter(version__gt=OuterRef("version"))
    return of_period.filter(
        (Q(state=Filing.State.ACCEPTED) & ~Exists(newer))
        | (Q(state=Filing.State.FILED) & ~Exists(accepted))
    )


def waiting(form: str, period: Period) -> QuerySet[Filing]:
    """Own returns that wait for the parent's word, corrections too."""
    return Filing.objects.filter(
        form=form,
        reach=Reach.OWN,
        first=period.first,
        last=period.last,
        state=Filing.State.FILED,
    )


def of_filing(filing: Filing) -> QuerySet[Filing]:
    """The returns that a sum takes together."""
    return below(filing.form, filing.period, filing.agency, Reach(filing.reach))


def below(form: str, period: Period, agency: Agency, reach: Reach) -> QuerySet[Filing]:
    ids = figures.agencies_below(agency, reach)
    return standing(form, period).filter(agency__in=ids)


def totals(form: returns.Form, found: QuerySet[Filing]) -> dict[str, Figure | None]:
    """Each cell added over the returns; None where all leave it out. One query."""
    rows = (
        FilingCell.objects.filter(filing__in=found.values("pk"))
        .order_by()
        .values_list("key")
        .annotate(total=Sum("value"))
    )
    summed = dict(rows)
    return {key: _figure(key, summed.get(key)) for key in form.by_key}


def _figure(key: str, value: Decimal | None) -> Figure | None:
    return None if value is None else entries.as_figure(key, value)


def parts(found: QuerySet[Filing], key: str) -> QuerySet[FilingCell]:
    """The cells that a sum is made of, the largest first; zeros left out."""
    return (
        FilingCell.objects.filter(filing__in=found.values("pk"), key=key)
        .exclude(value=None)
        .exclude(value=0)
        .select_related("filing__agency")
        .order_by("-value", "filing__agency__path")
    )


def page_of_parts(
    filing: Filing, key: str, number: str
) -> tuple[Page[Any], list[Record]]:
    """One page of what each body put into a cell of a sum."""
    page = Paginator(parts(of_filing(filing), key), 20).get_page(number)
    return page, [_told(cell) for cell in page.object_list]


def _told(cell: FilingCell) -> Record:
    filing = cell.filing
    on = filing.filed_at or filing.as_of
    value = _figure(cell.key, cell.value)
    url = reverse("statistics:filing", args=[filing.pk]) + f"?cell={cell.key}"
    return Record(timezone.localdate(on), filing.body_name, url, f"{value:,}")


def counts_below(
    form: str, period: Period, parent: Agency
) -> Mapping[str, tuple[int, int]]:
    """Path of each child → (bodies at and below it, of them with a return). Two
    queries, whatever the size of the tree."""
    length = len(parent.path) + Agency.steplen
    bodies = _by_child(
        Agency.objects.existing(period.last)
        .at_or_below(parent)
        .filter(depth__gt=parent.depth)
        .order_by(),
        "path",
        length,
    )
    ids = Agency.objects.at_or_below(parent).order_by().values("pk")
    filed = _by_child(
        standing(form, period).filter(agency__in=ids), "agency__path", length
    )
    return {path: (count, filed.get(path, 0)) for path, count in bodies.items()}


def _by_child(found: QuerySet[Any], path: str, length: int) -> dict[str, int]:
    rows = (
        found.annotate(child=Substr(path, 1, length))
        .values_list("child")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def carried(form: str, period: Period, agencies: QuerySet[Agency]) -> Mapping[int, Any]:
    """Agency id → (carried in, carried out of the year before) where they differ.

    Three queries. Bodies without a return in one of the years are left out; what
    bodies merged in the year had carried out counts with the one that took them over.
    """
    year = period.first.year
    older = figures.official_of(year - 1)
    before = Period.year(year - 1)
    into = _cells(form, period, CARRIED[0], agencies)
    successors = dict(merged_in(period, agencies).values_list("pk", "merged_into"))
    both = Agency.objects.filter(Q(pk__in=agencies.values("pk")) | Q(pk__in=successors))
    out: Counter[int] = Counter()
    carried_out = _cells(older.name, before, CARRIED[1], both)
    for pk, value in carried_out.items():
        out[successors.get(pk, pk)] += value
    return {
        pk: (value, out[pk])
        for pk, value in into.items()
        if pk in out and value != out[pk]
    }


def merged_in(period: Period, agencies: QuerySet[Agency]) -> QuerySet[Agency]:
    """Bodies that were merged into these in the course of a year."""
    within = (period.first, period.last)
    return Agency.objects.filter(
        merged_into__in=agencies.values("pk"), dissolved_on__range=within
    ).order_by("path")


def _cells(
    form: str, period: Period, key: str, agencies: QuerySet[Agency]
) -> dict[int, int]:
    rows = FilingCell.objects.filter(
        filing__in=standing(form, period).filter(agency__in=agencies).values("pk"),
        key=key,
        value__isnull=False,
    ).values_list("filing__agency_id", "value")
    return {pk: int(value or 0) for pk, value in rows}


def differences(
    own: Values, summed: Values
) -> list[tuple[str, Figure | None, Figure | None]]:
    """(key, own entry, sum of the parts) of each cell in which they differ."""
    return [
        (key, value, summed.get(key))
        for key, value in own.items()
        if (value or 0) != (summed.get(key) or 0)
    ]


@dataclass(frozen=True)
class Cause:
    """A return that came into a sum, or left it, after the sum was filed."""

    filing: Filing
    value: Figure
    is_new: bool


def causes(
    filing: Filing, keys: Collection[str], now: QuerySet[Filing]
) -> Mapping[str, Sequence[Cause]]:
    """Why cells of a filed sum differ from its parts today. Four queries."""
    if not keys or filing.is_draft:
        return {}
    standing = set(now.values_list("pk", flat=True))
    counted = {
        cell.key: set(provenance.unpack(bytes(cell.records)))
        for cell in filing.cells.filter(key__in=keys)
    }
    changed = standing.symmetric_difference(set[int]().union(*counted.values()))
    found: defaultdict[str, list[Cause]] = defaultdict(list)
    cells = FilingCell.objects.filter(filing__in=changed, key__in=keys)
    for cell in cells.exclude(value=None).exclude(value=0).select_related("filing"):
        if (cell.filing_id in standing) != (cell.filing_id in counted[cell.key]):
            is_new = cell.filing_id in standing
            value = _figure(cell.key, cell.value) or 0
            found[cell.key].append(Cause(cell.filing, value, is_new))
    return found
