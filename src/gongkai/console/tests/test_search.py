"""The box in the top bar finds in every ledger that its user reads, and in no other."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of, signed_in
from gongkai.agencies.tests.factories import make_agency, make_user
from gongkai.applications.tests.factories import Desk
from gongkai.console.searching import SHOWN
from gongkai.items.tests.factories import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office(make_agency("青山县水务局"))


def found(client: Client, words: str) -> dict[str, list[str]]:
    answer = client.get(reverse("console:search"), {"q": words})
    assert answer.status_code == 200
    return {
        group.title: [row.title for row in group.rows]
        for group in answer.context["groups"]
    }


def test_items_cases_and_bodies_are_found_by_one_word(office: Office) -> None:
    office.draft(title="水务局防汛预案")
    case = Desk(office.agency).case()
    clerk = signed_in(office.clerk)
    assert found(clerk, "水务") == {
        "信息": ["水务局防汛预案"],
        "机构": ["青山县水务局"],
    }
    assert found(clerk, case.number) == {
        "依申请公开": [f"{case.number} {case.subject}"]
    }
    assert found(clerk, "无此词") == {}
    assert found(clerk, "  ") == {}


def test_nothing_of_another_body_is_found(office: Office) -> None:
    office.draft(title="水务局防汛预案")
    Desk(office.agency).case()
    stranger = client_of(make_agency("青山县林业局"), Role.CLERK)
    assert found(stranger, "水务") == {}
    assert found(stranger, "2") == {}


def test_an_administrator_finds_people_and_no_items(office: Office) -> None:
    office.draft(title="张的任免通知")
    person = make_user(office.agency, Role.LEADER).person
    admin = client_of(office.agency, Role.ADMINISTRATOR)
    assert found(admin, person.staff_no) == {"人员": [person.name]}
    assert found(admin, "任免") == {}
    assert found(signed_in(office.clerk), person.staff_no) == {}


def test_many_finds_cost_no_more_queries_and_lead_to_the_ledger(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(SHOWN + 3):
        office.draft(title=f"春灌通知{number}")
    clerk = signed_in(office.clerk)
    clerk.get(reverse("console:home"))
    with django_assert_max_num_queries(12):
        answer = clerk.get(reverse("console:search"), {"q": "春灌"})
    group = answer.context["groups"][0]
    assert len(group.rows) == SHOWN
    assert len(clerk.get(group.more_url).context["rows"]) == SHOWN + 3
