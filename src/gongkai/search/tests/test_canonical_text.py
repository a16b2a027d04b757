import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search.text import canonical, fold_in_place, number_key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("通　知", "通知"),
        ("通\t 知", "通知"),
        ("公开。\n指南", "公开 指南"),
        ("公开\n指南", "公开 指南"),
        ("ＡＢＣ１２３", "_abc123_"),
        ("第3条", "第_3_条"),
        ("第３条", "第_3_条"),
        ("《办法》（试行）", "办法 试行"),
        ("Café", "_cafe_"),
        ("COVID-19", "_covid_ _19_"),
        ("a_b", "_a_ _b_"),
        ("公\u200b开\ufeff", "公开"),
        ("⾦融", "金融"),
        ("二〇二六年", "二〇二六年"),
        ("關於", "關於"),
        ("𠮷林", "𠮷林"),
        ("\ud800公\0开", "公 开"),
        ("", ""),
        ("。，　", ""),
    ],
)
def test_text_is_folded_to_what_readers_take_for_the_same(
    text: str, expected: str
) -> None:
    assert canonical(text) == expected


@given(st.text())
def test_canonical_text_can_be_stored_and_split_at_spaces(text: str) -> None:
    folded = canonical(text)
    folded.encode()
    assert "\0" not in folded
    assert folded == " ".join(folded.split())


@given(st.text())
def test_folding_in_place_keeps_every_place(text: str) -> None:
    assert len(fold_in_place(text)) == len(text)


@pytest.mark.parametrize(
    "typed",
    [
        "安政办发〔2026〕3号",
        "安政办发[2026]3号",
        "安政办发【２０２６】3 号",
        "安政办发（2026）３号",
        " 安政办发 ﹝2026﹞ 3号\u200b",
    ],
)
def test_a_document_number_is_one_however_it_is_typed(typed: str) -> None:
    assert number_key(typed) == "安政办发(2026)3号"


@pytest.mark.parametrize("typed", ["", "  ", "〔〕", "———", "\0"])
def test_a_number_of_signs_alone_is_none(typed: str) -> None:
    assert number_key(typed) == ""


def test_dashes_of_an_index_number_are_one_sign() -> None:
    assert number_key("MB012345/2026—00001") == number_key("mb012345/2026-00001")
