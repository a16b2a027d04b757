import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai import search
from gongkai.search.tests.factories import found, make_document, put_bodies

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

HOSTILE = [
    '" OR "',
    '公开" OR "1',
    "公开' | 'a",
    "公开'); DROP TABLE search_entry; --",
    "公开\\",
    "公开 & | ! <-> :*",
    "NEAR(公开 政府, 5)",
    "tokens:公开",
    "^公开",
    "公开*",
    "-公开",
    "=all",
    "=oversize",
    "%s %(a)s %%",
    "公开\0政府",
    "\ud800公开",
    "{公开}",
    "\x1e\x1f",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_sign_of_a_query_language_has_a_meaning(text: str) -> None:
    put_bodies("公开，政府")
    search.find(search.Query(text, filters={"topic": text}, kind=text))
    search.find(search.Query(text, subtree_of=text))
    search.exact(text)
    search.loosen(search.Query(text))
    assert found("公开") == [1]


@pytest.mark.parametrize("text", ["公开 | 不在", "公开 OR 不在", '公开" OR "不在'])
def test_an_operator_widens_nothing(text: str) -> None:
    put_bodies("公开")
    assert found(text) == []


@pytest.mark.parametrize("text", ["=all", "=oversize", "^公开"])
def test_terms_of_the_index_cannot_be_typed(text: str) -> None:
    put_bodies("别的事")
    assert found(text) == []


@given(text=st.text(max_size=40), other=st.text(max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_indexed_and_asked_for(text: str, other: str) -> None:
    search.put(
        make_document(title=other, body=text, doc_no=other, index_no=text, topic=other)
    )
    search.find(search.Query(text, filters={"topic": other}))
    search.find(search.Query(f'{other}"{text}'))
    assert search.browse(search.Query()).total == 1
    search.remove("item", 1)
    assert search.browse(search.Query()).total == 0
