import re
from html import unescape

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search import highlight, snippet


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("主动公开信息", "公开", "主动<mark>公开</mark>信息"),
        ("公开，公开", "公开", "<mark>公开</mark>，<mark>公开</mark>"),
        ("公开指南", "公开 公开指南", "<mark>公开指南</mark>"),
        ("通　知", "通知", "<mark>通　知</mark>"),
        ("第３条", "第3条", "<mark>第３条</mark>"),
        ("补助30元3元", "3", "补助30元<mark>3</mark>元"),
        ("ＰＰＰ项目", "ppp", "<mark>ＰＰＰ</mark>项目"),
        ("公\u200b开", "公开", "<mark>公\u200b开</mark>"),
        ("a<b>公开&", "公开", "a&lt;b&gt;<mark>公开</mark>&amp;"),
        ("x<y", "y", "x&lt;<mark>y</mark>"),
        ("<script>", "script", "&lt;<mark>script</mark>&gt;"),
        ("公开", "", "公开"),
        ("公开", "*", "公开"),
        ("公开", "没有", "公开"),
        ("政府 公开", '"政府公开"', "<mark>政府 公开</mark>"),
        ("办公、开放", '"公、开放"', "办<mark>公</mark>、<mark>开放</mark>"),
    ],
)
def test_each_word_is_marked_where_it_stands(
    text: str, query: str, expected: str
) -> None:
    assert highlight(text, query) == expected


def stripped(html: str) -> str:
    return re.sub("</?mark>", "", html)


@given(st.text(st.sampled_from("公开a1<>&\"' 　，\0")), st.text(max_size=12))
def test_marks_are_the_only_markup(text: str, query: str) -> None:
    assert stripped(highlight(text, query)) == escape(text)


@given(st.text(), st.text(max_size=12), st.integers(1, 200))
def test_a_snippet_is_never_longer_than_asked(
    text: str, query: str, length: int
) -> None:
    shown = unescape(stripped(snippet(text.replace("&", ""), query, length)))
    assert len(shown) <= length + 2


def test_a_snippet_shows_the_place_where_most_words_stand() -> None:
    text = "公开" + "无关的话。" * 60 + "公开指南与目录" + "别的话。" * 60
    shown = snippet(text, "公开 目录", 60)
    assert "<mark>公开</mark>指南与<mark>目录</mark>" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")


def test_a_short_text_is_shown_whole() -> None:
    assert snippet("公开指南", "指南") == "公开<mark>指南</mark>"


def test_a_snippet_without_the_words_is_the_beginning() -> None:
    assert snippet("甲" * 200, "乙", 10) == "甲" * 10 + "…"
