"""What must not grow with the desk: no question about one applicant walks all cases."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.applications.repeats import likely_repeats
from gongkai.applications.tests.desks import FIND, LIST, clerk_of
from gongkai.applications.tests.factories import Desk

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="keeps statistics and plans by them"
    ),
]


def plans_of(act: Callable[[], object]) -> list[str]:
    """How each question about an applicant is answered, one text for each."""
    with CaptureQueriesContext(connection) as asked:
        act()
    told = [one["sql"] for one in asked if "_index" in one["sql"].partition("WHERE")[2]]
    plans = []
    for sql in told:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plans.append(" / ".join(row[-1] for row in cursor.fetchall()))
    return plans


def test_registering_looks_up_the_applicant_alone() -> None:
    desk = Desk()
    plans = plans_of(lambda: desk.case(received_on=date(2025, 3, 3)))
    assert plans
    assert all("USING INDEX case_of_" in plan for plan in plans), plans


def test_a_likely_repeat_is_looked_for_among_the_applicant_s_own() -> None:
    desk = Desk()
    (plan,) = plans_of(lambda: likely_repeats(desk.agency, "35012", ["补助明细"]))
    assert "USING INDEX case_of_identity" in plan
    assert "TEMP B-TREE" not in plan


def test_finding_by_applicant_reads_the_applicant_s_cases_alone() -> None:
    desk = Desk()
    desk.case(received_on=date(2025, 3, 3))
    clerk = clerk_of(desk)
    address = clerk.post(FIND, {"applicant": "柳青河"}).headers["Location"]
    plans = plans_of(lambda: clerk.get(address))
    assert len(plans) == 2
    for plan in plans:
        for index in ("case_of_name", "case_of_identity", "case_of_contact"):
            assert index in plan, plan
    assert clerk.get(LIST).status_code == 200
