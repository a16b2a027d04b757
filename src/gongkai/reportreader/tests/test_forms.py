"""The regulations and the official form of a year, and the form that a text prints."""

import pytest

from gongkai.reportreader.forms import form_in, form_in_force, regime_of


@pytest.mark.parametrize(
    ("year", "regime", "form"),
    [
        (2008, "2008", None),
        (2013, "2008", None),
        (2014, "2008", "2014"),  # 国办发〔2014〕32号
        (2018, "2008", "2014"),
        (2019, "2019", "2019"),  # Order 711; 国办公开办函〔2019〕60号
        (2020, "2019", "2019"),
        (2021, "2019", "2021"),  # 国办公开办函〔2021〕30号
        (2025, "2019", "2021"),
    ],
)
def test_form_and_regulations_of_a_year(
    year: int, regime: str, form: str | None
) -> None:
    assert regime_of(year) == regime
    assert form_in_force(year) == form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("政府信息公开情况统计表\n统 计 指 标 | 单位 | 统计数", "2014"),
        ("规章 | 本年新制作数量 | 本年新\t公开数量 | 对外公开总数量", "2019"),
        ("规章 | 本年制发件数 | 本年废止件数 | 现行有效件数", "2021"),
        ("我局按时办结数为 3 件。", None),
        ("一、概述", None),
    ],
)
def test_form_is_told_by_two_words_that_only_it_has(
    text: str, form: str | None
) -> None:
    assert form_in(text) == form
