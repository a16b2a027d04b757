from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from gongkai import search
from gongkai.search import Document, engines
from gongkai.search.engines.base import fetch
from gongkai.search.indexing import object_ids_of
from gongkai.search.sources import Source
from gongkai.search.tests.factories import found, ids, make_document

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]

WRITERS = 8


def at_once(act: Callable[[int], object], count: int) -> None:
    def alone(number: int) -> None:
        try:
            act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(alone, range(1, count + 1)))


def test_writers_of_different_documents_lose_none() -> None:
    at_once(
        lambda number: search.put(
            make_document(number, body="公开", topic=f"主题{number % 9}")
        ),
        64,
    )
    assert search.find(search.Query("公开")).total == 64
    assert engines.current().damaged("item") == []


def test_writers_of_one_document_leave_the_words_of_one() -> None:
    at_once(lambda number: search.put(make_document(1, body=f"第{number}号文")), 40)
    matching = [number for number in range(1, 41) if found(f"第{number}号")]
    assert len(matching) == 1
    assert search.browse(search.Query()).total == 1
    assert engines.current().damaged("item") == []


def test_putting_and_removing_at_once_leaves_no_ghost() -> None:
    def act(number: int) -> None:
        if number % 2:
            search.put(make_document(number % 5, body="公开"))
        else:
            search.remove("item", number % 5)

    at_once(act, 80)
    assert engines.current().damaged("item") == []
    assert len(found("公开")) == fetch("SELECT count(*) FROM search_entry")[0][0]


def test_acts_that_fail_beside_others_leave_nothing() -> None:
    def act(number: int) -> None:
        try:
            with transaction.atomic():
                search.put(make_document(number, body="公开"))
                if number % 3 == 0:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            return

    at_once(act, 60)
    hits = search.find(search.Query("公开", page_size=100)).hits
    assert sorted(ids(hits)) == [number for number in range(1, 61) if number % 3]


def test_batches_with_the_same_new_facets_do_not_wait_for_each_other() -> None:
    def act(number: int) -> None:
        order = range(20) if number % 2 else range(19, -1, -1)
        search.put_many(
            make_document(number * 100 + place, topic=f"主题{place}") for place in order
        )

    at_once(act, 16)
    assert search.browse(search.Query()).total == 320


def test_acts_during_a_rebuild_have_the_last_word() -> None:
    public: dict[int, Document] = {
        number: make_document(number, body="旧文本") for number in range(1, 201)
    }
    search.put_many(public.values())

    def act(number: int) -> None:
        if number == 1:
            search.rebuild(Source("item", lambda: iter([*public.values()])))
        elif number % 2:
            public[number] = make_document(number, body="新文本")
            search.put(public[number])
        else:
            del public[number]
            search.remove("item", number)

    at_once(act, 40)
    assert sorted(object_ids_of("item")) == sorted(public)
    assert sorted(found("新文本")) == list(range(3, 41, 2))
    assert engines.current().damaged("item") == []
