"""Five real reports: each printed figure, each figure of the prose, each conflict."""

from pathlib import Path

import pytest

from gongkai.reportreader import Report, analyse

SEEDS = Path(__file__).resolve().parents[5] / "shared" / "seeds"

# Key and value of what the prose states; "~" where it says so only roughly.
PROSE = {
    "000_377d89af4d2d2130.txt": """
        funds_yuan 30000, meetings 3, proactive_total 257, normative_documents 177,
        key_area_items 94, interpretations 8, proposals_deputies 2,
        applications_received 0, refused 0, fees_yuan 0, reviews 0, litigations 0
    """,
    "001_8cc921f21954544f.txt": """
        proactive_total 8269, proposals_cppcc 93, proposals_deputies 55, interviews 20,
        interpretations 3, responses 1077, channel_weibo 193, channel_wechat 1813,
        hotline_received 2670, hotline_closed 2523, applications_received 12,
        applications_by_network 6, applications_by_letter 6, granted 12, litigations 1,
        trainings 3, trainees 253
    """,
    "002_fc4f34c734b4c5a9.txt": """
        fulltime_staff 1, parttime_staff 3, proactive_total 78, interviews 1,
        applications_received 0, fees_yuan 0, complaints 0, reviews 0, litigations 0
    """,
    "003_564ee96d51f4a710.txt": """
        proactive_total 645, channel_website 783, channel_wechat 37, channel_weibo 12,
        submissions 165, press_conferences 1, applications_received 1,
        applications_by_network 1, reviews 0, litigations 0, complaints 0, fees_yuan 0,
        meetings 2, trainings 2, trainees 6
    """,
    "004_1c9f5b88b79d940b.txt": """
        proactive_total 1036, site_visits ~176000, applications_received 1,
        fees_yuan 0, reviews 0, litigations 0
    """,
}
# Indicators that a careful reader may see or not: neither is wrong.
OPEN = {
    "channel_website",  # one of several sites
    "fulltime_staff",  # 2 people who do nothing else
    "normative_documents",  # together with laws
    "hotline_received",  # complaints over 12312
    "response_total",
}
FINDINGS = {
    "000_377d89af4d2d2130.txt": set(),
    "001_8cc921f21954544f.txt": {"content_missing"},
    "002_fc4f34c734b4c5a9.txt": {"wrong_year"},
    "003_564ee96d51f4a710.txt": {"prose_table_conflict", "relation_doubtful"},
    "004_1c9f5b88b79d940b.txt": {"dated_before_period_end"},
}


def read(name: str) -> Report:
    path = SEEDS / name
    if not path.exists():
        pytest.skip("the five real reports are not beside this checkout")
    return analyse(path)


def prose_of(report: Report) -> set[tuple[str, str]]:
    return {
        (claim.indicator, ("" if claim.exact else "~") + str(claim.value))
        for claim in report.claims
        if claim.source == "prose"
    }


@pytest.mark.parametrize("name", PROSE)
def test_figures_of_the_prose(name: str) -> None:
    pairs = (entry.split() for entry in PROSE[name].split(","))
    expected = {(key, value) for key, value in pairs}
    found = prose_of(read(name))
    assert expected <= found
    assert {key for key, _value in found - expected} <= OPEN


@pytest.mark.parametrize("name", FINDINGS)
def test_findings(name: str) -> None:
    assert {finding.code for finding in read(name).findings} == FINDINGS[name]


@pytest.mark.parametrize("name", PROSE)
def test_every_offset_quotes_its_words(name: str) -> None:
    report = read(name)
    text = report.source.text
    quotes = [claim.quote for claim in report.claims]
    quotes += [quote for finding in report.findings for quote in finding.quotes]
    assert all(text[q.start : q.end] == q.text and q.text for q in quotes)


def test_all_printed_figures_of_the_form() -> None:
    report = read("003_564ee96d51f4a710.txt")
    assert len(report.table) == len({figure.key for figure in report.table}) == 65
    values = {figure.key: figure.value for figure in report.table}
    assert sum(1 for value in values.values() if value == 0) == 37
    assert values["channel_total"] == 976
    assert values["funds_yuan"] == 20000


def test_prose_and_table_conflict_is_quoted_in_both_places() -> None:
    report = read("003_564ee96d51f4a710.txt")
    found = next(f for f in report.findings if f.code == "prose_table_conflict")
    assert [quote.text for quote in found.quotes] == ["门户网站公开783条", "927"]


def test_fingerprint_does_not_move_with_the_text(tmp_path: Path) -> None:
    path = SEEDS / "003_564ee96d51f4a710.txt"
    before = read(path.name)
    moved = tmp_path / "moved.txt"
    moved.write_text("\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    after = analyse(moved)
    assert [f.fingerprint for f in after.findings] == [
        f.fingerprint for f in before.findings
    ]
