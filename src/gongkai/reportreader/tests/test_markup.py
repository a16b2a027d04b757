"""The body as HTML: headings, paragraphs and tables, nothing of the page around it."""

import pytest

from gongkai.reportreader import SourceText, recognise, to_html

TITLE = "云雾县水务局2018年政府信息公开工作年度报告"
SENTENCE = (
    "2018年,我局认真贯彻落实《中华人民共和国政府信息公开条例》,"
    "主动公开政府信息136条,未收到政府信息公开申请,也没有收取任何费用。"
)


def html_of(*lines: str) -> list[str]:
    source = SourceText("report.txt", "\n".join(lines))
    return to_html(source, recognise(source)).splitlines()


def test_headings_have_the_level_of_their_numbers() -> None:
    assert html_of(TITLE, "一、概述", "(一)机构", "1.人员", SENTENCE) == [
        "<h2>一、概述</h2>",
        "<h3>(一)机构</h3>",
        "<h4>1.人员</h4>",
        f"<p>{SENTENCE}</p>",
    ]


@pytest.mark.parametrize(
    "line", ["一、概述", "十二  概述", "第一章概述", "第二部分 概述"]
)
def test_chapters_are_numbered_in_several_ways(line: str) -> None:
    assert html_of(TITLE, SENTENCE, line)[1:] == [f"<h2>{line}</h2>"]


@pytest.mark.parametrize("line", ["概述", "引 言", "前言", "附件1", "附表二"])
def test_some_headings_have_no_number(line: str) -> None:
    assert html_of(TITLE, SENTENCE, line)[1:] == [f"<h2>{line}</h2>"]


@pytest.mark.parametrize(
    "line",
    [
        "(一)上年结转数量",
        "二、上年度结转政府信息公开申请数量",
        "三、本年度办理结果",
        "四、结转下年度继续办理",
        "一、统计指标",
        "五、行政复议数量",
        "六、行政诉讼数量",
        "七、举报投诉数量",
        "一、公开工作情况良好。",
        "1.5万元",
        "(一)" + "长" * 50,
        "十分重视",
        "一、",
        "一、本年新收政府信息公开申请数量",
    ],
)
def test_sentences_and_figures_are_no_headings(line: str) -> None:
    assert html_of(TITLE, SENTENCE, line)[1:] == [f"<p>{line}</p>"]


def test_title_is_left_out_wherever_it_stands() -> None:
    assert html_of(TITLE, TITLE, SENTENCE) == [f"<p>{SENTENCE}</p>"]
    assert html_of("云雾县水务局", TITLE[6:], SENTENCE) == [f"<p>{SENTENCE}</p>"]
    late = html_of(SENTENCE, TITLE, SENTENCE)
    assert late == [f"<p>{SENTENCE}</p>"] * 2


def test_page_around_the_report_is_left_out() -> None:
    assert html_of(
        "网站首页 > 政府信息公开 > 年报 > 正文",
        "索引号: 990-02/2019-0001 文号: 无",
        TITLE,
        "发布日期:2019-03-01 来源:云雾县水务局 【字体: 大 中 小】",
        "打印本页 | 关闭窗口",
        SENTENCE,
        "云雾县水务局",
        "2019.3.1",
        "上一篇:没有了",
        "打印 关闭",
        "主办单位:云雾县人民政府办公室",
    ) == [f"<p>{SENTENCE}</p>", "<p>云雾县水务局</p>", "<p>2019.3.1</p>"]


def test_lines_over_the_title_are_left_out() -> None:
    assert html_of("云雾县水务局", "字", TITLE, SENTENCE) == [f"<p>{SENTENCE}</p>"]


def test_long_lines_of_the_page_do_not_begin_or_end_the_report() -> None:
    labels = "索引号:990-02/2019-0001 " + "主题分类:综合政务 公开形式:主动公开 " * 3
    buttons = "打印 关闭 " * 10
    footer = "主办单位:云雾县人民政府办公室 " + "地址:云雾县一号 " * 5
    title = "云雾县人民政府水务局" * 4 + TITLE
    page = [labels, buttons, title, "首页", TITLE, "首页", SENTENCE]
    assert html_of(*page) == [f"<p>{SENTENCE}</p>"]
    page = [TITLE, SENTENCE, "发布日期:2019-03-01", labels, footer, buttons, "首页"]
    assert html_of(*page) == [f"<p>{SENTENCE}</p>"]


def test_report_begins_with_its_first_heading() -> None:
    assert html_of(TITLE, "一、概述", "首页", SENTENCE)[1] == "<p>首页</p>"


def test_report_ends_with_its_last_table() -> None:
    assert html_of(TITLE, SENTENCE, "打印", "指标 | 数 |", "打印 | 关闭")[1:] == [
        "<p>打印</p>",
        "<table><tbody><tr><td>指标</td><td>数</td></tr></tbody></table>",
    ]


def test_words_of_the_page_inside_the_report_stay() -> None:
    assert html_of(TITLE, SENTENCE, "首页", "主办单位:水务局", SENTENCE)[1:3] == [
        "<p>首页</p>",
        "<p>主办单位:水务局</p>",
    ]


def test_report_of_short_lines_alone_is_not_lost() -> None:
    assert html_of(TITLE, "我局公开信息3条。") == ["<p>我局公开信息3条。</p>"]


def test_signs_of_markup_are_escaped() -> None:
    lines = html_of(TITLE, SENTENCE, '<script>alert("x")</script>', "a | <b> |")
    assert lines[1] == "<p>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;</p>"
    assert "<td>&lt;b&gt;</td>" in lines[2]


def test_rows_between_bars_are_one_table_as_wide_as_its_widest_row() -> None:
    assert html_of(TITLE, SENTENCE, "指标 | 单位 | 数 |", "| 公开 | 条 |", SENTENCE)[
        1:-1
    ] == [
        "<table><tbody>"
        "<tr><td>指标</td><td>单位</td><td>数</td></tr>"
        "<tr><td>公开</td><td>条</td><td></td></tr>"
        "</tbody></table>"
    ]


def test_empty_cells_inside_a_row_keep_their_place() -> None:
    assert (
        "<tr><td></td><td></td><td>3</td></tr>"
        in html_of(TITLE, SENTENCE, "a | b | c |", "| | | 3 |")[1]
    )


def test_last_row_of_one_cell_belongs_to_its_table() -> None:
    assert html_of(TITLE, SENTENCE, "公开 | 条 |", "联系电话:123 |")[1:] == [
        "<table><tbody><tr><td>公开</td><td>条</td></tr>"
        "<tr><td>联系电话:123</td><td></td></tr></tbody></table>"
    ]


def test_columns_parted_by_gaps_are_a_table_from_two_rows_on() -> None:
    rows = ("指标   单位\t数", "公开   条\t136")
    assert "<td>公开</td><td>条</td><td>136</td>" in html_of(TITLE, SENTENCE, *rows)[1]
    assert html_of(TITLE, SENTENCE, rows[0])[1] == f"<p>{rows[0]}</p>"


def test_sentences_with_a_gap_in_them_are_no_table() -> None:
    sentence = f"{SENTENCE}  {SENTENCE}"
    assert html_of(TITLE, sentence, sentence) == [f"<p>{sentence}</p>"] * 2


def test_last_cell_needs_no_bar_behind_it() -> None:
    assert html_of(TITLE, SENTENCE, "公开 | 136")[1] == (
        "<table><tbody><tr><td>公开</td><td>136</td></tr></tbody></table>"
    )


def test_row_of_the_form_is_no_chapter() -> None:
    source = SourceText("a.txt", f"{TITLE}\n{SENTENCE}\n一、主动公开 | 条 | 3 |\n")
    assert recognise(source).chapters == ()
