import pytest
from hypothesis import HealthCheck, given, settings

from gongkai import search
from gongkai.search.tests.factories import found, make_document, put_bodies
from gongkai.search.tests.running_text import phrases

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.mark.parametrize(
    ("body", "query"),
    [
        ("本县主动公开政府信息。", "公开"),
        ("本县主动公开政府信息。", "开政"),
        ("本县主动公开政府信息。", "主动公开政府信息"),
        ("本县主动公开政府信息。", "公"),
        ("按照第3条办理", "第3条"),
        ("按照第3条办理", "3条办"),
        ("按照第３条办理", "第3条办理"),
        ("补助1,000元", "1,000元"),
        ("通　知", "通知"),
        ("通知", "通　知"),
        ("ＰＰＰ项目", "ppp项目"),
        ("PPP项目", "ＰＰＰ"),
        ("關於公開", "公開"),
        ("办公、开放", '"公、开放"'),
        ("公开，\n并监督", "公开 监督"),
    ],
)
def test_what_a_document_says_finds_it(body: str, query: str) -> None:
    put_bodies(body, "另一篇")
    assert found(query) == [1]


@pytest.mark.parametrize(
    ("body", "query"),
    [
        ("公布并放开", "公开"),
        ("补助30元", "3元"),
        ("补助30元", "30元整"),
        ("公开。政府", "开政"),
        ("关于公开", "關於公開"),
        ("open data", "pen"),
        ("主动公开", "主动公开 依申请"),
        ("主动公开与公开政府", '"动公开政"'),
    ],
)
def test_what_a_document_does_not_say_does_not_find_it(body: str, query: str) -> None:
    put_bodies(body)
    assert found(query) == []


def test_every_word_must_match() -> None:
    put_bodies("公开指南", "公开目录", "公开指南与目录")
    assert found("公开 目录") == [3, 2]


def test_title_and_numbers_are_found_as_words() -> None:
    search.put(
        make_document(
            title="关于防汛的通知", doc_no="安政发〔2026〕3号", index_no="MB1/2026-7"
        )
    )
    for query in ("防汛", "安政发", "安政发〔2026〕3号", "MB1/2026-7"):
        assert found(query) == [1]


def test_a_query_without_words_finds_nothing() -> None:
    put_bodies("公开")
    assert search.find(search.Query("  ，。")).total == 0


@given(drawn=phrases())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_phrase_of_a_document_finds_it(drawn: tuple[str, str]) -> None:
    text, phrase = drawn
    search.put(make_document(body=text))
    if search.words.words_of(f'"{phrase}"'):
        assert found(f'"{phrase}"') == [1]
        assert found(phrase) == [1]


def test_a_very_long_document_is_found_by_its_last_words() -> None:
    many = "".join(chr(0x4E00 + number * 7 % 20_000) for number in range(60_000))
    put_bodies(f"{many}。易地扶贫搬迁", f"{many}。别的")
    assert found("易地扶贫搬迁") == [1]
    assert found("易地") == [1]
