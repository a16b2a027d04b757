"""The application desk: registering, counting days, the register page."""

import json

from bench.sites import SMALLEST, Sites
from bench.table import Row, say

REGISTRATIONS_PER_SECOND = 300
PAGE_MILLISECONDS = 100
CLOCK_SECONDS = 2.0


def measure(sites: Sites) -> list[Row]:
    site = sites.get("SQLite", min(sites.size, SMALLEST))
    say(f"filling a desk with {sites.size:,} cases")
    told = json.loads(site.ask("bench.deskwork", str(sites.size)))
    return [
        _registering(told["registered"], told["inserted"]),
        _clocks(told["clocks"], told["walked"], told["open"]),
        _page(told["page"], told["rows"], sites.size),
    ]


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


def _clocks(seconds: float, walked: float, count: int) -> Row:
    return Row(
        f"due dates of {count:,} open cases",
        f"{seconds:.2f} s",
        f"{walked:.2f} s",
        "walking each term day by day",
        f"{seconds / walked:.2f}",
        f"< {CLOCK_SECONDS:.0f} s at 10,000",
        seconds * 10_000 / count < CLOCK_SECONDS,
    )


def _page(page: float, rows: float, size: int) -> Row:
    return Row(
        f"register page, p95, {size:,} cases",
        f"{page:.0f} ms",
        f"{rows:.1f} ms",
        "reading its 50 rows",
        f"{page / rows:.1f}",
        f"< {PAGE_MILLISECONDS} ms",
        page < PAGE_MILLISECONDS,
    )
