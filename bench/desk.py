"""The application desk: registering, counting days, the register page."""

import json

from bench.sites import SMALLEST, Engine, Sites
from bench.table import Row, say

REGISTRATIONS_PER_SECOND = 300
PAGE_MILLISECONDS = 100
CLOCK_SECONDS = 2.0


def measure(sites: Sites) -> list[Row]:
    told = _told(sites, "SQLite")
    rows = [
        _registering(told["registered"], told["inserted"]),
        _clocks(told["clocks"], told["walked"], told["open"]),
        _page("SQLite", told["page"], told["rows"], sites.size),
    ]
    if sites.has_postgresql():
        told = _told(sites, "PostgreSQL")
        rows.append(_page("PostgreSQL", told["page"], told["rows"], sites.size))
    return rows


def _told(sites: Sites, engine: Engine) -> dict[str, float]:
    site = sites.get(engine, min(sites.size, SMALLEST))
    say(f"filling a desk with {sites.size:,} cases on {engine}")
    told: dict[str, float] = json.loads(site.ask("bench.deskwork", str(sites.size)))
    return told


def _registering(registered: float, inserted: float) -> Row:
    return Row(
        "registrations, synced commits",
        f"{registered:,.0f}/s",
        f"{inserted:,.0f}/s",
        "one synced insert of as many bytes",
        f"{registered / inserted:.2f}",
        f"≥ {REGISTRATIONS_PER_SECOND}/s",
        registered >= REGISTRATIONS_PER_SECOND,
    )


def _clocks(seconds: float, walked: float, count: float) -> Row:
    return Row(
        f"due dates of {count:,} open cases",
        f"{seconds:.2f} s",
        f"{walked:.2f} s",
        "walking each term day by day",
        f"{seconds / walked:.2f}",
        f"< {CLOCK_SECONDS:.0f} s at 10,000",
        seconds * 10_000 / count < CLOCK_SECONDS,
    )


def _page(engine: Engine, page: float, rows: float, size: int) -> Row:
    return Row(
        f"register page, p95, {size:,} cases, {engine}",
        f"{page:.0f} ms",
        f"{rows:.1f} ms",
        "reading its 50 rows",
        f"{page / rows:.1f}",
        f"< {PAGE_MILLISECONDS} ms",
        page < PAGE_MILLISECONDS,
    )
