import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of, signed_in
from gongkai.agencies.tests.factories import make_agency, make_user
from gongkai.items.choices import Outcome
from gongkai.items.models import Version
from gongkai.items.services import reviewing
from gongkai.items.tests.desks import Desks

pytestmark = pytest.mark.django_db

HOME = reverse("console:home")
NAV_LINK = re.compile(r'href="(/console/[^"]*)"')


@pytest.fixture
def desks(db: None) -> Desks:
    return Desks()


def waits(client: Client, name: str = "mine") -> list[str]:
    return [row.todo.title for row in client.get(HOME).context[name]]


def returned(desks: Desks, version: Version) -> None:
    reviewing.decide(
        by=desks.head,
        step=version.steps.get(is_current=True),
        outcome=Outcome.RETURNED,
        content_hash=version.content_hash,
        opinion="请改",
    )


def test_a_step_waits_for_its_post_and_the_author_waits_too(desks: Desks) -> None:
    version = desks.submit(desks.draft(title="在审"))
    assert waits(desks.heads) == ["在审"]
    assert waits(desks.secrecys) == []
    assert waits(desks.clerks) == []
    assert waits(desks.clerks, "others") == ["在审"]
    desks.approve(version, desks.head)
    assert waits(desks.heads) == []
    assert waits(desks.secrecys) == ["在审"]


def test_what_came_back_and_what_may_go_out_waits_for_an_editor(desks: Desks) -> None:
    returned(desks, desks.submit(desks.draft(title="退回的")))
    desks.approved(title="可公开的")
    desks.published(title="已公开的")
    assert set(waits(desks.clerks)) == {"退回的", "可公开的"}


def test_ones_own_draft_waits_for_somebody_else(desks: Desks) -> None:
    both = Desks(desks.agency)
    both.clerk = both.head
    both.submit(both.draft(title="科长自己起草的"))
    assert waits(signed_in(both.head)) == []
    assert waits(desks.heads) == ["科长自己起草的"]


def test_the_longest_waiting_comes_first_with_its_days(desks: Desks) -> None:
    now = timezone.now()
    for days in (1, 9, 4):
        desks.submit(desks.draft(title=f"{days}天"), now - timedelta(days=days))
    rows = desks.heads.get(HOME).context["mine"]
    assert [row.todo.title for row in rows] == ["9天", "4天", "1天"]
    assert [row.days for row in rows] == [9, 4, 1]


def test_every_line_leads_to_where_the_work_is_done(desks: Desks) -> None:
    desks.submit(desks.draft(title="在审"))
    returned(desks, desks.submit(desks.draft(title="退回的")))
    for client in (desks.heads, desks.clerks):
        context = client.get(HOME).context
        for row in [*context["mine"], *context["others"]]:
            assert client.get(row.todo.url).status_code == 200


def test_an_empty_desk_and_somebody_without_a_post_have_a_page(desks: Desks) -> None:
    assert waits(desks.clerks) == []
    without = signed_in(make_user())
    assert without.get(HOME).status_code == 200
    assert without.get(HOME).context["can_start"] is False


def test_a_stranger_signs_in_first(client: Client) -> None:
    answer = client.get(HOME)
    assert answer.headers["Location"].startswith(reverse("accounts:sign-in"))


def test_nobody_sees_what_waits_elsewhere(desks: Desks) -> None:
    desks.submit(desks.draft(title="本局的事"))
    assert "本局的事" not in desks.outsiders.get(HOME).content.decode()
    assert "本局的事" not in desks.administrators.get(HOME).content.decode()


def test_many_lines_cost_no_more_queries(
    desks: Desks, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        desks.submit(desks.draft(title=f"第{number}号"))
    client = desks.heads
    client.get(HOME)  # the first page after signing in stamps the session
    with django_assert_max_num_queries(23):
        assert len(waits(client)) == 30


def test_the_navigation_offers_only_what_one_may_open(desks: Desks) -> None:
    for role in Role:
        client = client_of(desks.agency, role)
        links = set(NAV_LINK.findall(client.get(HOME).content.decode()))
        assert links
        for link in links:
            assert client.get(link, follow=True).status_code == 200, (role, link)


def test_somebody_with_two_agencies_chooses_for_which_they_act(desks: Desks) -> None:
    second = make_agency("第二局")
    user = make_user(desks.agency, Role.CLERK)
    user.person.posts.create(agency=second, role=Role.CLERK)
    client, switch = signed_in(user), reverse("agencies:act-for")
    back = reverse("items-console:list")
    answer = client.post(switch, {"agency": second.pk, "next": back})
    assert answer.headers["Location"] == back
    assert client.get(back).context["filters"].chosen == second
    for wrong in (desks.other.pk, "", "x", "9" * 30):
        assert client.post(switch, {"agency": wrong}).status_code == 404
    assert client.get(back).context["filters"].chosen == second
