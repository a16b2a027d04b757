import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai import search
from gongkai.search import engines
from gongkai.search.engines.base import fetch
from gongkai.search.tests.factories import found, ids, make_document, put_bodies

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture(autouse=True)
def _nothing_is_damaged_afterwards() -> Iterator[None]:
    yield
    assert engines.current().damaged("item") == []


def everything() -> list[int]:
    return ids(search.browse(search.Query()).hits)


def test_a_replaced_document_is_found_by_its_new_words_only() -> None:
    put_bodies("旧的安排")
    search.put(make_document(body="新的部署"))
    assert found("安排") == []
    assert found("部署") == [1]
    assert everything() == [1]


def test_a_removed_document_is_found_by_nothing() -> None:
    put_bodies("公开", "公开")
    search.remove("item", 1)
    assert found("公开") == [2]
    assert everything() == [2]
    assert search.exact("1") == []


def test_removing_twice_or_what_was_never_there_does_nothing() -> None:
    put_bodies("公开")
    search.remove("item", 99)
    search.remove("report", 1)
    assert found("公开") == [1]


def test_putting_the_same_again_changes_nothing() -> None:
    document = make_document(body="公开" * 300)
    search.put(document)
    before = fetch("SELECT * FROM search_entry")
    search.put(document)
    assert fetch("SELECT * FROM search_entry") == before


def test_the_same_number_of_another_kind_is_another_document() -> None:
    search.put(make_document(body="公开"))
    search.put(make_document(kind="report", body="公开"))
    search.remove("report", 1)
    assert [hit.kind for hit in search.find(search.Query("公开")).hits] == ["item"]


def test_clearing_one_kind_leaves_the_others() -> None:
    search.put(make_document(body="公开"))
    search.put(make_document(2, kind="report", body="公开"))
    search.clear("report")
    assert found("公开") == [1]
    search.clear("item")
    assert found("公开") == []


def test_a_thousand_documents_of_one_minute_keep_apart() -> None:
    moment = datetime(2026, 3, 1, 8, tzinfo=UTC)
    search.put_many(
        make_document(number, published_at=moment, body="公开")
        for number in range(1, 1_001)
    )
    assert search.browse(search.Query()).total == 1_000
    assert len(set(fetch("SELECT id FROM search_entry"))) == 1_000


def test_moving_the_time_of_publication_moves_the_document() -> None:
    put_bodies("公开", "公开")
    moment = datetime(2027, 3, 1, 8, tzinfo=UTC)
    search.put(make_document(1, body="公开", published_at=moment))
    assert everything() == [1, 2]


@pytest.mark.parametrize("year", [1, 1911, 1969, 2026, 9999])
def test_any_date_of_publication_can_be_indexed(year: int) -> None:
    moment = datetime(year, 6, 1, tzinfo=UTC)
    search.put(make_document(published_at=moment, body="公开"))
    assert found("公开") == [1]


def test_what_is_rolled_back_leaves_the_index_as_it_was() -> None:
    put_bodies("旧的安排", "要撤回的", "不动的")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        search.put(make_document(1, body="新的部署"))
        search.remove("item", 2)
        search.put(make_document(4, body="第四篇", topic="新主题"))
        raise ZeroDivisionError
    assert found("部署") == found("第四篇") == []
    assert found("安排") == [1]
    assert found("撤回") == [2]
    assert everything() == [3, 2, 1]
    assert fetch("SELECT value FROM search_facetvalue WHERE name = 'topic'") == []


@pytest.mark.django_db(transaction=True)
def test_a_failed_act_leaves_no_word_to_the_next_connection() -> None:
    put_bodies("旧的安排")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        search.put(make_document(1, body="新的部署"))
        raise ZeroDivisionError
    assert (found("部署"), found("安排")) == ([], [1])


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        make_document(published_at=datetime(2026, 1, 1))  # noqa: DTZ001 - the mistake


def test_the_agency_is_no_facet_to_be_given() -> None:
    with pytest.raises(ValueError, match="agency"):
        make_document(agency="1")


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["put", "put", "remove", "undone"]),
        st.integers(1, 3),
        st.text(st.sampled_from("公开信息a1 。"), max_size=12),
    ),
    max_size=12,
)


@given(acts=ACTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_the_index_says_what_is_there(
    acts: list[tuple[str, int, str]],
) -> None:
    search.clear("item")
    there: dict[int, str] = {}
    for act, number, body in acts:
        if act == "put":
            search.put(make_document(number, body=body))
            there[number] = body
        elif act == "remove":
            search.remove("item", number)
            there.pop(number, None)
        else:
            _put_and_undo(number, body)
    assert everything() == sorted(there, reverse=True)
    for word in ("公开", "信息", "开信", "a1"):
        wanted = {number for number, body in there.items() if word in _words(body)}
        assert set(found(word)) == wanted


def _put_and_undo(number: int, body: str) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        search.put(make_document(number, body=body))
        raise ZeroDivisionError


def _words(body: str) -> str:
    """The body as it reads with spaced Chinese closed up; a1 only as a whole word."""
    closed = re.sub("(?<=[公开信息]) +(?=[公开信息])", "", body)
    return " ".join(
        word
        for word in re.findall("[a1]+|[公开信息]+", closed)
        if word == "a1" or word[0] not in "a1"
    )
