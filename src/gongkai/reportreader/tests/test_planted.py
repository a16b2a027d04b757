"""Contradictions put into whole reports, one at a time: how many are found?"""

from collections import defaultdict

import pytest

from gongkai.reportreader import analyse
from gongkai.reportreader.tests.planting import CLEAN, Planted, clean, planted

RECALL = 0.80
CODES = (
    "relation_broken",
    "prose_table_conflict",
    "prose_conflict",
    "parts_total",
    "rate",
    "growth",
    "wrong_year",
    "year_conflict",
    "cutoff_before_year_end",
    "dated_before_period_end",
    "wrong_form",
    "late",
    "content_missing",
    "mobile_number",
    "identity_number",
)


@pytest.fixture(scope="module")
def by_code() -> dict[str, list[tuple[Planted, bool]]]:
    found: dict[str, list[tuple[Planted, bool]]] = defaultdict(list)
    for section in ("open", "held_back"):
        for each in planted(section):
            codes = {finding.code for finding in analyse(each.source).findings}
            found[f"{section} {each.code}"].append((each, each.code in codes))
    return found


@pytest.mark.parametrize("report", CLEAN)
def test_report_that_agrees_with_itself_has_no_finding(report: str) -> None:
    source = clean(report)
    found = analyse(source)
    assert [finding.message for finding in found.findings] == []
    assert found.recognition.year == int(source.text.split("年")[0][-4:])


@pytest.mark.parametrize("section", ["open", "held_back"])
@pytest.mark.parametrize("code", CODES)
def test_contradictions_of_each_kind_are_found(
    code: str, section: str, by_code: dict[str, list[tuple[Planted, bool]]]
) -> None:
    told = by_code[f"{section} {code}"]
    missed = [each.name for each, is_found in told if not is_found]
    assert told
    assert len(missed) <= (1 - RECALL) * len(told) + 1e-9, missed


def test_every_kind_in_the_file_is_measured(
    by_code: dict[str, list[tuple[Planted, bool]]],
) -> None:
    assert {name.split()[1] for name in by_code} == set(CODES)
