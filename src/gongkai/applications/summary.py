"""The quarterly summary (季度汇总): each figure is a condition on the register.

Value and list of records come from the same condition, so they cannot disagree. What
was joined into another case is counted there.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from gongkai import law, returns
from gongkai.applications.choices import ApplicantKind, Channel
from gongkai.applications.querysets import CaseQuerySet
from gongkai.registry.calendars.standing import newest
from gongkai.registry.charts import Chart
from gongkai.registry.measures import Period

FORM = "2021"
"""Whose groups and words the results are shown by."""
BINS = ((0, 5), (6, 10), (11, 15), (16, 20), (21, 40), (41, None))
"""Working days taken, as the last chart counts them."""
RESULT = "result:"
LONGEST = "longest"


def period_of(year: int, quarter: int) -> Period:
    """A quarter of 1 to 4, the whole year for 0."""
    if not quarter:
        return Period.year(year)
    first = date(year, 3 * quarter - 2, 1)
    following = date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
    return Period(first, following - timedelta(days=1))


def condition(key: str, period: Period, today: date) -> Q:
    """What a figure counts; raises KeyError for a key that is none.

    ``late`` and its like go by the day that the clock gives the case now.
    """
    first, last = period.first, period.last
    ended = Q(closed_on__range=(first, last))
    in_time = Q(due_on__isnull=True) | Q(closed_on__lte=F("due_on"))
    if key.startswith(RESULT):
        return ended & Q(result=key.removeprefix(RESULT))
    still = Q(closed_on__isnull=True) | Q(closed_on__gt=last)
    return {
        "new": Q(received_on__range=(first, last)),
        "carried_in": Q(received_on__lt=first)
        & (Q(closed_on__isnull=True) | Q(closed_on__gte=first)),
        "ended": ended,
        "carried_out": Q(received_on__lte=last) & still,
        "on_time": ended & in_time & Q(was_extended=False),
        "extended": ended & in_time & Q(was_extended=True),
        "late": ended & Q(closed_on__gt=F("due_on")),
        "overdue": Q(received_on__lte=last)
        & still
        & Q(due_on__lte=last, due_on__lt=today),
        "taken_over": ended & ~Q(legacy_number=""),
    }[key]


@dataclass(frozen=True)
class Line:
    """A row of the table: its counts by kind of applicant, the total last."""

    key: str
    label: str
    counts: tuple[int, ...]
    # The heading under which the official form has it, "" for none.
    group: str = ""
    is_sum: bool = False


@dataclass(frozen=True)
class Figure:
    key: str
    label: str
    value: int


@dataclass(frozen=True)
class Days:
    """Working days from receipt to end, pauses included; None where none ended."""

    median: float | None
    longest: int | None
    bins: tuple[int, ...]
    longest_pairs: frozenset[tuple[date, date]]


class Summary:
    """The figures of some cases over a period. Eight queries, when all are read."""

    def __init__(self, cases: CaseQuerySet, period: Period, today: date) -> None:
        self.cases = cases.counted().order_by()
        self.period, self.today = period, today

    def records(self, key: str, kind: str = "", channel: str = "") -> CaseQuerySet:
        """Exactly the cases that a figure counts; raises KeyError."""
        if key == LONGEST:
            found = self.cases.filter(self._condition("ended")).filter(self._longest)
        else:
            found = self.cases.filter(self._condition(key))
        if kind:
            found = found.filter(applicant_kind=kind)
        return found.filter(channel=channel) if channel else found

    @cached_property
    def lines(self) -> list[Line]:
        ended = self._ended
        sums: Counter[str] = Counter()
        for (_code, kind), count in ended.items():
            sums[kind] += count
        return [
            self._line("new", _("Received in the period")),
            self._line("carried_in", _("Carried in from before")),
            *self._results(ended),
            _row("ended", _("Results in all"), sums, is_sum=True),
            self._line("carried_out", _("Carried on to the next period")),
        ]

    @cached_property
    def balance(self) -> tuple[int, int]:
        """Both sides of the official relation: received and carried in; results and
        carried on."""
        totals = {line.key: line.counts[-1] for line in self.lines}
        return (
            totals["new"] + totals["carried_in"],
            totals["ended"] + totals["carried_out"],
        )

    @cached_property
    def timeliness(self) -> list[Figure]:
        labels = {
            "on_time": _("Ended in time"),
            "extended": _("Ended in time after an extension"),
            "late": _("Ended late"),
            "overdue": _("Still open and overdue"),
        }
        counts = self.cases.aggregate(
            taken_over=Count("pk", filter=self._condition("taken_over")),
            **{key: Count("pk", filter=self._condition(key)) for key in labels},
        )
        self._taken_over = int(counts["taken_over"])
        return [Figure(key, label, counts[key]) for key, label in labels.items()]

    @property
    def taken_over(self) -> int:
        """Ended cases of an older register: what stopped their clock is not known."""
        _read = self.timeliness
        return self._taken_over

    @cached_property
    def channels(self) -> list[Figure]:
        found = self.cases.filter(self._condition("new")).values_list("channel")
        counts = dict(found.annotate(Count("pk")))
        return [
            Figure(value, str(label), counts.get(value, 0))
            for value, label in Channel.choices
        ]

    @cached_property
    def days(self) -> Days:
        ended = self.cases.filter(self._condition("ended")).values_list(
            "agency__path", "received_on", "closed_on"
        )
        taken: Counter[int] = Counter()
        pairs: dict[int, set[tuple[date, date]]] = {}
        snapshot = newest()
        for path, begun, closed, count in ended.annotate(Count("pk")):
            days = snapshot.calendar(path).working_days(begun, closed)
            taken[days] += count
            pairs.setdefault(days, set()).add((begun, closed))
        longest = max(taken, default=None)
        return Days(
            median=_median(taken),
            longest=longest,
            bins=tuple(_in_bin(taken, *bounds) for bounds in BINS),
            longest_pairs=frozenset(pairs[longest] if longest is not None else ()),
        )

    @cached_property
    def intake(self) -> list[tuple[date, int]]:
        """Received in each of the twelve months that end with the period's last."""
        last = self.period.last.replace(day=1)
        months = [_months_before(last, back) for back in range(11, -1, -1)]
        found = (
            self.cases.filter(received_on__range=(months[0], self.period.last))
            .annotate(month=TruncMonth("received_on"))
            .values_list("month")
            .annotate(Count("pk"))
        )
        counts = dict(found)
        return [(month, counts.get(month, 0)) for month in months]

    @property
    def charts(self) -> list[Chart]:
        results = [line for line in self.lines if line.key.startswith(RESULT)]
        shown = [line for line in results if line.counts[-1]]
        return [
            Chart(
                _("Received a month"),
                tuple(f"{month:%y-%m}" for month, _count in self.intake),
                tuple(count for _month, count in self.intake),
                axis=_("Month"),
            ),
            Chart(
                _("Results in the period"),
                tuple(line.label for line in shown),
                tuple(line.counts[-1] for line in shown),
                kind="bars",
                axis=_("Result"),
            ),
            Chart(
                _("Working days taken"),
                tuple(_bin_label(*bounds) for bounds in BINS),
                self.days.bins,
                axis=_("Working days"),
            ),
        ]

    def _condition(self, key: str) -> Q:
        return condition(key, self.period, self.today)

    @property
    def _longest(self) -> Q:
        found = Q(pk__in=())
        for begun, closed in self.days.longest_pairs:
            found |= Q(received_on=begun, closed_on=closed)
        return found

    def _line(self, key: str, label: str) -> Line:
        found = self.cases.filter(self._condition(key)).values_list("applicant_kind")
        return _row(key, label, dict(found.annotate(Count("pk"))))

    @cached_property
    def _ended(self) -> dict[tuple[str, str], int]:
        found = self.cases.filter(self._condition("ended"))
        rows = found.values_list("result", "applicant_kind").annotate(Count("pk"))
        return {(code, kind): count for code, kind, count in rows}

    def _results(self, ended: dict[tuple[str, str], int]) -> Iterable[Line]:
        """The rows of the official form, and those of older codes that were counted."""
        for code, label, group in _official_rows():
            yield _row(f"{RESULT}{code}", label, _of_code(ended, code), group)
        known = {code for code, _label, _group in _official_rows()}
        older = law.regime("2008").results
        for code in sorted({code for code, _kind in ended} - known):
            label = older[code].label.zh if code in older else _("Withdrawn")
            group = _("By the Regulations of 2008")
            yield _row(f"{RESULT}{code}", label, _of_code(ended, code), group)


def _official_rows() -> Sequence[tuple[str, str, str]]:
    """(code, label, heading) in the order and words of the form."""
    form = returns.load_form(FORM)
    labels = {row.key: row.label.split("·")[1:-1] for row in form.rows if row.key}
    rows = []
    for code, result in law.regime("2019").results.items():
        words = labels[f"{result.row(FORM)}.total"]
        rows.append((code, words[-1], words[0] if len(words) > 1 else ""))
    return rows


def _of_code(ended: dict[tuple[str, str], int], code: str) -> dict[str, int]:
    return {kind: count for (of, kind), count in ended.items() if of == code}


def _row(
    key: str, label: str, counts: dict[str, int], group: str = "", is_sum: bool = False
) -> Line:
    by_kind = [counts.get(kind, 0) for kind in ApplicantKind.values]
    return Line(key, label, (*by_kind, sum(by_kind)), group, is_sum)


def _median(taken: Counter[int]) -> float | None:
    total = sum(taken.values())
    if not total:
        return None
    ordered = sorted(taken.items())
    middle = (_nth(ordered, (total - 1) // 2) + _nth(ordered, total // 2)) / 2
    return int(middle) if middle.is_integer() else middle


def _nth(ordered: Sequence[tuple[int, int]], place: int) -> int:
    for days, count in ordered:
        if place < count:
            return days
        place -= count
    raise IndexError(place)


def _in_bin(taken: Counter[int], least: int, most: int | None) -> int:
    return sum(
        count
        for days, count in taken.items()
        if days >= least and (most is None or days <= most)
    )


def _bin_label(least: int, most: int | None) -> str:
    return f"{least}–{most}" if most is not None else f"{least}+"


def _months_before(month: date, back: int) -> date:
    months = month.year * 12 + month.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)
