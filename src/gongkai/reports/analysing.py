"""A report held against last year's accepted figures and those of its peers."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from gongkai.agencies.models import Agency
from gongkai.reportreader import ReadingError, Report, SourceText, analyse, recognise
from gongkai.reports.exceptions import Unreadable
from gongkai.reports.models import Figure

Figures = dict[str, Decimal]
MOST_PEERS = 500


def compared(agency: Agency, text: SourceText) -> Report:
    """Three queries. Raises Unreadable."""
    year = recognise(text).year
    try:
        return analyse(
            text,
            previous=last_years(agency, year - 1) if year else None,
            peers=peers(agency, year) if year else (),
        )
    except ReadingError as error:
        raise Unreadable(error.message) from error


def last_years(agency: Agency, year: int) -> Figures:
    """The agency's own accepted figures of a year, published or not."""
    found = Figure.objects.filter(agency=agency, year=year).oldest_reading_first()
    return _by_key(found.values_list("series", "claim__expected_indicator", "value"))


def peers(agency: Agency, year: int) -> list[Figures]:
    """Of like bodies beside it, only what everybody can read."""
    if agency.is_root():
        return []
    above = agency.path[: -Agency.steplen]
    beside = Agency.objects.filter(
        path__startswith=above, depth=agency.depth, kind=agency.kind
    ).exclude(pk=agency.pk)
    found = (
        Figure.objects.visible_to_public()
        .filter(agency__in=beside.order_by()[:MOST_PEERS].values("pk"), year=year)
        .oldest_reading_first()
    )
    rows = found.values_list("agency", "series", "claim__expected_indicator", "value")
    bodies: dict[int, list[tuple[str, str, Decimal]]] = defaultdict(list)
    for body, series, key, value in rows:
        bodies[body].append((series, key, value))
    return [_by_key(told) for told in bodies.values()]


def _by_key(rows: Iterable[tuple[str, str, Decimal]]) -> Figures:
    """Under the series' key and the one that the report's own form has."""
    found: Figures = {}
    for series, key, value in rows:
        found[series] = found[key] = value
    return found
