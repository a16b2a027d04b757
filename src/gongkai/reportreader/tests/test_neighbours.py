"""Reports of one run, held against last year's and against those of like bodies."""

import json
from pathlib import Path

import pytest

from gongkai.reportreader import Report, SourceText, analyse, beside_each_other
from gongkai.reportreader.cli import main


def text(agency: str, year: int, count: int) -> str:
    return (
        f"{agency}{year}年政府信息公开工作年度报告\n一、概述\n"
        f"{year}年，全年共主动公开政府信息{count}条。\n二、存在的问题\n更新不够及时。\n"
    )


def read(*told: tuple[str, int, int]) -> list[Report]:
    sources = (SourceText(f"{n}.txt", text(*each)) for n, each in enumerate(told))
    return list(beside_each_other([analyse(source) for source in sources]))


def out_of_line(report: Report) -> list[str]:
    return [f.message for f in report.findings if f.code == "out_of_line"]


def test_figure_far_from_last_years_is_found_in_whatever_order() -> None:
    later, earlier = read(("云雾县林业局", 2017, 8_000), ("云雾县林业局", 2016, 100))
    assert len(out_of_line(later)) == 1
    assert "上年 100" in out_of_line(later)[0]
    assert not out_of_line(earlier)


@pytest.mark.parametrize(
    "other",
    [("云雾县水务局", 2016, 100), ("云雾县林业局", 2015, 100), ("县林业局", 2016, 100)],
    ids=["another body", "two years before", "a name that says not which"],
)
def test_report_of_no_last_year_is_no_measure(other: tuple[str, int, int]) -> None:
    report, _other = read(("云雾县林业局", 2017, 8_000), other)
    assert not out_of_line(report)


def test_figure_far_from_five_departments_of_the_place_is_found() -> None:
    like = [(f"云雾县{field}局", 2017, 100) for field in ("水务", "农业", "民政")]
    like += [("云雾县教育局", 2017, 90), ("云雾县财政局", 2017, 110)]
    report, *_rest = read(("云雾县林业局", 2017, 8_000), *like)
    assert "同类机关" in out_of_line(report)[0]


def test_departments_of_other_places_are_not_like() -> None:
    like = [(f"{place}县水务局", 2017, 100) for place in "甲乙丙丁戊己"]
    report, *_rest = read(("云雾县林业局", 2017, 8_000), *like)
    assert not out_of_line(report)


def test_command_compares_the_files_of_one_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for year, count in ((2016, 100), (2017, 8_000)):
        path = tmp_path / f"{year}.txt"
        path.write_text(text("云雾县林业局", year, count), encoding="utf-8")
    assert main([str(tmp_path), "--json"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert not first["findings"]
    assert [found["code"] for found in second["findings"]] == ["out_of_line"]
