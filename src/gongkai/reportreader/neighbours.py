"""Reports read together: each held against its own last year's and against its like."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from gongkai.reportreader.analysis import Report, in_order
from gongkai.reportreader.comparing import Comparison
from gongkai.reportreader.findings import Maker
from gongkai.reportreader.formtables import FormTable
from gongkai.reportreader.names import is_department, is_full, is_place, place_of

_Figures = Mapping[str, Decimal]


def beside_each_other(reports: Sequence[Report]) -> Iterator[Report]:
    """The reports in their order, with what only their neighbours show.

    Last year's is the report of the same agency on the year before; the like are the
    departments of one place, or the towns of one county, in the same year. An agency
    whose name does not say which one it is has no neighbours.
    """
    by_agency: dict[tuple[str, int], Report] = {}
    by_place: dict[tuple[str, int], dict[str, Report]] = defaultdict(dict)
    for report in reports:
        agency, year = report.recognition.agency, report.recognition.year
        if year is None or not is_full(agency):
            continue
        by_agency.setdefault((agency, year), report)
        if above := _place_above(agency):
            by_place[above, year].setdefault(agency, report)
    for report in reports:
        agency, year = report.recognition.agency, report.recognition.year
        before = by_agency.get((agency, year - 1)) if year else None
        like = by_place.get((_place_above(agency), year), {}) if year else {}
        peers = [other.figures for name, other in like.items() if name != agency]
        yield compared(report, previous=before.figures if before else {}, peers=peers)


def compared(
    report: Report, *, previous: _Figures | None = None, peers: Sequence[_Figures] = ()
) -> Report:
    """The report with the findings that other reports' figures add to its own."""
    if not previous and not peers:
        return report
    tables = (
        [FormTable(report.form, report.table, frozenset())]
        if report.form and report.table
        else []
    )
    maker = Maker(report.recognition.agency, report.recognition.year)
    comparison = Comparison(
        report.source.text, report.claims, tables, maker, previous or {}, peers
    )
    known = {finding.fingerprint for finding in report.findings}
    new = [f for f in comparison.findings() if f.fingerprint not in known]
    return replace(report, findings=in_order([*report.findings, *new]))


def _place_above(agency: str) -> str:
    """Whose body it is: 云雾县 of 云雾县水务局 and of 云雾县河口镇人民政府, or ""."""
    place = place_of(agency)
    if is_department(agency):
        return place
    ends = range(len(place) - 1, 1, -1)
    return next((place[:end] for end in ends if is_place(place[:end])), "")
