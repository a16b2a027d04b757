from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of
from gongkai.agencies.tests.factories import make_agency
from gongkai.catalogue.models import Column

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return make_agency()


@pytest.fixture
def ogi(agency: Agency) -> Client:
    return client_of(agency, Role.OGI_OFFICE)


def plans(agency: Agency) -> Column:
    return Column.objects.get(agency=agency, slug="plans")


def at(name: str, column: Column) -> str:
    return reverse(f"catalogue:column-{name}", args=[column.pk])


def page(agency: Agency) -> str:
    return reverse("catalogue:columns", args=[agency.pk])


def form_of(answer: Any) -> Any:
    assert answer.status_code == 200, answer.headers.get("Location")
    return answer.context["form"]


def add(client: Client, parent: Column, **more: object) -> Any:
    return client.post(at("add", parent), {"name": "五年规划", **more})


def test_an_agency_begins_with_the_columns_of_the_rules(agency: Agency) -> None:
    top = Column.objects.filter(agency=agency, parent=None)
    assert [column.name for column in top] == [
        "政府信息公开指南",
        "政府信息公开制度",
        "法定主动公开内容",
        "政府信息公开年报",
        "依申请公开",
    ]
    below = Column.objects.filter(agency=agency, parent__slug="statutory")
    assert [column.statutory_no for column in below] == [*range(1, 16)]


def test_a_column_is_added_below_another_with_an_address_of_its_own(
    agency: Agency, ogi: Client, client: Client
) -> None:
    assert add(ogi, plans(agency)).headers["Location"] == page(agency)
    made = Column.objects.get(name="五年规划")
    assert (made.slug, made.parent) == ("wu-nian-gui-hua", plans(agency))
    assert (made.kind, made.statutory_no) == ("statutory", 3)
    assert client.get(f"/a/{agency.slug}/c/{made.slug}/").status_code == 200


def test_a_form_sent_twice_adds_one_column(agency: Agency, ogi: Client) -> None:
    once = ogi.get(at("add", plans(agency))).context["once"]
    for _each in range(2):
        assert add(ogi, plans(agency), once=once).status_code == 302
    assert Column.objects.filter(name="五年规划").count() == 1


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("slug", "Five Years"), ("slug", "plans"), ("name", " "), ("name", "长" * 81)],
)
def test_a_wrong_value_is_told_at_its_field_and_kept(
    agency: Agency, ogi: Client, field: str, wrong: str
) -> None:
    before = Column.objects.count()
    form = form_of(add(ogi, plans(agency), **{field: wrong}))
    assert form.errors
    assert form[field].value() == wrong
    assert Column.objects.count() == before


def test_a_column_is_renamed_and_its_address_stays(
    agency: Agency, ogi: Client, client: Client
) -> None:
    column = plans(agency)
    assert ogi.post(at("change", column), {"name": "规划与政策"}).status_code == 302
    column.refresh_from_db()
    assert (column.name, column.slug) == ("规划与政策", "plans")
    public = client.get(f"/a/{agency.slug}/c/plans/").content.decode()
    assert "规划与政策" in public
    assert form_of(ogi.post(at("change", column), {"name": ""})).errors["name"]


def test_a_column_moves_among_its_siblings(agency: Agency, ogi: Client) -> None:
    def order() -> list[str]:
        below = Column.objects.filter(agency=agency, parent__slug="statutory")
        return [column.slug for column in below[:3]]

    assert order() == ["normative", "duties", "plans"]
    ogi.post(at("move", plans(agency)), {"to": "up"})
    assert order() == ["normative", "plans", "duties"]
    ogi.post(at("move", plans(agency)), {"to": "down"})
    assert order() == ["normative", "duties", "plans"]
    first = Column.objects.get(agency=agency, slug="normative")
    ogi.post(at("move", first), {"to": "up"})
    assert order() == ["normative", "duties", "plans"]
    assert ogi.get(at("move", first)).status_code == 405


def test_an_own_column_is_retired_after_asking(agency: Agency, ogi: Client) -> None:
    add(ogi, plans(agency))
    made = Column.objects.get(name="五年规划")
    assert ogi.get(at("retire", made)).status_code == 200
    made.refresh_from_db()
    assert made.retired_on is None
    ogi.post(at("retire", made))
    made.refresh_from_db()
    assert made.retired_on == timezone.localdate()
    assert made in ogi.get(page(agency)).context["retired"]
    assert form_of(add(ogi, plans(agency), slug=made.slug)).errors


def test_a_column_of_the_rules_cannot_be_retired(agency: Agency, ogi: Client) -> None:
    assert ogi.post(at("retire", plans(agency))).status_code == 403
    assert plans(agency).retired_on is None


@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER, Role.INSPECTOR])
def test_others_read_the_columns_and_change_nothing(agency: Agency, role: Role) -> None:
    client = client_of(agency, role)
    assert client.get(page(agency)).context["may_edit"] is False
    for name in ("add", "change", "move", "retire"):
        answer = client.post(at(name, plans(agency)), {"name": "偷改"})
        assert answer.status_code == 403
    assert not Column.objects.filter(name="偷改").exists()


def test_another_agencys_columns_are_not_found(agency: Agency) -> None:
    outsider = client_of(make_agency(), *Role)
    assert outsider.get(page(agency)).status_code == 404
    for name in ("add", "change", "move", "retire"):
        answer = outsider.post(at(name, plans(agency)), {"name": "偷改"})
        assert answer.status_code == 404


def test_the_ogi_office_above_reads_and_does_not_change(agency: Agency) -> None:
    below = make_agency(parent=agency)
    ogi = client_of(agency, Role.OGI_OFFICE)
    assert ogi.get(page(below)).status_code == 200
    assert add(ogi, plans(below)).status_code == 403


def test_the_shortcut_leads_to_the_agency_one_acts_for(
    agency: Agency, ogi: Client
) -> None:
    assert ogi.get(reverse("catalogue:choose")).headers["Location"] == page(agency)


def test_many_columns_cost_no_more_queries(
    agency: Agency, ogi: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        add(ogi, plans(agency), name=f"第{number}栏", slug=f"n{number}")
    with django_assert_max_num_queries(13):
        assert len(ogi.get(page(agency)).context["branches"]) == 40
