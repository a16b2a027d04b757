import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search.engines.packing import pack, unpack
from gongkai.search.tests.running_text import phrases
from gongkai.search.text import canonical, tokens
from gongkai.search.words import MAX_WORDS, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公开", ["公开"]),
        ("公", ["公"]),
        ("政府信息", ["政府", "府信", "信息"]),
        ("第3条公开", ["第", "3", "条", "条公", "公开"]),
        ("条例3", ["条例", "例", "3"]),
        ("open data", ["open", "data"]),
        ("x" * 100, ["x" * 64]),
        ("", []),
    ],
)
def test_text_is_cut_into_pairs_and_foreign_words(
    text: str, expected: list[str]
) -> None:
    assert tokens(canonical(text)) == expected


@given(phrases())
def test_tokens_of_a_phrase_stand_side_by_side_in_its_text(
    drawn: tuple[str, str],
) -> None:
    text, phrase = drawn
    stream = tokens(canonical(text))
    singles = set(canonical(text))
    quoted = words_of(f'"{phrase[:150]}"')
    whole = quoted if len(quoted) < MAX_WORDS and len(phrase) <= 150 else ()
    for word in whole:
        assert _stands_in(word.tokens, stream) or word.pattern in singles


def _stands_in(wanted: tuple[str, ...], stream: list[str]) -> bool:
    size = len(wanted)
    return any(
        tuple(stream[start : start + size]) == wanted for start in range(len(stream))
    )


@given(phrases())
def test_tokens_hold_no_sign_of_a_query_language(drawn: tuple[str, str]) -> None:
    for token in tokens(canonical(drawn[0])):
        assert token.isalnum()


TOKEN = st.text(st.sampled_from("公开信息ab'=^12"), min_size=1, max_size=4)


@given(st.lists(TOKEN))
def test_packed_tokens_come_back_as_they_were(given_tokens: list[str]) -> None:
    assert unpack(pack(given_tokens)) == given_tokens


@given(phrases())
def test_tokens_of_any_text_survive_packing(drawn: tuple[str, str]) -> None:
    stream = tokens(canonical(drawn[0]))
    assert unpack(pack(stream)) == stream
