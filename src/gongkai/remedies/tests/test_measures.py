"""Every figure of remedies against plain SQL, over histories of chance.

The SQL is written apart from the measures: nothing of theirs is used here.
"""

import random
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.agencies.tests.factories import make_agency
from gongkai.applications.tests.factories import Desk, noon
from gongkai.registry.measures import Asked, Period, families, measure_for, values_of
from gongkai.remedies.choices import Kind
from gongkai.remedies.models import Remedy
from gongkai.remedies.services import handling
from gongkai.remedies.tests.factories import end, head, make_remedy
from gongkai.remedies.tests.ledgers import fill

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
BLOCKS = ("reconsideration", "direct_suit", "suit_after_reconsideration")
RESULTS = ("upheld", "corrected", "other")
KEYS = [
    *(
        f"remedies.{block}.{cell}"
        for block in BLOCKS
        for cell in (*RESULTS, "pending", "total")
    ),
    *("reviews", *(f"reviews_{result}" for result in RESULTS)),
    *("litigations", *(f"litigations_{result}" for result in RESULTS)),
    "complaints",
]
RECOUNT = """
WITH known AS (
  SELECT r.id, r.kind, r.follows_id,
    (SELECT s."on" FROM remedies_step s WHERE s.remedy_id = r.id
       AND s.name IN ('decide', 'correct_decision') AND s.at <= %(as_of)s
     ORDER BY s.id DESC LIMIT 1) AS end_on,
    (SELECT s.outcome FROM remedies_step s WHERE s.remedy_id = r.id
       AND s.name IN ('decide', 'correct_decision') AND s.at <= %(as_of)s
     ORDER BY s.id DESC LIMIT 1) AS outcome
  FROM remedies_remedy r
  WHERE r.agency_id = %(agency)s AND r.registered_at <= %(as_of)s
    AND r.copy_received_on <= %(last)s
    AND NOT EXISTS (SELECT 1 FROM remedies_step s WHERE s.remedy_id = r.id
                    AND s.name = 'strike_out' AND s.at <= %(as_of)s)
)
SELECT kind,
  CASE WHEN end_on IS NULL OR end_on > %(last)s THEN 'pending'
       WHEN end_on < %(first)s THEN 'before'
       WHEN outcome IN ('upheld', 'dismissed') THEN 'upheld'
       WHEN outcome IN ('changed', 'revoked', 'unlawful', 'void', 'ordered')
         THEN 'corrected'
       ELSE 'other' END AS cell,
  COUNT(*)
FROM known k
WHERE kind <> 'complaint'
  AND NOT EXISTS (SELECT 1 FROM known a WHERE a.follows_id = k.id AND a.kind = k.kind)
GROUP BY 1, 2
"""
COMPLAINTS = """
SELECT COUNT(*) FROM remedies_remedy r
WHERE r.agency_id = %(agency)s AND r.kind = 'complaint'
  AND r.registered_at <= %(as_of)s
  AND r.copy_received_on BETWEEN %(first)s AND %(last)s
  AND NOT EXISTS (SELECT 1 FROM remedies_step s WHERE s.remedy_id = r.id
                  AND s.name = 'strike_out' AND s.at <= %(as_of)s)
"""


def rows(sql: str, told: Mapping[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, told)
        return cursor.fetchall()


def recount(agency_id: int, year: int, as_of: datetime) -> dict[str, int]:
    told = {
        "agency": agency_id,
        "first": date(year, 1, 1),
        "last": date(year, 12, 31),
        "as_of": as_of,
    }
    found: defaultdict[str, int] = defaultdict(int)
    for kind, cell, count in rows(RECOUNT, told):
        if cell == "before":
            continue
        found[f"remedies.{kind}.{cell}"] += count
        found[f"remedies.{kind}.total"] += count
        if cell != "pending":
            name = "reviews" if kind == "reconsideration" else "litigations"
            found[name] += count
            found[f"{name}_{cell}"] += count
    found["complaints"] = rows(COMPLAINTS, told)[0][0]
    return {key: found[key] for key in KEYS}


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.deep) for seed in range(1, 6))]
)
def test_every_figure_equals_a_recount_and_lists_its_records(seed: int) -> None:
    chance = random.Random(seed)
    agencies = [make_agency(), make_agency()]
    for agency in agencies:
        fill(agency, 60, chance)
    counted = set()
    for agency in agencies:
        for year in (2023, 2024, 2025):
            for as_of in (noon(date(2025, 3, 1)), noon(date(2027, 6, 1))):
                asked = Asked((agency.pk,), Period.year(year), as_of)
                expected = recount(agency.pk, year, as_of)
                assert values_of(KEYS, asked) == expected
                for key, count in expected.items():
                    measure = measure_for(key)
                    assert measure is not None
                    assert measure.records(asked).count() == count, key
                counted |= {key for key, count in expected.items() if count}
    assert counted == set(KEYS)


def figures_of(desk: Desk, year: int, as_of: date = date(2026, 6, 1)) -> dict[str, Any]:
    asked = Asked((desk.agency.pk,), Period.year(year), noon(as_of))
    return {key: value for key, value in values_of(KEYS, asked).items() if value}


def test_it_is_pending_at_a_years_end_and_counts_when_it_is_decided() -> None:
    desk = Desk()
    made = make_remedy(desk, copy_received_on=date(2024, 11, 20))
    end(desk, made, "unlawful", date(2025, 1, 14))
    block = "remedies.reconsideration"
    assert figures_of(desk, 2024) == {f"{block}.pending": 1, f"{block}.total": 1}
    assert figures_of(desk, 2025) == {
        f"{block}.corrected": 1,
        f"{block}.total": 1,
        "reviews": 1,
        "reviews_corrected": 1,
    }
    assert figures_of(desk, 2026) == {}


def test_a_refusal_upheld_and_then_corrected_in_court_stands_in_both_blocks() -> None:
    desk = Desk()
    review = end(desk, make_remedy(desk), "upheld", date(2025, 5, 6))
    suit = make_remedy(
        desk,
        kind=Kind.SUIT_AFTER,
        follows=review,
        copy_received_on=date(2025, 6, 3),
    )
    end(desk, suit, "revoked", date(2025, 9, 1))
    found = figures_of(desk, 2025)
    assert found["remedies.reconsideration.upheld"] == 1
    assert found["remedies.suit_after_reconsideration.corrected"] == 1
    assert found["litigations_corrected"] == 1


def test_an_appeal_takes_the_place_of_its_first_instance() -> None:
    desk = Desk()
    first = make_remedy(desk, kind=Kind.DIRECT_SUIT)
    first = end(desk, first, "revoked", date(2025, 6, 3))
    block = "remedies.direct_suit"
    assert figures_of(desk, 2025)[f"{block}.corrected"] == 1
    make_remedy(
        desk, kind=Kind.DIRECT_SUIT, follows=first, copy_received_on=date(2025, 7, 1)
    )
    assert figures_of(desk, 2025) == {f"{block}.pending": 1, f"{block}.total": 1}


def test_what_was_corrected_later_changes_no_earlier_knowledge() -> None:
    desk = Desk()
    made = end(desk, make_remedy(desk), "upheld", date(2025, 5, 6))
    handling.correct_decision(
        by=head(desk),
        remedy=made,
        on=date(2025, 5, 6),
        outcome="void",
        text="看错",
        now=noon(date(2025, 8, 1)),
    )
    before = figures_of(desk, 2025, as_of=date(2025, 7, 1))
    assert before["remedies.reconsideration.upheld"] == 1
    after = figures_of(desk, 2025, as_of=date(2025, 8, 2))
    assert after["remedies.reconsideration.corrected"] == 1


def test_all_cells_cost_one_query() -> None:
    desk = Desk()
    make_remedy(desk)
    asked = Asked((desk.agency.pk,), Period.year(2025), noon(date(2026, 1, 1)))
    family = next(one for one in families() if "reviews" in one.keys)
    with CaptureQueriesContext(connection) as found:
        family.values(asked)
    assert len(found) == 1


def test_a_record_tells_its_end_as_it_was_known() -> None:
    desk = Desk()
    end(desk, make_remedy(desk), "upheld", date(2025, 5, 6))
    measure = measure_for("remedies.reconsideration.upheld")
    assert measure is not None
    asked = Asked((desk.agency.pk,), Period.year(2025), noon(date(2026, 1, 1)))
    told = measure.describe(measure.records(asked).get())
    assert told.note == "维持 2025-05-06"
    assert Remedy.objects.get().number in told.title
