"""Labelled values of a page's head and foot; buttons and footers around the text."""

import pytest

from gongkai.reportreader import SourceText
from gongkai.reportreader.lines import Line, Page
from gongkai.reportreader.metadata import (
    is_clutter,
    is_footer,
    is_metadata,
    read_metadata,
)


def values(text: str) -> list[tuple[str, str]]:
    page = Page(SourceText("report.txt", text))
    return [(value.field, value.text) for value in read_metadata(page)]


def line(text: str) -> Line:
    return Line(text, 0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "索引号:990-02/2019-1",
        "索 引 号: 990-02/2019-1",
        "索引号 | 990-02/2019-1 |",
        "| 索引号 | 990-02/2019-1 |",
        "索引号\t990-02/2019-1",
        "索引号    990-02/2019-1",
        "【索引号:990-02/2019-1】",
        "索引號(hào): 990-02/2019-1",
        "索引号：\n990-02/2019-1",
    ],
)
def test_label_before_its_value(text: str) -> None:
    assert values(text) == [("index_no", "990-02/2019-1")]


def test_labels_that_run_together_end_each_other() -> None:
    assert values("发布机构:云雾县水务局关键词:公报 文号:无 发布日期:2019-03-01") == [
        ("publisher", "云雾县水务局"),
        ("other", "公报"),
        ("published", "2019-03-01"),
    ]


def test_longer_label_is_not_read_as_the_shorter_one_in_it() -> None:
    assert values("信息来源:水务局") == [("source", "水务局")]
    assert values("信息索引号:12345678") == [("index_no", "12345678")]


def test_value_below_its_label_must_look_like_one() -> None:
    assert values("发布日期:\n2019-03-01") == [("published", "2019-03-01")]
    assert values("发布日期:\n我局公开信息。") == []
    assert values("发布机构:\n2019-03-01") == []


def test_label_inside_a_sentence_is_none() -> None:
    assert values("公开来源广泛,时间及时,标题:清楚。") == []
    assert not is_metadata(line("来源广泛,渠道畅通。"))
    assert not is_metadata(line("时间:" + "长" * 400))


def test_middle_of_a_long_text_is_not_searched() -> None:
    middle = ["字"] * 60 + ["文号:一号"] + ["字"] * 40
    assert values("\n".join(middle)) == []
    assert values("\n".join(middle[1:])) == [("doc_no", "一号")]
    assert values("\n".join(middle[:-1])) == [("doc_no", "一号")]


def test_form_tells_reporter_and_day_wherever_it_stands() -> None:
    form = [
        "填报单位(盖章):云雾县水务局 | ||",
        "联系电话:0990-1 填报日期:2017年2月16日 |",
    ]
    assert values("\n".join(["字"] * 60 + form + ["字"] * 40)) == [
        ("reporter", "云雾县水务局"),
        ("filled", "2017年2月16日"),
    ]


def test_value_stands_in_the_text_where_it_says() -> None:
    page = Page(SourceText("a.txt", "\n 发布机构: | 云雾县水务局 | 文号: |"))
    (value,) = read_metadata(page)
    assert page.source.text[value.start : value.end] == value.text == "云雾县水务局"


@pytest.mark.parametrize(
    "text",
    [
        "打印本页 | 关闭窗口",
        "• 字号:",
        "【字体:大 中 小】",
        "16 14 12",
        "首页 > 政府信息公开 > 年报",
        "网站首页/政务公开/正文",
    ],
)
def test_buttons_and_trails_are_clutter(text: str) -> None:
    assert is_clutter(line(text))


@pytest.mark.parametrize(
    "text", ["打印设备三台", "政府信息公开工作年度报告", "首页改版", "1.2 " * 40]
)
def test_words_of_the_report_are_no_clutter(text: str) -> None:
    assert not is_clutter(line(text))


def test_one_word_more_than_buttons_is_no_clutter() -> None:
    assert not is_clutter(line("大中小" * 39 + "局"))


def test_footer_begins_with_its_word() -> None:
    assert is_footer(line("版权所有:云雾县人民政府"))
    assert not is_footer(line("本网站版权所有"))
    assert not is_footer(line("版权所有" + "长" * 200))
