import pytest

from gongkai.search.words import MAX_CHARACTERS, MAX_WORDS, words_of


def patterns(text: str) -> list[str]:
    return [word.pattern for word in words_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公开 指南", ["公开", "指南"]),
        ("公开　指南", ["公开", "指南"]),
        ("公开，指南；目录", ["公开", "指南", "目录"]),
        ("公开 公开", ["公开"]),
        ('"公开 指南"', ["公开指南"]),
        ("“公开 指南”目录", ["公开指南", "目录"]),
        ("＂open data＂ x", ["_open_ _data_", "_x_"]),
        ("1,000元", ["_1_ _000_元"]),
        ("8:30", ["_8_ _30_"]),
        ("《公开条例》", ["公开条例"]),
        ("公、开放", ["公", "开放"]),
        ('"公、开放"', ["开放", "公"]),
        ('公开 "指南', ["公开", "指南"]),
        ("OR AND NOT", ["_or_", "_and_", "_not_"]),
    ],
)
def test_a_query_is_cut_into_the_words_a_reader_means(
    text: str, expected: list[str]
) -> None:
    assert patterns(text) == expected


@pytest.mark.parametrize("text", ["", "   ", '""', "。，！", "“”", "\0", "***", "()"])
def test_signs_alone_are_no_words(text: str) -> None:
    assert words_of(text) == ()


def test_no_more_than_twelve_words_count() -> None:
    assert len(words_of(" ".join(f"w{number}" for number in range(40)))) == MAX_WORDS


def test_no_more_than_two_hundred_characters_count() -> None:
    assert patterns(" " * (MAX_CHARACTERS - 2) + "公开指南") == ["公开"]
