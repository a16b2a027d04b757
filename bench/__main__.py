"""``python -m bench [NAME ...]``: make a site, measure it, print one table.

A bench is a module with ``measure(sites) -> list[Row]``. The size comes from the
environment: SIZE=1000000 make bench. Exit code 1 where a target was missed.
"""

import os
import signal
import sys
import time
from importlib import import_module

from bench import table
from bench.sites import Sites

BENCHES = ("pages", "search", "desk", "reader", "figures", "redaction", "casefile")


def main(wanted: list[str]) -> int:
    if unknown := sorted(set(wanted) - set(BENCHES)):
        sys.stderr.write(f"No such bench: {', '.join(unknown)}. There are {BENCHES}.\n")
        return 2
    # A stop by `kill` must take servers and scratch databases along.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    size, started = table.size(100_000), time.monotonic()
    load, cores = os.getloadavg()[0], os.cpu_count()
    rows: list[table.Row] = []
    with Sites(size) as sites:
        for name in wanted or BENCHES:
            rows += import_module(f"bench.{name}").measure(sites)
    table.show(f"{size:,} items", rows)
    seconds = time.monotonic() - started
    print(f"\n({seconds:.0f} s; before it {load:.1f} processes ran on {cores} cores)")
    missed = [row for row in rows if row.is_met is False]
    for row in missed:
        print(f"MISSED: {row.what}: {row.figure}, wanted {row.target}")
    return 1 if missed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
