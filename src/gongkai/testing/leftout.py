"""What a test run left out and why: printed at its end, and refused under CI."""

import os
from collections import Counter
from collections.abc import Iterable

import pytest

# Said by the command that started pytest, a line each.
NOTES = "GONGKAI_TEST_NOTES"
SHARED_ABSENT = "the real reports of ../shared are not beside this checkout"
MAY_BE_ABSENT = "beside this checkout"


def is_forbidden() -> bool:
    """Whether all must run, but for tests on ../shared where it is absent."""
    return os.environ.get("CI", "").lower() in {"1", "true"}


def reasons(skipped: Iterable[pytest.TestReport]) -> Counter[str]:
    """Reason for leaving out → number of tests."""
    return Counter(_reason(report) for report in skipped)


def lines(skipped: Iterable[pytest.TestReport]) -> list[str]:
    """What to print: the notes of the command, then each reason with its count."""
    notes = [line for line in os.environ.get(NOTES, "").splitlines() if line]
    counted = reasons(skipped).most_common()
    return notes + [f"left out {number} tests: {why}" for why, number in counted]


def forbidden(skipped: Iterable[pytest.TestReport]) -> list[str]:
    """The reasons that make this run a failure."""
    if not is_forbidden():
        return []
    return sorted(why for why in reasons(skipped) if MAY_BE_ABSENT not in why)


def _reason(report: pytest.TestReport) -> str:
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2].removeprefix("Skipped: ")
    return str(report.longrepr)
