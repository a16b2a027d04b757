"""``python -m gongkai.testing [--deep] [pytest's arguments]``: the whole test run.

First what is marked ``engines`` on a PostgreSQL cluster of the run's own, then
everything on SQLite.
"""

import os
import signal
import subprocess
import sys

from gongkai.testing import browser, leftout, postgres

NO_TESTS = 5
PROCESSES = min(os.cpu_count() or 1, 4)


def main(arguments: list[str]) -> int:
    # A stop by `kill` must end the cluster too.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    missing = [*_missing_postgres(), *_missing_chromium()]
    if missing and leftout.is_forbidden():
        for reason in missing:
            sys.stderr.write(f"Nothing may be left out here: {reason}\n")
        return 1
    on_postgres, notes = 0, missing
    if not _missing_postgres():
        on_postgres = _on_postgres(arguments)
        words = {0: "passed", NO_TESTS: "no tests chosen"}
        result = words.get(on_postgres, "FAILED, see the first run above")
        notes = [*missing, f"PostgreSQL: {result}"]
    sys.stdout.write("\n=== Everything, on SQLite ===\n")
    on_sqlite = _pytest(arguments, {leftout.NOTES: "\n".join(notes)})
    return on_sqlite or (0 if on_postgres == NO_TESTS else on_postgres)


def _on_postgres(arguments: list[str]) -> int:
    sys.stdout.write("=== What differs between engines, on PostgreSQL ===\n")
    with postgres.cluster() as address:
        wanted = ["--engines-only", *arguments]
        return _pytest(wanted, {"GONGKAI_TEST_DATABASE": address})


def _pytest(arguments: list[str], extra: dict[str, str]) -> int:
    sys.stdout.flush()
    spread = ["-n", str(PROCESSES), "--dist", "worksteal"] if PROCESSES > 1 else []
    command = [sys.executable, "-m", "pytest", *spread, *arguments]
    return subprocess.run(command, env=os.environ | extra, check=False).returncode


def _missing_postgres() -> list[str]:
    try:
        postgres.binaries()
    except postgres.NoPostgres as error:
        return [f"all tests on PostgreSQL: {error}"]
    return []


def _missing_chromium() -> list[str]:
    return [] if browser.executable() else [f"all browser tests: {browser.MISSING}"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
