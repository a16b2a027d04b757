"""Folding makes signs alike and moves none."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.reportreader import SourceText
from gongkai.reportreader.folding import WORDS, fold


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
    signs = "".join(map(fold, text))
    assume(not any(word in signs for word in WORDS))
    assert fold(text) == signs


@pytest.mark.parametrize(("word", "plain"), list(WORDS.items()))
def test_words_of_taiwan_are_read_as_the_mainlands(word: str, plain: str) -> None:
    assert fold(f"公开{word}3条") == f"公开{plain}3条"
    assert len(word) == len(plain)


def test_source_keeps_its_own_signs_beside_the_folded_ones() -> None:
    source = SourceText("a.txt", "２０１４")
    assert (source.text, source.folded) == ("２０１４", "2014")
