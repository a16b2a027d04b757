"""A report's figures out of its standing claims, and what is left to check."""

from collections.abc import Iterable

from django.db.models import Count, Q

from gongkai.agencies.models import Agency
from gongkai.reports.indicators import series_of
from gongkai.reports.models import STANDING, Claim, Figure, Reading, Scope


def settle(reading: Reading) -> None:
    """Bring figures, counts and state up to the verdicts; call with the row locked.

    The public pages that show the figures are made anew.
    """
    counts = reading.claims.aggregate(
        total=Count("pk"), still=Count("pk", filter=Q(verdict=""))
    )
    standing = reading.claims.filter(verdict__in=STANDING, scope=Scope.YEAR)
    claims = list(standing.defer("quote", "row", "column"))
    findings = reading.findings.filter(is_found=True, verdict="").count()
    reading.claims_total = counts["total"]
    reading.claims_open = counts["still"]
    reading.findings_open = findings
    is_open = reading.claims_open or findings
    reading.state = Reading.State.OPEN if is_open else Reading.State.CHECKED
    reading.save(
        update_fields=["claims_total", "claims_open", "findings_open", "state"]
    )
    if _keep_figures(reading, claims) and reading.version_id is not None:
        Agency.objects.filter(pk=reading.agency_id).touch()


def _keep_figures(reading: Reading, claims: Iterable[Claim]) -> bool:
    """Whether any figure changed. A report without a year has none."""
    year = reading.year or 0
    wanted = chosen(claims) if year else {}
    kept = {figure.series: figure for figure in reading.figures.all()}
    stale = [
        figure.pk
        for series, figure in kept.items()
        if (claim := wanted.get(series)) is None
        or (figure.claim_id, figure.value, figure.exact, figure.year)
        != (claim.pk, claim.expected_value, claim.exact, year)
    ]
    Figure.objects.filter(pk__in=stale).delete()
    still = {series for series, one in kept.items() if one.pk not in stale}
    new = [
        Figure(
            reading=reading,
            claim=claim,
            agency_id=reading.agency_id,
            year=year,
            series=series,
            value=claim.expected_value or 0,
            exact=claim.exact,
        )
        for series, claim in wanted.items()
        if series not in still
    ]
    Figure.objects.bulk_create(new, batch_size=200)
    return bool(stale or new)


def chosen(claims: Iterable[Claim]) -> dict[str, Claim]:
    """Series → its standing claim: the form's before the text's, exact before about."""
    found: dict[str, Claim] = {}
    for claim in sorted(
        claims, key=lambda one: (not one.in_table, not one.exact, one.position)
    ):
        found.setdefault(series_of(claim.expected_indicator), claim)
    return found
