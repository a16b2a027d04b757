import pytest

from gongkai import search
from gongkai.search import Query, finding
from gongkai.search.ranking import score
from gongkai.search.tests.factories import found, ids, make_document, put_bodies
from gongkai.search.words import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def newest(text: str) -> list[int]:
    return ids(search.find(Query(text, sort="newest")).hits)


def test_a_title_that_holds_the_word_comes_before_a_text_that_does() -> None:
    search.put(make_document(1, title="易地扶贫搬迁公告"))
    search.put(make_document(2, body="易地扶贫搬迁。" * 20))
    assert found("易地扶贫搬迁") == [1, 2]


def test_the_title_that_is_nothing_else_comes_first() -> None:
    search.put(make_document(1, title="信息公开指南"))
    search.put(make_document(2, title="关于修订信息公开指南等三个文件的通知"))
    assert found("信息公开指南") == [1, 2]


def test_a_text_that_says_it_often_comes_before_one_that_says_it_once() -> None:
    put_bodies("防汛抗旱。防汛抗旱。防汛抗旱。防汛抗旱。", "防汛抗旱")
    assert found("防汛") == [1, 2]


def test_of_equal_documents_the_newest_comes_first() -> None:
    put_bodies("防汛", "防汛", "防汛")
    assert found("防汛") == [3, 2, 1]


def test_newest_first_looks_at_nothing_but_the_time() -> None:
    search.put(make_document(1, title="防汛"))
    search.put(make_document(2, body="防汛"))
    search.put(make_document(3, title="防汛", body="防汛" * 9))
    assert newest("防汛") == [3, 2, 1]


def test_an_old_title_comes_first_also_beyond_the_window(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding, "WINDOW", 5)
    put_bodies(*["防汛"] * 40)
    search.put(make_document(1, title="防汛"))
    results = search.find(Query("防汛"))
    assert ids(results.hits)[0] == 1
    assert not results.ranked_all


def test_everything_is_ranked_where_it_fits_the_window() -> None:
    put_bodies("防汛", "防汛")
    assert search.find(Query("防汛")).ranked_all


def test_repetition_never_outweighs_a_title() -> None:
    patterns = [word.pattern for word in words_of("防汛")]
    assert score(patterns, "防汛", "") > score(patterns, "", "防汛" * 10_000)
