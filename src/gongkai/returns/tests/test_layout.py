"""The printed forms: every figure once, no box over another, headings merged."""

import pytest

from gongkai.returns import list_forms, load_form
from gongkai.returns.layout import Grid, grids


@pytest.mark.parametrize("name", list_forms())
def test_every_figure_stands_once_in_the_order_of_the_form(name: str) -> None:
    form = load_form(name)
    keys = [key for grid in grids(form) for key in grid.keys]
    assert sorted(keys) == sorted(form.by_key)


@pytest.mark.parametrize("name", list_forms())
def test_the_boxes_tile_each_table(name: str) -> None:
    for grid in grids(load_form(name)):
        covered = [
            (row, column)
            for box in grid.boxes
            for row in range(box.row, box.row + box.rows)
            for column in range(box.column, box.column + box.columns)
        ]
        assert len(covered) == len(set(covered)) == grid.height * grid.width


def of_2021(code: str) -> Grid:
    return next(grid for grid in grids(load_form("2021")) if grid.code == code)


def test_the_table_of_applications_is_merged_as_it_is_printed() -> None:
    grid = of_2021("3")
    spans = {box.text: (box.rows, box.columns) for box in grid.boxes if box.is_head}
    assert spans["申请人情况"] == (1, 7)
    assert spans["法人或其他组织"] == (1, 5)
    assert spans["三、本年度办理结果"] == (22, 1)
    assert spans["（三）不予公开"] == (8, 1)
    assert spans["（一）予以公开"] == (1, 2)
    assert spans["一、本年新收政府信息公开申请数量"] == (1, 3)
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    assert spans[note] == (3, 3)
    assert (len(grid.head), len(grid.body)) == (3, 25 + 0)


def test_the_remedies_stand_side_by_side_over_one_line() -> None:
    grid = of_2021("4")
    assert (len(grid.body), grid.width) == (1, 15)
    assert grid.lines[0][0].text == "行政复议"
    assert [box.text for box in grid.lines[1]] == ["未经复议直接起诉", "复议后起诉"]


def test_a_chapter_is_headed_once() -> None:
    headings = [grid.heading for grid in grids(load_form("2021")) if grid.heading]
    assert headings == [
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ]
