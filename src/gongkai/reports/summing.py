"""A report's figures out of its standing claims, and what is left to check."""

from collections.abc import Iterable

from gongkai.agencies.models import Agency
from gongkai.reports.indicators import series_of
from gongkai.reports.models import Claim, Figure, Reading, Scope


def settle(reading: Reading) -> None:
    """Bring figures, counts and state up to the verdicts; call with the row locked.

    The public pages that show the figures are made anew.
    """
    claims = list(reading.claims.all())
    findings = reading.findings.filter(is_found=True, verdict="").count()
    reading.claims_total = len(claims)
    reading.claims_open = sum(not claim.verdict for claim in claims)
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
    """Series → its claim: the form's before the text's, exact before about."""
    standing = [
        claim for claim in claims if claim.is_standing and claim.scope == Scope.YEAR
    ]
    standing.sort(key=lambda one: (not one.in_table, not one.exact, one.position))
    found: dict[str, Claim] = {}
    for claim in standing:
        found.setdefault(series_of(claim.expected_indicator), claim)
    return found
