"""``gongkai analyse``: exit codes, JSON, CSV, the page, and bad files among good."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from gongkai.reportreader.cli import main
from gongkai.reportreader.tests.tables import rows_of, with_bars

GOOD = """云雾县林业局2016年政府信息公开工作年度报告

发布日期：2017-02-15

一、概述
2016年，本局主动公开政府信息215条，收到政府信息公开申请3件。
二、收费情况
全年未就政府信息公开收取任何费用，投入政府信息公开经费1.5万元。
三、复议和诉讼
没有因政府信息公开申请行政复议、提起行政诉讼。
四、存在的问题
更新不够及时。
"""
TABLE = {"proactive_total": 5, "channel_website": 3, "channel_wechat": 2}
WRONG = GOOD.replace("存在的问题", "存在的问题\n办结3件").replace(
    "申请3件", "申请8件，已办结6件，办结率90%"
)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.txt"
    path.write_text(WRONG, encoding="utf-8")
    return path


def test_json_is_one_object_per_line(
    good: Path, wrong: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(good), str(wrong), "--json"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert list(first) == [
        *("file", "title", "agency", "year", "regime", "form"),
        *("claims", "table", "findings"),
    ]
    assert (first["agency"], first["year"], first["regime"]) == (
        "云雾县林业局",
        2016,
        "2008",
    )
    told = {claim["indicator"]: claim for claim in first["claims"]}
    claim = told["proactive_total"]
    assert (claim["value"], claim["unit"], claim["exact"]) == (215, "条", True)
    assert GOOD[claim["start"] : claim["end"]] == claim["quote"]
    assert told["funds_yuan"]["value"] == "15000.00"
    assert first["findings"] == []
    assert [finding["code"] for finding in second["findings"]] == ["rate"]


def test_table_rows_are_keys_of_the_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "table.txt"
    rows = rows_of("2014", TABLE)
    path.write_text(f"{GOOD}\n{with_bars(rows)}", encoding="utf-8")
    assert main([str(path), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["form"] == "2014"
    keys = {entry["row"]: entry["value"] for entry in report["table"]}
    assert keys == TABLE
    codes = {finding["code"] for finding in report["findings"]}
    assert "prose_table_conflict" in codes


def test_strict_turns_findings_into_an_exit_code(good: Path, wrong: Path) -> None:
    assert main([str(good), "--strict"]) == 0
    assert main([str(wrong)]) == 0
    assert main([str(wrong), "--strict"]) == 1


def test_bad_file_is_named_and_the_others_go_on(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    missing = tmp_path / "missing.txt"
    assert main([str(empty), str(missing), str(good), "--json"]) == 2
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 1
    assert [line.split("：")[0] for line in told.err.splitlines()] == [
        str(empty),
        str(missing),
    ]


def test_folder_without_reports_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path)]) == 2
    assert "没有找到" in capsys.readouterr().err


def test_csv_has_a_line_per_figure(
    good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(good), "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    values = {row["indicator"]: row["value"] for row in rows}
    assert values["proactive_total"] == "215"
    assert values["reviews"] == "0"
    assert values["funds_yuan"] == "15000.00"


def test_csv_gives_a_spreadsheet_no_formula(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("=1+1.txt").write_text(GOOD, encoding="utf-8")
    assert main(["=1+1.txt", "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["file"] for row in rows} == {"'=1+1.txt"}


def test_page_marks_figures_and_escapes_the_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text(f"{WRONG}<script>alert(1)</script>\"'&", encoding="utf-8")
    page = tmp_path / "page.html"
    assert main([str(path), "--html", str(page)]) == 0
    html = page.read_text(encoding="utf-8")
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert ">主动公开政府信息215条</mark>" in html
    assert "办结率写 90%" in html
    assert 'src="' not in html and 'http-equiv="Content-Security-Policy"' in html
    assert "1 份报告" in capsys.readouterr().out


def test_page_that_cannot_be_written_is_bad_input(good: Path, tmp_path: Path) -> None:
    assert main([str(good), "--html", str(tmp_path)]) == 2


def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(GOOD.encode("gb18030")))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert main(["-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["year"] == 2016


def test_summary_is_readable_without_a_terminal(
    wrong: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(wrong)]) == 0
    told = capsys.readouterr().out
    assert "主动公开政府信息数  215 条" in told
    assert "错误 办结率写 90%" in told
    assert "\x1b" not in told


def test_wrong_words_are_bad_input() -> None:
    assert main([]) == 2
    assert main(["a.txt", "--json", "--csv"]) == 2
