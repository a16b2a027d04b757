"""Folding makes signs alike and moves none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reportreader import SourceText
from gongkai.reportreader.folding import fold


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("２０１４年ＡＢｃ", "2014年ABc"),
        ("（一）：；，！", "(一):;,!"),
        ("黔府办发﹝2016﹞13号[2016]【x】", "黔府办发〔2016〕13号〔2016〕【x】"),
        ("a—b–c－d", "a-b-c-d"),
        ("二○一四，二◯一四", "二〇一四,二〇一四"),
        ("统计\u3000指标\u00a0单位\u200b", "统计 指标 单位 "),
        ("项目｜数│量", "项目|数|量"),
        ("、。《》“”", "、。《》“”"),
    ],
)
def test_signs_of_one_meaning_are_written_alike(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert all(fold(sign) == fold(text)[n] for n, sign in enumerate(text))


def test_source_keeps_its_own_signs_beside_the_folded_ones() -> None:
    source = SourceText("a.txt", "２０１４")
    assert (source.text, source.folded) == ("２０１４", "2014")
