from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import make_scope
from gongkai.catalogue import services as catalogue
from gongkai.items.choices import Kind
from gongkai.items.services import publishing
from gongkai.items.tests.factories import Office

pytestmark = pytest.mark.django_db


def column(agency: Agency, slug: str = "plans") -> str:
    return reverse("portal:column", args=[agency.slug, slug])


def titles(client: Client, address: str, **query: str) -> list[str]:
    return [row.title for row in client.get(address, query).context["rows"]]


@pytest.fixture
def plans(office: Office) -> str:
    """Three items, the last of them the newest."""
    tz = timezone.get_default_timezone()
    for year, title, told in (
        (2024, "旧规划", {"topic": "财政、金融、审计"}),
        (2025, "节水办法", {"kind": Kind.NORMATIVE, "topic": "农业、林业、水利"}),
        (2026, "春灌通知", {"expires_on": date(2026, 2, 1)}),
    ):
        now = datetime(year, 1, 9, 12, tzinfo=tz)
        office.published(now=now, title=title, **told)
    return column(office.agency)


def test_a_column_lists_its_items_newest_first(plans: str, client: Client) -> None:
    assert titles(client, plans) == ["春灌通知", "节水办法", "旧规划"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"year": "2025"}, ["节水办法"]),
        ({"topic": "农业、林业、水利"}, ["节水办法"]),
        ({"validity": "lapsed"}, ["春灌通知"]),
        ({"validity": "in_force"}, ["节水办法", "旧规划"]),
        ({"year": "2025", "validity": "lapsed"}, []),
    ],
)
def test_a_filter_narrows_the_list(
    plans: str, client: Client, query: dict[str, str], found: list[str]
) -> None:
    assert titles(client, plans, **query) == found


def test_a_filter_that_means_nothing_is_dropped(plans: str, client: Client) -> None:
    for name in ("year", "topic", "validity", "body", "page"):
        for value in ("0000", "99999", "-1", "x", "' OR 1=1 --", "²"):
            assert len(titles(client, plans, **{name: value})) == 3, (name, value)


def test_a_filter_can_be_taken_away_again(plans: str, client: Client) -> None:
    query = {"year": "2025", "validity": "lapsed"}
    answer = client.get(plans, query)
    chips = {value: url for _label, value, url in answer.context["filters"].chips}
    assert titles(client, plans + chips["2025"]) == ["春灌通知"]


def test_a_repealed_document_is_marked_in_the_list(
    office: Office, client: Client
) -> None:
    item = office.published(kind=Kind.NORMATIVE)
    publishing.repeal(by=office.clerk, item=item, note="清理", on=date(2026, 6, 1))
    answer = client.get(column(office.agency))
    assert "已废止" in answer.content.decode()
    assert titles(client, column(office.agency), validity="repealed")


def test_the_bodies_below_can_be_looked_at_together(
    county: Agency, office: Office, client: Client
) -> None:
    office.published(title="下级的通知")
    assert titles(client, column(county)) == []
    assert titles(client, column(county), body="all") == ["下级的通知"]
    assert titles(client, column(county), body=office.agency.slug) == ["下级的通知"]
    assert titles(client, column(county), body="agency-of-another") == []


def test_a_column_holds_what_lies_in_the_columns_below_it(
    office: Office, client: Client
) -> None:
    catalogue.add_column(
        by=make_scope(office.agency, Role.OGI_OFFICE),
        parent=office.column(),
        name="五年规划",
        slug="five-years",
    )
    office.published(title="十五五规划", column=office.column("five-years"))
    for slug in ("statutory", "plans", "five-years"):
        assert titles(client, column(office.agency, slug)) == ["十五五规划"]


def test_a_retired_column_keeps_its_address(office: Office, client: Client) -> None:
    ogi = make_scope(office.agency, Role.OGI_OFFICE)
    made = catalogue.add_column(
        by=ogi, parent=office.column(), name="旧栏目", slug="old"
    )
    office.published(title="旧闻", column=made)
    catalogue.retire_column(by=ogi, column=made, on=timezone.localdate())
    assert titles(client, column(office.agency, "old")) == ["旧闻"]
    home = client.get(reverse("portal:agency", args=[office.agency.slug]))
    assert "旧栏目" not in home.content.decode()


def test_an_empty_column_offers_ways_on(office: Office, client: Client) -> None:
    text = client.get(column(office.agency, "fees")).content.decode()
    assert column(office.agency, "apply") in text
    assert f"{reverse('portal:search')}?agency={office.agency.slug}" in text


def test_filters_that_leave_nothing_offer_the_whole_column(
    plans: str, client: Client
) -> None:
    answer = client.get(plans, {"year": "2025", "validity": "repealed"})
    assert 'href="?"' in answer.content.decode()


def test_an_unknown_column_is_not_found(office: Office, client: Client) -> None:
    assert client.get(column(office.agency, "nothing")).status_code == 404


def test_many_rows_stand_on_pages_at_a_constant_cost(
    office: Office,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(25):
        office.published(title=f"第{number}号", doc_no=f"青农发〔2026〕{number}号")
    address = column(office.agency)
    with django_assert_max_num_queries(9):
        first = titles(client, address)
    second = titles(client, address, page="2")
    assert (len(first), len(second)) == (20, 5)
    assert not set(first) & set(second)
    links = client.get(address, {"year": str(timezone.localdate().year)})
    assert "page=2" in links.content.decode()
    assert "year=" in links.content.decode().split("page=2")[0].rsplit('"', 1)[1]
