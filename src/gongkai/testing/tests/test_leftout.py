"""What was left out is said, and under CI it fails the run."""

import pytest

from gongkai.testing import leftout


def _skipped(reason: str) -> pytest.TestReport:
    return pytest.TestReport(
        nodeid="test_x.py::test_x",
        location=("test_x.py", 1, "test_x"),
        keywords={},
        outcome="skipped",
        longrepr=("test_x.py", 1, f"Skipped: {reason}"),
        when="setup",
    )


def test_reasons_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(leftout.NOTES, "PostgreSQL: passed")
    said = leftout.lines([_skipped("no Chromium"), _skipped("no Chromium")])
    assert said == ["PostgreSQL: passed", "left out 2 tests: no Chromium"]


@pytest.mark.parametrize(
    ("ci", "reason", "found"),
    [
        ("", "no Chromium", []),
        ("true", "no Chromium", ["no Chromium"]),
        ("true", leftout.SHARED_ABSENT, []),
    ],
)
def test_only_the_shared_folder_may_be_absent_under_ci(
    monkeypatch: pytest.MonkeyPatch, ci: str, reason: str, found: list[str]
) -> None:
    monkeypatch.setenv("CI", ci)
    assert leftout.forbidden([_skipped(reason)]) == found
