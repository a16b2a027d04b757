"""Printed forms are read row by row, however the page flattened them."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from gongkai.reportreader import SourceText, read_bytes
from gongkai.reportreader.formtables import read_form
from gongkai.reportreader.lines import Page
from gongkai.reportreader.tests.tables import (
    LAYOUTS,
    Row,
    as_html,
    figures_of,
    rows_of,
    with_bars,
)
from gongkai.returns import load_form

FORMS = ("2014", "2019", "2021")
Layout = Callable[[list[Row]], str]


def read(text: str, form: str) -> dict[str, Decimal]:
    source = SourceText("报告.txt", text)
    table = read_form(source.folded, Page(source).lines, form)
    assert table
    for figure in table.figures:
        assert (
            text[figure.start : figure.end].strip() == text[figure.start : figure.end]
        )
    return table.values


def in_yuan(form: str, figures: dict[str, int]) -> dict[str, Decimal]:
    rows = load_form(form).by_key
    return {
        key: Decimal(value) * (10_000 if rows[key].unit == "万元" else 1)
        for key, value in figures.items()
    }


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_figure_of_a_form(form: str, layout: Layout) -> None:
    figures = figures_of(load_form(form))
    text = f"一、概述\n全年工作正常。\n{layout(rows_of(form, figures))}"
    assert read(text, form) == in_yuan(form, figures)


@pytest.mark.parametrize("form", FORMS)
def test_every_figure_of_a_web_page(form: str) -> None:
    figures = figures_of(load_form(form))
    page = as_html(rows_of(form, figures))
    source = read_bytes(page.encode(), "报告.html")
    table = read_form(source.folded, Page(source).lines, form)
    assert table and table.values == in_yuan(form, figures)


@pytest.mark.parametrize("form", FORMS)
def test_blank_cells_do_not_shift_the_others(form: str) -> None:
    figures = figures_of(load_form(form))
    kept = {key: value for key, value in figures.items() if value % 3}
    found = read(with_bars(rows_of(form, kept)), form)
    assert found == in_yuan(form, kept)


@pytest.mark.parametrize("form", FORMS)
def test_missing_rows_do_no_harm(form: str) -> None:
    figures = figures_of(load_form(form))
    rows = [row for n, row in enumerate(rows_of(form, figures)) if n % 5 != 3]
    found = read(with_bars(rows), form)
    expected = in_yuan(form, figures)
    assert len(found) > len(expected) / 2
    assert all(found[key] == expected[key] for key in found)


def test_total_is_taken_where_blank_cells_were_lost() -> None:
    text = """
一、本年新收政府信息公开申请数量
3
2
5
二、上年结转政府信息公开申请数量
0
三、本年度办理结果
（一）予以公开
4
1
6
（二）部分公开（区分处理的，只计这一情形，
不计其他情形）
1 | - | - | - | - | - | 1
"""
    assert read(text, "2021") == {
        "applications.new_received.total": 5,
        "applications.carried_in.total": 0,
        "applications.partial.natural_person": 1,
        "applications.partial.total": 1,
    }


def test_column_of_totals_is_taken_where_a_form_has_several() -> None:
    text = """
统计指标 | 单位 | 县政府 | 乡镇 | 合计 |
（一）主动公开政府信息数 | 条 | 5 | 7 | 12 |
2.政府网站公开政府信息数 | 条 | 4 | 6 | 10 |
4.政务微信公开政府信息数 | 条 | 1 | 1 | 2 |
"""
    assert read(text, "2014") == {
        "proactive_total": 12,
        "channel_website": 10,
        "channel_wechat": 2,
    }


def test_heading_tells_the_unit_of_money() -> None:
    text = """
行政许可 | 4 | 0 | 8 |
行政处罚 | 1 | -1 | 0 |
信息内容 | 采购项目数量 | 采购总金额（万元） |
政府集中采购 | 13 | 477.35 |
"""
    values = read(text, "2019")
    assert values["disclosure.procurement.amount_yuan"] == 4773500
    assert values["disclosure.penalties.change"] == -1
    plain = text.replace("（万元）", "").replace("477.35", "152790元")
    assert read(plain, "2019")["disclosure.procurement.amount_yuan"] == 152790


def test_misprints_and_other_numbering() -> None:
    text = """
1、主动公开政府信息数 | 条 | 5 |
制发规范文件性文件总数 | 件 | 2 |
（3）政务微搏公开政府信息数 | 条 | 3 |
四．行政复议数量 | 件 | 1 |
维持具体行政行为数 | 件 | 1 |
专职人员 | 人 | 2 |
"""
    assert read(text, "2014") == {
        "proactive_total": 5,
        "normative_documents_issued": 2,
        "channel_weibo": 3,
        "reviews": 1,
        "reviews_upheld": 1,
    }


def test_bar_alone_is_an_empty_cell_where_every_cell_ends_with_one() -> None:
    text = """信息内容 |
上一年项目数量 |
本年增/减 |
处理决定数量 |
行政许可 |
31 |
+4 |
35 |
|
其他对外管理服务事项 |
1 |
0 |
2 |
|
行政处罚 |
|
+17 |
18 |
|
行政强制 |
|
|
3 |
"""
    found = read(text, "2019")
    assert found["disclosure.permits.change"] == 4
    assert "disclosure.penalties.previous_projects" not in found
    assert found["disclosure.penalties.change"] == 17
    assert found["disclosure.penalties.decisions"] == 18
    assert "disclosure.coercion.change" not in found
    assert found["disclosure.coercion.decisions"] == 3


def test_readings_that_a_mirror_put_into_the_cells() -> None:
    text = """信息內(nèi)容 | 本年新制作數(shù)量 | 本年新公開數(shù)量 | 公開總數量 |
規(guī)章 | 0 | 0 | 2 |
規(guī)范性文件 | 5 | 4 | 19 |
信息內(nèi)容 | 上一年項(xiàng)目數(shù)量 | 本年增/減 | 處理決定數(shù)量 |
行政許可 | 7 | 1 | 88 |
"""
    found = read(text, "2019")
    assert found["disclosure.normative_documents.total_disclosed"] == 19
    assert found["disclosure.permits.decisions"] == 88
