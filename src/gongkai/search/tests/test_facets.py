from collections import Counter

import pytest

from gongkai import search
from gongkai.search import Document, Query, finding
from gongkai.search.tests.factories import make_document

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

TOPICS = ["财政", "教育", "农业", "交通"]


def archive(count: int = 60) -> list[Document]:
    documents = [
        make_document(
            number,
            agency_id=number % 7,
            body="公开指南" if number % 3 else "公开目录",
            topic=TOPICS[number * number % 4],
            year=str(2020 + number % 6),
            place="" if number % 2 else "城关镇",
        )
        for number in range(1, count + 1)
    ]
    search.put_many(documents)
    return documents


def counted(query: Query) -> dict[str, dict[str, int]]:
    return {
        name: {one.value: one.count for one in counts}
        for name, counts in search.find(query).facets.items()
    }


def scanned(documents: list[Document], word: str) -> dict[str, dict[str, int]]:
    holding = [one for one in documents if word in one.body]
    pairs = Counter(
        pair
        for one in holding
        for pair in [*one.facets.items(), ("agency", str(one.agency_id))]
        if pair[1]
    )
    found: dict[str, dict[str, int]] = {}
    for (name, value), count in pairs.items():
        found.setdefault(name, {})[value] = count
    return found


@pytest.mark.parametrize("window", [500, 5])
@pytest.mark.parametrize("word", ["公开", "指南", "目录", "没有"])
def test_counts_are_those_of_a_scan(
    word: str, window: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "WINDOW", window)
    documents = archive()
    assert counted(Query(word)) == scanned(documents, word)


@pytest.mark.parametrize("counted_up_to", [6, 20])
@pytest.mark.parametrize("word", ["公开", "指南", "目录"])
def test_of_very_many_each_value_is_offered_and_none_counted_too_high(
    word: str, counted_up_to: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "COUNTED", counted_up_to)
    documents = archive()
    truth = scanned(documents, word)
    facets = search.find(Query(word)).facets
    for name, counts in facets.items():
        assert {one.value for one in counts} == set(truth[name])
        for one in counts:
            is_right = one.count == truth[name][one.value]
            assert is_right or (one.is_capped and one.count < truth[name][one.value])


def test_counts_are_among_what_the_filters_leave() -> None:
    documents = [one for one in archive() if one.facets["topic"] == "财政"]
    query = Query("指南", filters={"topic": "财政"})
    assert counted(query) == scanned(documents, "指南")


def test_most_frequent_values_come_first() -> None:
    archive()
    for counts in search.find(Query("公开")).facets.values():
        assert counts == sorted(counts, key=lambda one: (-one.count, one.value))


def test_a_facet_of_many_values_says_that_it_counted_the_newest_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding, "WINDOW", 5)
    monkeypatch.setattr(finding, "COUNTED", 20)
    monkeypatch.setattr(finding, "COUNTED_VALUES", 5)
    archive()
    results = search.find(Query("公开"))
    assert results.facets_capped
    assert all(one.is_capped for one in results.facets["agency"])
    assert sum(one.count for one in results.facets["agency"]) == 20
    assert sum(one.count for one in results.facets["topic"]) >= 20


def test_a_count_at_the_cap_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "WINDOW", 5)
    monkeypatch.setattr(finding, "COUNTED", 20)
    monkeypatch.setattr(finding, "FACET_CAP", 10)
    documents = archive()
    truth = scanned(documents, "公开")["topic"]
    for one in search.find(Query("公开")).facets["topic"]:
        assert one.count == truth[one.value] or (one.is_capped and one.count == 10)


def test_a_value_that_nothing_has_any_more_is_not_offered() -> None:
    search.put(make_document(1, topic="财政"))
    search.put(make_document(1, topic="教育"))
    assert counted(Query("春耕"))["topic"] == {"教育": 1}
