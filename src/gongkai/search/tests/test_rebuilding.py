from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from gongkai import search
from gongkai.search import Document, Query, Results, rebuilding
from gongkai.search.engines.base import fetch, run
from gongkai.search.management.commands import rebuild_search
from gongkai.search.rebuilding import RebuildOvertaken
from gongkai.search.sources import Source, sources
from gongkai.search.tests.factories import found, make_document

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

BODIES = ["公开指南", "公开目录", "年度报告", "公开指南与目录", "防汛第3条"] * 5


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> dict[int, Document]:
    public = {
        number: make_document(number, body=body, topic=body[:2], agency_id=number % 3)
        for number, body in enumerate(BODIES, 1)
    }
    monkeypatch.setattr(rebuild_search, "sources", lambda: {"item": source(public)})
    monkeypatch.setattr(rebuilding, "BATCH", 4)
    search.put_many(public.values())
    return public


def source(public: dict[int, Document]) -> Source:
    return Source("item", lambda: iter([*public.values()]))


def answers() -> list[Results]:
    asked = [
        Query("公开"),
        Query("公开 目录", sort="newest"),
        Query("第3条"),
        Query("指南", agency_id=1),
        Query("报告", filters={"topic": "年度"}),
    ]
    return [search.find(query) for query in asked]


def command(*words: str) -> str:
    out = StringIO()
    call_command("rebuild_search", *words, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("words", [(), ("item",), ("--empty",)])
def test_a_rebuilt_index_gives_the_same_answers(
    words: tuple[str, ...], ledger: dict[int, Document]
) -> None:
    before = answers()
    assert command(*words) == "item: 25 put, 0 removed\n"
    assert answers() == before


def test_an_index_lost_altogether_comes_back(ledger: dict[int, Document]) -> None:
    before = answers()
    search.clear("item")
    assert found("公开") == []
    command()
    assert answers() == before


def test_ghosts_go_and_what_is_missing_comes(ledger: dict[int, Document]) -> None:
    del ledger[1]
    ledger[99] = make_document(99, body="公开指南")
    assert command() == "item: 25 put, 1 removed\n"
    assert set(found("公开指南")) == {99, 4, 6, 9, 11, 14, 16, 19, 21, 24}


def test_other_kinds_are_left_alone(ledger: dict[int, Document]) -> None:
    search.put(make_document(1, kind="report", body="别的报告"))
    command("--empty")
    assert found("别的报告") == [1]


def test_an_unknown_kind_is_refused(ledger: dict[int, Document]) -> None:
    with pytest.raises(CommandError, match="No such kind: nothing"):
        command("nothing")


def test_nothing_is_left_of_a_rebuild(ledger: dict[int, Document]) -> None:
    command()
    assert fetch("SELECT * FROM search_rebuild") == []
    assert fetch("SELECT * FROM search_settled") == []


def test_what_is_withdrawn_meanwhile_does_not_come_back(
    ledger: dict[int, Document],
) -> None:
    def withdraw(done: int) -> None:
        search.remove("item", 25)

    search.rebuild(source(ledger), withdraw)
    assert found("防汛") == [20, 15, 10, 5]


def test_what_is_corrected_meanwhile_stays_corrected(
    ledger: dict[int, Document],
) -> None:
    def documents() -> Iterator[Document]:
        yield from [*ledger.values()]
        search.put(make_document(1, body="更正以后"))
        search.put(make_document(26, body="新发布的"))

    assert search.rebuild(Source("item", documents)) == (24, 0)
    assert found("更正以后") == [1]
    assert found("新发布的") == [26]


def test_a_second_rebuild_stops_the_first(ledger: dict[int, Document]) -> None:
    def begin_again(done: int) -> None:
        if fetch("SELECT 1 FROM search_settled LIMIT 1"):
            search.rebuild(source(ledger))

    before = answers()
    with pytest.raises(RebuildOvertaken):
        search.rebuild(source(ledger), begin_again)
    assert answers() == before


def test_a_killed_rebuild_does_not_hinder_the_next(
    ledger: dict[int, Document],
) -> None:
    run("INSERT INTO search_rebuild (kind, token) VALUES ('item', 'killed')")
    search.remove("item", 25)
    del ledger[25]
    assert search.rebuild(source(ledger)) == (24, 0)


def test_items_are_a_source() -> None:
    assert "item" in sources()
