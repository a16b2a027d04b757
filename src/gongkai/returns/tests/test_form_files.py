"""A new form is a new file; a file that cannot be used says where and why."""

from pathlib import Path

import pytest

from gongkai.returns import (
    FormError,
    UnknownForm,
    check,
    form_in_force,
    list_forms,
    load_form,
)

SMALL = """
title: 小表
years: {first: 2000, last: 2001, source: 试验}
rows:
  - {code: 1, key: total, unit: 件, label: 一、总数}
  - {code: 1.1, key: first, unit: 件, label: （一）甲}
  - {code: 1.10, key: second, unit: 件, label: （二）乙}
relations:
  errors:
    - total = first + second
"""

VARIANT = """
extends: "2014"
area: 安徽省
rows:
  - code: 1.2.6
    key: channel_screen
    unit: 条
    label: 6.电子屏公开政府信息数
    after: channel_other
drop_relations:
  - channel_total = channel_gazette + channel_website + channel_weibo + channel_wechat
    + channel_other
relations:
  errors:
    - channel_total = channel_gazette + channel_website + channel_weibo + channel_wechat
      + channel_other + channel_screen
"""


def write(directory: Path, name: str, text: str) -> Path:
    (directory / f"{name}.yaml").write_text(text, "utf-8")
    return directory


def test_a_new_file_is_a_new_form(tmp_path: Path) -> None:
    write(tmp_path, "small", SMALL)
    assert {"2014", "small"} <= set(list_forms(tmp_path))
    form = load_form("small", tmp_path)
    assert [row.code for row in form.rows] == ["1", "1.1", "1.10"]
    assert form_in_force(2001, directory=tmp_path) == form
    assert form_in_force(2002, directory=tmp_path) is None


def test_a_form_without_last_year_stays_in_force(tmp_path: Path) -> None:
    write(tmp_path, "open", SMALL.replace("2000, last: 2001", "2101"))
    assert 2999 in load_form("open", tmp_path).years


def test_a_variant_adds_rows_to_the_form_it_extends(tmp_path: Path) -> None:
    write(tmp_path, "anhui", VARIANT)
    form, base = load_form("anhui", tmp_path), load_form("2014")
    codes = [row.code for row in form.rows]
    assert codes.index("1.2.6") == codes.index("1.2.5") + 1
    assert len(form.rows) == len(base.rows) + 1
    assert (form.title, form.head, form.years) == (base.title, base.head, base.years)


def test_a_variant_replaces_a_relation(tmp_path: Path) -> None:
    form = load_form("anhui", write(tmp_path, "anhui", VARIANT))
    parts = ("gazette", "website", "weibo", "wechat", "other", "screen")
    figures = {f"channel_{part}": 1 for part in parts}
    assert check(form, figures | {"channel_total": 6}).errors == ()
    (broken,) = check(form, figures | {"channel_total": 5}).errors
    assert "channel_screen" in broken.keys


def test_a_variant_is_in_force_in_its_area_only(tmp_path: Path) -> None:
    write(tmp_path, "anhui", VARIANT)
    variant = form_in_force(2016, area="安徽省", directory=tmp_path)
    national = form_in_force(2016, directory=tmp_path)
    elsewhere = form_in_force(2016, area="贵州省", directory=tmp_path)
    assert variant is not None and variant.name == "anhui"
    assert national == elsewhere == load_form("2014")


def test_a_variant_drops_a_block(tmp_path: Path) -> None:
    text = """
extends: "2014"
area: 某省
drop: ["1.3", proposals_deputies, proposals_cppcc]
drop_relations: [proposals_total = proposals_deputies + proposals_cppcc]
"""
    form = load_form("short", write(tmp_path, "short", text))
    assert not {"1.3", "1.3.1", "1.3.2"} & {row.code for row in form.rows}


@pytest.mark.parametrize(
    ("old", "new", "named", "remedy"),
    [
        ("total = first + second", "total = first + third", "third", "改正键名"),
        ("key: second", "key: first", "first", "改名或删去"),
        ("code: 1.10", "code: 1.1", "1.1", "改名或删去"),
        ("total = first", "total == first", "total == first", "运算符"),
        ("total = first", "total < first", "total < first", "运算符"),
        ("total = first", "total first", "total first + second", "运算符"),
        ("total = first", "total = = first", "total = =", "运算符"),
        ("total = first +", "total = first + +", "total = first + +", "指标键"),
        ("total = first", "总数 = first", "总数", "指标键"),
        ("total = first + second", "'total ='", "total =", "指标键"),
        ("unit: 件, label: 一", "unti: 件, label: 一", "unti", "unit"),
        (", label: 一、总数", "", "1", "补上 label"),
        ("first: 2000", "first: soon", "first", "整数"),
        ("source: 试验", "source: ''", "source", "补上 source"),
        ("title: 小表", "title: 小表\ntitle: 大表", "title", "不得重复"),
        ("unit: 件, label: 一", "unit: 万元, label: 一", "1", "json_unit: 元"),
        ("unit: 件, label: 一", "optional: 是, label: 一", "optional", "true"),
        ("    - total = first + second", "    total", "errors", "列表"),
        ("title: 小表", "title: [小表", "small", "YAML"),
        ("title: 小表", "title: 小表\nextends: small\narea: x", "small", "extends"),
        ("title: 小表", "title: 小表\nextends: '2014'", "small", "area"),
    ],
)
def test_a_faulty_file_names_itself_the_place_and_the_remedy(
    tmp_path: Path, old: str, new: str, named: str, remedy: str
) -> None:
    assert old in SMALL
    write(tmp_path, "small", SMALL.replace(old, new, 1))
    with pytest.raises(FormError) as caught:
        load_form("small", tmp_path)
    message = str(caught.value)
    assert caught.value.file == "small.yaml"
    assert "small.yaml" in message
    assert named in message
    assert remedy in message


def test_two_forms_of_one_area_and_year_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "small", SMALL)
    write(tmp_path, "twin", SMALL)
    with pytest.raises(FormError, match="都包含 2000 年度"):
        form_in_force(2000, directory=tmp_path)


@pytest.mark.parametrize("name", ["1999", "../forms/2014", ""])
def test_an_unknown_form_names_the_known_ones(name: str) -> None:
    with pytest.raises(UnknownForm, match="2014"):
        load_form(name)


def test_a_relation_may_look_back_a_year_and_subtract(tmp_path: Path) -> None:
    text = SMALL.replace("total = first", "total = previous.total - first")
    form = load_form("small", write(tmp_path, "small", text))
    figures = {"total": 8, "first": 3, "second": 2}
    assert check(form, figures).errors == ()
    assert check(form, figures, previous={"total": 9}).errors == ()
    (broken,) = check(form, figures, previous={"total": 10, "elsewhere": 1}).errors
    assert "上一年度总数" in broken.message
    assert "8 ≠ 10 - 3 + 2" in broken.message
