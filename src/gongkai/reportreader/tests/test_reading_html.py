"""A page's words come a line per block, without its scripts, buttons and menus."""

import pytest

from gongkai.reportreader import SourceText, read_bytes
from gongkai.reportreader.reading import text_of_html

LONG = "主动公开政府信息一百三十六条。" * 15


def lines(html: str) -> list[str]:
    return text_of_html(html).splitlines()


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.html", "<p>一</p>", "html"),
        ("A.HTM", "<p>一</p>", "html"),
        ("a.txt", "\r\n<!DOCTYPE HTML><p>一</p>", "html"),
        ("a.txt", "<html><p>一</p>", "html"),
        ("a.txt", "<p>一</p>", "text"),
        ("a", "一", "text"),
    ],
)
def test_page_is_told_by_its_ending_or_its_start(
    name: str, text: str, kind: str
) -> None:
    source: SourceText = read_bytes(text.encode(), name)
    assert source.kind == kind
    assert source.text == ("一" if kind == "html" else text)


def test_blocks_are_lines_and_inline_marks_are_not() -> None:
    html = "<div>云雾县<b>水务</b>局</div>年度<br>报告<h2>一、\n 概述</h2>"
    assert lines(html) == ["云雾县水务局", "年度", "报告", "一、 概述"]


@pytest.mark.parametrize(
    "clutter",
    [
        "<script>var a = '<p>x</p>';</script>",
        "<style>p { color: red }</style>",
        "<button>打印<b>本页</b></button>",
        "<select><option>大</option></select>",
        "<noscript>请启用脚本</noscript>",
        "<!-- 注释 -->",
    ],
)
def test_what_no_reader_reads_is_left_out(clutter: str) -> None:
    assert lines(f"<p>概</p>{clutter}<p>述</p>") == ["概", "述"]


def test_head_is_left_out_also_where_the_page_does_not_close_it() -> None:
    assert lines("<head><title>网站</title></head><body>概述") == ["概述"]
    assert lines("<head><title>网站</title><body>概述") == ["概述"]


def test_table_of_data_keeps_rows_and_cells() -> None:
    html = (
        "<table><tr><th>指标</th><th><p>单位</p></th></tr>"
        "<tr><td><p>公开</p><p>信息</p></td><td></td></tr></table>后"
    )
    assert lines(html) == ["指标 | 单位 |", "公开 信息 | |", "后"]


def test_table_that_lays_out_the_page_gives_a_line_per_block() -> None:
    html = f"<table><tr><td>菜单</td><td><p>一、概述</p><p>{LONG}</p></td></tr></table>"
    assert lines(html) == ["菜单", "一、概述", LONG]


def test_table_inside_a_layout_keeps_its_rows() -> None:
    inner = "<table><tr><td>公开</td><td>136</td></tr></table>"
    html = f"<table><tr><td><p>{LONG}</p><p>表</p>{inner}<p>完</p></td></tr></table>"
    assert lines(html) == [LONG, "表", "公开 | 136 |", "完"]


def test_entities_are_the_signs_they_stand_for() -> None:
    assert lines("<p>&lt;条例&gt;&nbsp;&#20844;开</p>") == ["<条例> 公开"]
