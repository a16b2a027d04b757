"""Tables of the years before the national form, with a unit in every row."""

from decimal import Decimal

import pytest

from gongkai.reportreader import SourceText, analyse

HEAD = "某县水务局2010年政府信息公开年度报告\n附表 指标统计\n"
ROWS = (
    ("主动公开信息数", "条", "61", "140"),
    ("其中：1.政府网站", "条", "58", "131"),
    ("受理依申请公开信息总数", "条", "5", "9"),
    ("其中：1.当面申请数", "条", "2", "3"),
    ("2.网上申请数", "条", "3", "6"),
    ("1.同意公开答复数", "条", "4", "7"),
    ("行政复议数", "件", "0", "0"),
)
READ = {
    "proactive_total": 61,
    "channel_website": 58,
    "applications_received": 5,
    "applications_in_person": 2,
    "applications_by_network": 3,
    "granted": 4,
    "reviews": 0,
}


def figures(text: str) -> dict[str, Decimal]:
    report = analyse(SourceText("old.txt", text))
    for claim in report.claims:
        assert text[claim.quote.start : claim.quote.end] == claim.quote.text
    return {claim.indicator: claim.value for claim in report.claims}


@pytest.mark.parametrize("gap", ["\n\n", " | ", "\t"], ids=["lines", "bars", "tabs"])
def test_column_of_the_year_is_read_beside_that_of_all_years(gap: str) -> None:
    head = gap.join(("指标名称", "计量单位", "2010年度", "历年累计"))
    table = "\n".join(gap.join(row) for row in ROWS)
    assert figures(f"{HEAD}{head}\n{table}\n") == READ


def test_sum_of_the_year_is_read_beside_the_last_period() -> None:
    head = "指标名称 | 计量单位 | 代码 | 本期实际 | 本年累计 |"
    rows = (
        f"{label} | {unit} | 0{n} | {now} | {total} |"
        for n, (label, unit, now, total) in enumerate(ROWS, 1)
    )
    read = figures(f"{HEAD}{head}\n" + "\n".join(rows))
    assert read["proactive_total"] == 140
    assert read["granted"] == 7


def test_text_without_such_rows_has_no_table() -> None:
    report = analyse(SourceText("old.txt", f"{HEAD}一、概述\n全年公开信息3条。\n"))
    assert {claim.source for claim in report.claims} == {"prose"}
