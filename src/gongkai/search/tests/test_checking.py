import pytest
from django.db import connection

from gongkai import search
from gongkai.search import Document, checking
from gongkai.search.engines.base import run
from gongkai.search.sources import Source
from gongkai.search.tests.factories import make_document

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> dict[int, Document]:
    """Three public records, indexed; what a test does to it is not."""
    public = {number: make_document(number, body="公开") for number in (1, 2, 3)}
    source = Source("item", lambda: iter([*public.values()]))
    monkeypatch.setattr(checking, "sources", lambda: {"item": source})
    search.put_many(public.values())
    return public


def differences() -> list[tuple[int | None, str]]:
    return [(one.object_id, one.what) for one in search.check_search()]


def test_an_index_that_was_kept_up_has_no_difference(
    ledger: dict[int, Document],
) -> None:
    assert differences() == []


def test_a_withdrawn_record_that_is_still_indexed_is_a_ghost(
    ledger: dict[int, Document],
) -> None:
    del ledger[2]
    assert differences() == [(2, "ghost")]


def test_a_public_record_that_is_not_indexed_is_missing(
    ledger: dict[int, Document],
) -> None:
    ledger[4] = make_document(4)
    assert differences() == [(4, "missing")]


@pytest.mark.parametrize(
    "changed",
    [
        make_document(2, body="别的"),
        make_document(2, body="公开", topic="财政"),
        make_document(2, body="公开", agency_path="0002"),
        make_document(2, body="公开", doc_no="3号"),
        make_document(2, body="公开", published_at=make_document(9).published_at),
    ],
)
def test_a_record_that_changed_unnoticed_is_stale(
    changed: Document, ledger: dict[int, Document]
) -> None:
    ledger[2] = changed
    assert differences() == [(2, "stale")]


def test_documents_of_a_kind_without_a_source_are_ghosts(
    ledger: dict[int, Document],
) -> None:
    search.put(make_document(7, kind="gone"))
    assert differences() == [(7, "ghost")]


def test_an_entry_without_its_words_is_damaged(ledger: dict[int, Document]) -> None:
    if connection.vendor == "sqlite":
        run("DELETE FROM search_tokens WHERE id = (SELECT min(id) FROM search_entry)")
    else:
        run("UPDATE search_entry SET words = NULL WHERE object_id = 1")
    assert (1, "damaged") in differences()


def test_a_difference_says_what_to_do(ledger: dict[int, Document]) -> None:
    del ledger[2]
    assert [str(one) for one in search.check_search()] == [
        "search: item 2 is ghost; run rebuild_search"
    ]
