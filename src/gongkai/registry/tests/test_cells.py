import pytest

from gongkai.registry.cells import plain_cell


@pytest.mark.parametrize("sign", [*"=+-@＝＋－＠", "\t", "\r"])
def test_what_begins_like_a_formula_is_quoted(sign: str) -> None:
    assert plain_cell(f"{sign}HYPERLINK(1)") == f"'{sign}HYPERLINK(1)"


@pytest.mark.parametrize("text", ["", "关于春灌的通知", "1+1", "'=1", "a@b"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert plain_cell(text) == text
