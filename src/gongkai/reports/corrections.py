"""What people decided of figures, kept as the reader's growing test set."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict

from gongkai.reportreader import analyse
from gongkai.reports.models import Claim, Reading, Verdict
from gongkai.reports.querysets import ReadingQuerySet
from gongkai.reports.services.reading import text_of


class Told(TypedDict):
    indicator: str
    value: str


class Kept(TypedDict):
    """One line of the export. ``expected`` None: the words state no figure."""

    text_sha256: str
    agency: str
    year: int | None
    quote: str
    start: int
    end: int
    verdict: str
    read: Told | None
    expected: Told | None


def kept(readings: ReadingQuerySet) -> Iterator[Kept]:
    """Every decided claim, streamed, in the order in which the reports came."""
    claims = (
        Claim.objects.filter(reading__in=readings.order_by())
        .exclude(verdict="")
        .select_related("reading")
        .defer("reading__text")
        .order_by("reading_id", "position", "pk")
    )
    for claim in claims.iterator(500):
        yield Kept(
            text_sha256=claim.reading.text_sha256,
            agency=claim.reading.agency_read,
            year=claim.reading.year,
            quote=claim.quote,
            start=claim.start,
            end=claim.end,
            verdict=claim.verdict,
            read=_told(claim.indicator, claim.value) if claim.is_read else None,
            expected=_told(claim.expected_indicator, claim.expected_value),
        )


def _told(indicator: str, value: Decimal | None) -> Told | None:
    if value is None:
        return None
    return Told(indicator=indicator, value=f"{value:.2f}".removesuffix(".00"))


@dataclass(frozen=True)
class Stated:
    """A figure at its place."""

    indicator: str
    value: Decimal
    start: int
    end: int
    quote: str

    def is_same(self, other: "Stated") -> bool:
        """A person may have marked more of the words, or fewer, than the reader."""
        is_equal = (self.indicator, self.value) == (other.indicator, other.value)
        return is_equal and self.start < other.end and other.start < self.end

    def is_in(self, others: Iterable["Stated"]) -> bool:
        return any(map(self.is_same, others))


@dataclass(frozen=True)
class Difference:
    reading: int
    # "missed": expected and not read; "wrong": read and not expected.
    kind: str
    stated: Stated


@dataclass(frozen=True)
class Measured:
    """The reader of today against what people decided."""

    reports: int
    expected: int
    right: int
    wrong: int
    differences: tuple[Difference, ...]

    @property
    def precision(self) -> float | None:
        read = self.right + self.wrong
        return self.right / read if read else None

    @property
    def recall(self) -> float | None:
        return self.right / self.expected if self.expected else None


def measure(readings: ReadingQuerySet) -> Measured:
    """Read the kept texts anew and compare. Changes nothing.

    What is read beside the expected figures is wrong where all of a report was
    decided; in one that is half checked only what a person refused.
    """
    sums: Counter[str] = Counter()
    differences: list[Difference] = []
    decided = readings.filter(claims__verdict__in=_DECIDED).distinct().order_by("pk")
    for reading in decided.iterator(20):
        sums["reports"] += 1
        expected, refused = _expected(reading)
        read = _read(reading)
        missed = [one for one in expected if not one.is_in(read)]
        wrong = [one for one in read if not one.is_in(expected)]
        if reading.claims_open:
            wrong = [one for one in wrong if one.is_in(refused)]
        right = len(expected) - len(missed)
        sums.update(expected=len(expected), right=right, wrong=len(wrong))
        differences += [Difference(reading.pk, "missed", one) for one in missed]
        differences += [Difference(reading.pk, "wrong", one) for one in wrong]
    return Measured(
        sums["reports"],
        sums["expected"],
        sums["right"],
        sums["wrong"],
        tuple(differences),
    )


_DECIDED = [verdict for verdict in Verdict.values if verdict]


def _expected(reading: Reading) -> tuple[list[Stated], list[Stated]]:
    """What stands, and what a person refused."""
    expected, refused = [], []
    for claim in reading.claims.exclude(verdict=""):
        place = (claim.start, claim.end, claim.quote)
        if claim.verdict in {Verdict.REJECTED, Verdict.CORRECTED}:
            refused.append(Stated(claim.indicator, claim.value, *place))
        if claim.expected_value is not None:
            key = claim.expected_indicator
            expected.append(Stated(key, claim.expected_value, *place))
    return expected, refused


def _read(reading: Reading) -> list[Stated]:
    return [
        Stated(
            claim.indicator,
            round(claim.value, 2),
            claim.quote.start,
            claim.quote.end,
            claim.quote.text,
        )
        for claim in analyse(text_of(reading)).claims
    ]
