from datetime import UTC, date, datetime
from typing import Any

import pytest

from gongkai import search
from gongkai.search import Query
from gongkai.search.tests.factories import (
    COUNTY,
    FINANCE,
    TOWNSHIP,
    ids,
    make_document,
)

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture(autouse=True)
def _archive() -> None:
    search.put_many(
        [
            make_document(1, agency_id=1, agency_path=COUNTY, topic="财政"),
            make_document(2, agency_id=2, agency_path=FINANCE, topic="财政"),
            make_document(3, agency_id=3, agency_path=TOWNSHIP, topic="教育"),
            make_document(4, agency_id=4, agency_path=f"{FINANCE}0001", topic="审计"),
            make_document(5, agency_id=5, agency_path="0002", topic="财政", year="5"),
            make_document(6, kind="report", agency_id=2, agency_path=FINANCE),
        ]
    )


CASES: list[tuple[dict[str, Any], set[int]]] = [
    ({}, {1, 2, 3, 4, 5, 6}),
    ({"kind": "report"}, {6}),
    ({"kind": "none"}, set()),
    ({"agency_id": 2}, {2, 6}),
    ({"subtree_of": COUNTY}, {1, 2, 3, 4, 6}),
    ({"subtree_of": FINANCE}, {2, 4, 6}),
    ({"subtree_of": "0003"}, set()),
    ({"subtree_of": "000"}, set()),
    ({"filters": {"topic": "财政"}}, {1, 2, 5}),
    ({"filters": {"topic": "财"}}, set()),
    ({"filters": {"topic": "财政", "year": "5"}}, {5}),
    ({"filters": {"agency": "4"}}, {4}),
    ({"filters": {"no such": "财政"}}, set()),
    ({"subtree_of": COUNTY, "filters": {"topic": "财政"}}, {1, 2}),
    ({"kind": "item", "agency_id": 2}, {2}),
    ({"date_from": date(2026, 1, 8)}, {3, 4, 5, 6}),
    ({"date_to": date(2026, 1, 8)}, {1, 2, 3}),
    ({"date_from": date(2026, 1, 7), "date_to": date(2026, 1, 8)}, {2, 3}),
    ({"date_from": date(2026, 1, 8), "date_to": date(2026, 1, 7)}, set()),
    ({"date_from": date(2027, 1, 1)}, set()),
    ({"date_to": date(2025, 12, 31)}, set()),
    ({"date_from": date.min, "date_to": date.max}, {1, 2, 3, 4, 5, 6}),
    ({"date_from": date(2026, 1, 8), "filters": {"topic": "财政"}}, {5}),
]


@pytest.mark.parametrize(("asked", "expected"), CASES)
def test_filters_narrow_to_exactly_what_they_name(
    asked: dict[str, Any], expected: set[int]
) -> None:
    browsed = search.browse(Query(**asked))
    searched = search.find(Query("春耕", **asked))
    assert set(ids(browsed.hits)) == set(ids(searched.hits)) == expected
    assert browsed.total == searched.total == len(expected)


def test_a_day_is_one_of_the_sites_time_zone() -> None:
    search.clear("item")
    late = datetime(2026, 5, 31, 15, 59, 59, tzinfo=UTC)  # 23:59:59 in Shanghai
    early = datetime(2026, 5, 31, 16, tzinfo=UTC)
    search.put(make_document(1, published_at=late))
    search.put(make_document(2, published_at=early))
    june = Query(kind="item", date_from=date(2026, 6, 1))
    may = Query(kind="item", date_to=date(2026, 5, 31))
    assert ids(search.browse(june).hits) == [2]
    assert ids(search.browse(may).hits) == [1]


def test_an_agency_that_moved_is_found_where_it_is_now() -> None:
    search.put(make_document(4, agency_id=4, agency_path=f"{TOWNSHIP}0001"))
    assert 4 not in ids(search.browse(Query(subtree_of=FINANCE)).hits)
    assert 4 in ids(search.browse(Query(subtree_of=TOWNSHIP)).hits)


def test_any_value_of_a_facet_can_be_filtered_by() -> None:
    values = ["'\"|&!()", "a b", "", "\0x", "长" * 1000, "=all", "%s"]
    for number, value in enumerate(values, 101):
        search.put(make_document(number, topic=value))
    for number, value in enumerate(values, 101):
        hits = ids(search.browse(Query(filters={"topic": value})).hits)
        assert hits == ([number] if value else [])
