"""Which lines are the title, and what stands in it where name and year belong."""

import pytest

from gongkai.reportreader import SourceText
from gongkai.reportreader.lines import Line, Page
from gongkai.reportreader.metadata import read_metadata
from gongkai.reportreader.titles import find_title, is_title_line, name_in, year_in


def title_of(text: str) -> str:
    page = Page(SourceText("report.txt", text))
    title = find_title(page, read_metadata(page))
    return title.text if title else ""


@pytest.mark.parametrize(
    ("title", "name", "year"),
    [
        ("云雾县水务局2011年政府信息公开工作年度报告", "云雾县水务局", 2011),
        ("2011年度云雾县水务局政务公开工作总结", "云雾县水务局", 2011),
        ("云雾县水务局政府信息公开2010年度工作报告", "云雾县水务局", 2010),
        ("关于云雾县水务局2011年政府信息公开工作的报告", "云雾县水务局", 2011),
        ("关于公布《云雾县水务局2011年政府信息公开年报》", "云雾县水务局", 2011),
        ("云雾县水务局二〇一一年信息公开年报", "云雾县水务局", 2011),
        ("政府信息公开年度报告(云雾县水务局)", "云雾县水务局", None),
        ("政府信息公开工作年度报告(2011)", "", 2011),
        ("云雾县人民政府信息公开年度报告", "云雾县人民政府", None),
        ("云雾县2011年县政府信息公开年度报告", "云雾县", 2011),
        ("云雾县本级2011年政府信息公开年度报告", "云雾县", 2011),
        ("云雾县水务局(河长办)2011年政务公开总结", "云雾县水务局", 2011),
        ("www.57365.com2016年政府信息公开年报", "www.57365.com", 2016),
        ("www.20188.com政府信息公开年报", "www.20188.com", None),
        ("云雾县水务局工作会议", "", None),
    ],
)
def test_name_and_year_in_a_title(title: str, name: str, year: int | None) -> None:
    assert name_in(title) == name
    assert year_in(title) == year


@pytest.mark.parametrize(
    "text",
    [
        "一、政府信息公开工作报告",
        "根据要求编制政府信息公开年度报告",
        "现将政府信息公开情况报告",
        "关于做好政府信息公开年度报告的通知",
        "政府信息公开工作情况报告如下",
        "政府信息公开年度报告下载",
        "云雾县水务局公开了政府信息公开年度报告。",
        "首页 政府信息公开年度报告",
        "标题:政府信息公开年度报告",
        "政府信息公开年度报告" + "长" * 120,
        "云雾县水务局年度报告",
    ],
)
def test_line_that_only_speaks_of_a_report_is_no_title(text: str) -> None:
    assert not is_title_line(Line(text, 0, len(text)))


def test_labelled_title_goes_first() -> None:
    text = "标题:云雾县水务局政府信息公开年报\n云雾县2011年政府信息公开年报"
    assert title_of(text) == "云雾县水务局政府信息公开年报"


def test_line_with_name_and_year_goes_before_a_bare_one() -> None:
    text = "政府信息公开年报\n云雾县水务局2011年政府信息公开年报\n"
    assert title_of(text) == "云雾县水务局2011年政府信息公开年报"


@pytest.mark.parametrize(
    "text",
    [
        "云雾县水务局\n2011年\n政府信息公开年报",
        "云雾县水务局2011年\n政府信息公开年报",
        "云雾县 水务局\n2011 年政府信息公开年报",
        "开头一句\n云雾县水务局\n2011年政府信息公开年报",
    ],
)
def test_title_on_several_lines_is_put_together(text: str) -> None:
    assert title_of(text) == "云雾县水务局2011年政府信息公开年报"


def test_year_below_the_title_belongs_to_it() -> None:
    title = "云雾县水务局政府信息公开年报"
    assert title_of(f"{title}\n(2011年度)") == f"{title}(2011年度)"
    assert title_of("云雾县2011年政府信息公开年报\n2012") == (
        "云雾县2011年政府信息公开年报"
    )


def test_title_is_looked_for_in_the_head_only() -> None:
    title = "云雾县水务局2011年政府信息公开年报"
    assert title_of("字\n" * 59 + title) == title
    assert title_of("字\n" * 60 + title) == ""
