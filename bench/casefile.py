"""A case's papers: one reply as Word and PDF, and the archive of two hundred files."""

import json

from bench.sites import SMALLEST, Sites
from bench.table import Row, say

REPLY_SECONDS = 1.0
MOST_SHARE = 0.25
"""Of the archive's size, at most so much may lie in memory at once."""


def measure(sites: Sites) -> list[Row]:
    site = sites.get("SQLite", min(sites.size, SMALLEST))
    say("writing replies and filing a case of 200 files")
    told: dict[str, float] = json.loads(site.ask("bench.casefiles"))
    return [_reply(told), _archive(told), _seconds(told)]


def _reply(told: dict[str, float]) -> Row:
    return Row(
        "a reply as Word file and PDF",
        f"{told['reply']:.2f} s",
        f"{told['bare']:.2f} s",
        "an empty page as Word file and PDF",
        f"{told['reply'] / told['bare']:.1f}",
        f"< {REPLY_SECONDS:.0f} s",
        told["reply"] < REPLY_SECONDS,
    )


def _archive(told: dict[str, float]) -> Row:
    size = told["megabytes"]
    return Row(
        f"memory for the archive of {told['files']:.0f} files, {size:.0f} MB",
        f"{told['streamed']:.0f} MB",
        f"{told['held']:.0f} MB",
        "the zip made in memory",
        f"{told['streamed'] / told['held']:.2f}",
        f"< {MOST_SHARE:.0%} of it",
        told["streamed"] < MOST_SHARE * size,
    )


def _seconds(told: dict[str, float]) -> Row:
    return Row(
        "the same, unsealed, hashed, zipped",
        f"{told['streaming']:.1f} s",
        f"{told['holding']:.1f} s",
        "the zip made in memory, unsealed",
        f"{told['streaming'] / told['holding']:.2f}",
    )
