"""What the kernel says of a process: its children, its time, its memory."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Usage:
    """Megabytes. ``mapped``: of files, above all of the database."""

    resident: float
    own: float
    mapped: float


def children(process_id: int) -> list[int]:
    found: list[int] = []
    for path in Path(f"/proc/{process_id}/task").glob("*/children"):
        found += map(int, path.read_text().split())
    return found


def cpu_seconds(process_id: int) -> float:
    fields = Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def resident(process_id: int) -> Usage:
    text = Path(f"/proc/{process_id}/status").read_text()
    kilobytes = dict(re.findall(r"^(\w+):\s+(\d+) kB$", text, re.MULTILINE))
    return Usage(
        resident=int(kilobytes["VmRSS"]) / 1024,
        own=int(kilobytes["RssAnon"]) / 1024,
        mapped=_mapped_database(process_id),
    )


def _mapped_database(process_id: int) -> float:
    total, counts = 0, False
    for line in Path(f"/proc/{process_id}/smaps").read_text().splitlines():
        if re.match("[0-9a-f]+-[0-9a-f]+ ", line):
            counts = ".sqlite3" in line
        elif counts and line.startswith("Rss:"):
            total += int(line.split()[1])
    return total / 1024
