from typing import Literal

import pytest

from gongkai import search
from gongkai.search import Query, Results, finding
from gongkai.search.tests.factories import ids, make_document

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

COUNT = 43


@pytest.fixture(autouse=True)
def _archive() -> None:
    """Every ninth has the word in its title, too."""
    search.put_many(
        make_document(
            number, title="防汛" if number % 9 == 0 else "通知", body="防汛抗旱"
        )
        for number in range(1, COUNT + 1)
    )


def page(number: int, size: int = 7, **asked: str) -> Results:
    query = Query("防汛", page=number, page_size=size, **asked)  # type: ignore[arg-type]
    return search.find(query)


@pytest.mark.parametrize("window", [2_000, 1, 4, 5, 20, 42, 43, 44])
@pytest.mark.parametrize("size", [1, 4, 7, 20, 50])
@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_the_pages_together_hold_each_match_once(
    window: int,
    size: int,
    sort: Literal["relevance", "newest"],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding, "WINDOW", window)
    last = -(-COUNT // size)
    pages = [page(number, size, sort=sort) for number in range(1, last + 1)]
    together = [one for result in pages for one in ids(result.hits)]
    assert sorted(together) == list(range(1, COUNT + 1))
    assert all(len(result.hits) == size for result in pages[:-1])
    assert {result.total for result in pages} == {COUNT}


@pytest.mark.parametrize("window", [2_000, 5])
def test_newest_first_is_so_over_all_pages(
    window: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "WINDOW", window)
    pages = [page(number, sort="newest") for number in range(1, 8)]
    together = [one for result in pages for one in ids(result.hits)]
    assert together == list(range(COUNT, 0, -1))


def test_a_page_behind_the_last_is_empty() -> None:
    assert page(99).hits == []
    assert page(99).total == COUNT


@pytest.mark.parametrize("number", [0, -5])
def test_there_is_no_page_before_the_first(number: int) -> None:
    assert ids(page(number).hits) == ids(page(1).hits)


@pytest.mark.parametrize(("size", "shown"), [(0, 1), (-1, 1), (10_000, COUNT)])
def test_a_page_has_a_size_of_one_to_a_hundred(size: int, shown: int) -> None:
    result = page(1, size)
    assert len(result.hits) == shown
    assert 1 <= result.page_size <= 100


def test_a_large_total_is_only_said_to_be_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding, "WINDOW", 5)
    monkeypatch.setattr(finding, "COUNTED", 30)
    result = page(1)
    assert (result.total, result.total_is_capped) == (30, True)
    assert result.page_count == 5


def test_a_total_below_the_cap_is_the_very_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding, "WINDOW", 5)
    result = page(1)
    assert (result.total, result.total_is_capped) == (COUNT, False)


def test_a_list_without_words_has_pages_as_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding, "WINDOW", 5)
    pages = [
        search.browse(Query(page=number, page_size=10)).hits for number in range(1, 6)
    ]
    together = [one for hits in pages for one in ids(hits)]
    assert together == list(range(COUNT, 0, -1))
