"""What people said of a report, carried over to the next reading of it."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from gongkai.reportreader import Claim as ReadClaim
from gongkai.reportreader import Finding as ReadFinding
from gongkai.reports.models import STANDING, Claim, Finding, Reading, Verdict

LARGEST = 10**18
"""No figure of a report is as large; the column would not hold it."""


def identities(claims: Iterable[ReadClaim]) -> Iterator[tuple[str, ReadClaim]]:
    """Each claim with what tells it from the others of its text.

    Neither its place nor its value: another reader may read another number there, and
    a corrected report has the same words further down.
    """
    times: Counter[str] = Counter()
    for claim in claims:
        if abs(claim.value) >= LARGEST:
            continue
        words = claim.quote.text
        about = identity(claim.indicator, words, claim.row, claim.column)
        times[about] += 1
        yield identity(about, str(times[about])), claim


def identity(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def keep_claims(reading: Reading, found: Iterable[ReadClaim]) -> None:
    """Replace what was read before; what a person decided stays decided."""
    rows = {claim.identity: claim for claim in reading.claims.all()}
    by_place = {
        (row.expected_indicator, row.start, row.end): row
        for row in rows.values()
        if row.verdict in STANDING
    }
    elsewhere = _decided_elsewhere(reading)
    new: list[Claim] = []
    read: set[int] = set()
    for position, (about, claim) in enumerate(identities(found)):
        place = (claim.indicator, claim.quote.start, claim.quote.end)
        row = rows.get(about) or by_place.get(place)
        if row is None or row.pk in read:
            row = Claim(reading=reading, identity=about)
            _write(row, claim, position)
            _take_over(row, elsewhere.get(about))
            new.append(row)
            continue
        read.add(row.pk)
        _write(row, claim, position)
        _settle(row)
        row.save()
    _leave(reading, read)
    Claim.objects.bulk_create(new, batch_size=200)


def _write(row: Claim, claim: ReadClaim, position: int) -> None:
    row.is_read, row.position = True, position
    row.indicator, row.value = claim.indicator, round(claim.value, 2)
    row.exact, row.scope, row.unit = claim.exact, claim.scope, claim.unit
    row.in_table = claim.source == "table"
    row.row, row.column = claim.row[:300], claim.column[:300]
    row.quote, row.start, row.end = (
        claim.quote.text,
        claim.quote.start,
        claim.quote.end,
    )


def _settle(row: Claim) -> None:
    """The person's figure stays; whether it corrects the reader's may change."""
    if row.verdict in STANDING:
        said = (row.expected_indicator, row.expected_value)
        agrees = said == (row.indicator, row.value)
        row.verdict = Verdict.ACCEPTED if agrees else Verdict.CORRECTED


def _leave(reading: Reading, read: set[int]) -> None:
    """What is not read any more: the open goes, the decided is kept as not read."""
    left = reading.claims.exclude(pk__in=read)
    left.filter(verdict="").delete()
    left.filter(verdict__in=(Verdict.ACCEPTED, Verdict.CORRECTED)).update(
        is_read=False, verdict=Verdict.ADDED
    )
    left.filter(verdict=Verdict.REJECTED).update(is_read=False)


def _decided_elsewhere(reading: Reading) -> dict[str, Claim]:
    """Verdicts on the same words in the agency's other readings of that year."""
    found = Claim.objects.filter(
        reading__agency=reading.agency_id, reading__year=reading.year, is_read=True
    ).exclude(verdict="")
    others = found.exclude(reading=reading).order_by("decided_at", "pk")
    return {claim.identity: claim for claim in others}


def _take_over(row: Claim, known: Claim | None) -> None:
    """Only where the same number is read in the same words."""
    if known is None or known.value != row.value:
        return
    row.verdict = known.verdict
    row.expected_indicator = known.expected_indicator
    row.expected_value = known.expected_value
    row.decided_by_id, row.decided_at = known.decided_by_id, known.decided_at


def keep_findings(reading: Reading, found: Iterable[ReadFinding]) -> None:
    """By fingerprint; a verdict of another reading of the agency counts here too."""
    rows = {row.fingerprint: row for row in reading.findings.all()}
    known = {
        row.fingerprint: row
        for row in Finding.objects.filter(reading__agency=reading.agency_id)
        .exclude(verdict="")
        .exclude(reading=reading)
        .order_by("decided_at", "pk")
    }
    seen: set[str] = set()
    for position, finding in enumerate(found):
        if finding.fingerprint in seen:
            continue
        seen.add(finding.fingerprint)
        row = rows.get(finding.fingerprint) or _new_finding(
            reading, finding.fingerprint, known.get(finding.fingerprint)
        )
        row.is_found, row.position = True, position
        row.code, row.severity = finding.code, finding.severity
        row.message = finding.message
        row.quotes = [
            {"text": quote.text, "start": quote.start, "end": quote.end}
            for quote in finding.quotes
        ]
        row.save()
    gone = reading.findings.exclude(fingerprint__in=seen)
    gone.filter(verdict="").delete()
    gone.update(is_found=False)


def _new_finding(reading: Reading, fingerprint: str, known: Finding | None) -> Finding:
    row = Finding(reading=reading, fingerprint=fingerprint)
    if known is not None:
        row.verdict, row.note = known.verdict, known.note
        row.decided_by_id, row.decided_at = known.decided_by_id, known.decided_at
    return row
