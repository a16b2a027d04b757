"""What people say of the figures and findings of a report."""

import hashlib
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.scope import Scope
from gongkai.audit import services as audit
from gongkai.reports import permissions
from gongkai.reports.carrying import identity
from gongkai.reports.exceptions import BadClaim, NotReadNow
from gongkai.reports.indicators import series_of, unit_of
from gongkai.reports.models import Claim, Finding, Reading, Verdict
from gongkai.reports.summing import settle


@transaction.atomic
def accept(*, by: Scope, claim: Claim, now: datetime | None = None) -> Claim:
    """The figure is what the text says. Raises PermissionDenied."""
    claim = _locked(by, claim)
    verdict = Verdict.ACCEPTED if claim.is_read else Verdict.ADDED
    return _decide(by, claim, verdict, claim.indicator, claim.value, now)


@transaction.atomic
def correct(
    *,
    by: Scope,
    claim: Claim,
    indicator: str,
    value: Decimal,
    now: datetime | None = None,
) -> Claim:
    """Another number or another indicator. Raises PermissionDenied."""
    claim = _locked(by, claim)
    if (indicator, value) == (claim.indicator, claim.value):
        return accept(by=by, claim=claim, now=now)
    verdict = Verdict.CORRECTED if claim.is_read else Verdict.ADDED
    return _decide(by, claim, verdict, indicator, value, now)


@transaction.atomic
def reject(*, by: Scope, claim: Claim, now: datetime | None = None) -> Claim:
    """The words state no figure for any indicator. Raises PermissionDenied."""
    claim = _locked(by, claim)
    return _decide(by, claim, Verdict.REJECTED, "", None, now)


@transaction.atomic
def add(
    *,
    by: Scope,
    reading: Reading,
    indicator: str,
    value: Decimal,
    quote: str,
    now: datetime | None = None,
) -> Claim:
    """A figure that the reader missed, with the words that state it.

    Raises PermissionDenied; BadClaim where the words are not in the text, or stand in
    several places and more of them is needed.
    """
    reading = _locked_reading(by, reading)
    words = quote.strip()
    start = reading.text.find(words) if words else -1
    if start < 0:
        raise BadClaim(
            "quote",
            _("“%(words)s” is not in the text. Copy the words from it as they stand.")
            % {"words": words[:60]},
        )
    if reading.text.count(words) > 1:
        raise BadClaim(
            "quote",
            _("“%(words)s” stands in the text more than once. Copy more of the words.")
            % {"words": words[:60]},
        )
    about = identity(identity(indicator, words, "", ""), "1")
    known = reading.claims.filter(identity=about).first()
    if known is not None:
        return correct(by=by, claim=known, indicator=indicator, value=value, now=now)
    claim = Claim(
        reading=reading,
        identity=about,
        position=_place_of(reading, start),
        is_read=False,
        indicator=indicator,
        value=value,
        unit=unit_of(indicator),
        quote=words,
        start=start,
        end=start + len(words),
    )
    return _decide(by, claim, Verdict.ADDED, indicator, value, now)


def _place_of(reading: Reading, start: int) -> int:
    before = reading.claims.filter(start__lte=start).order_by("-position").first()
    return before.position if before else 0


@transaction.atomic
def accept_all(*, by: Scope, reading: Reading, now: datetime | None = None) -> int:
    """Accept every figure that is still open; one event tells of all.

    Raises PermissionDenied, NotReadNow.
    """
    reading = _locked_reading(by, reading)
    now = now or timezone.now()
    still = reading.claims.filter(verdict="")
    ids = list(still.order_by("pk").values_list("pk", flat=True))
    still.update(
        verdict=Verdict.ACCEPTED,
        expected_indicator=F("indicator"),
        expected_value=F("value"),
        decided_by=by.user_id,
        decided_at=now,
    )
    settle(reading)
    manifest = ",".join(map(str, ids))
    audit.record(
        "claims.accepted",
        about=reading,
        user_id=by.user_id,
        agency_id=reading.agency_id,
        data={
            "count": len(ids),
            "manifest": hashlib.sha256(manifest.encode()).hexdigest(),
        },
        at=now,
    )
    return len(ids)


@transaction.atomic
def judge_finding(
    *,
    by: Scope,
    finding: Finding,
    verdict: str,
    note: str = "",
    now: datetime | None = None,
) -> Finding:
    """Whether it is one; "" takes a verdict back. Raises PermissionDenied."""
    reading = _locked_reading(by, finding.reading)
    finding = reading.findings.get(pk=finding.pk)
    finding.verdict = Finding.Verdict(verdict)
    finding.note = note[:300]
    finding.decided_by_id, finding.decided_at = by.user_id, now or timezone.now()
    finding.save()
    settle(reading)
    audit.record(
        "finding.judged",
        about=finding,
        user_id=by.user_id,
        agency_id=reading.agency_id,
        data={"fingerprint": finding.fingerprint, "verdict": verdict},
        at=now,
    )
    return finding


def _locked_reading(by: Scope, reading: Reading) -> Reading:
    locked = Reading.objects.select_for_update().get(pk=reading.pk)
    if not permissions.can_judge(by, locked):
        raise PermissionDenied
    if not locked.is_read:
        raise NotReadNow
    return locked


def _locked(by: Scope, claim: Claim) -> Claim:
    reading = _locked_reading(by, claim.reading)
    return reading.claims.select_related("reading").get(pk=claim.pk)


def _decide(
    by: Scope,
    claim: Claim,
    verdict: Verdict,
    indicator: str,
    value: Decimal | None,
    now: datetime | None,
) -> Claim:
    claim.verdict = verdict
    claim.expected_indicator, claim.expected_value = indicator, value
    claim.decided_by_id, claim.decided_at = by.user_id, now or timezone.now()
    claim.save()
    settle(claim.reading)
    audit.record(
        f"claim.{verdict.value}",
        about=claim,
        user_id=by.user_id,
        agency_id=claim.reading.agency_id,
        data={
            "identity": claim.identity,
            "series": series_of(indicator) if indicator else "",
            "value": str(value) if value is not None else "",
        },
        at=now,
    )
    return claim
