import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.models import Agency
from gongkai.agencies.tests.factories import make_agency
from gongkai.items.choices import Kind
from gongkai.items.services import publishing
from gongkai.items.tests.factories import Office
from gongkai.portal.tests.walking import walk

pytestmark = pytest.mark.django_db

HOME = reverse("portal:home")


def test_the_platform_shows_what_every_body_published(
    office: Office, client: Client
) -> None:
    office.published(title="关于春灌的通知", doc_no="青农发〔2026〕3号")
    text = client.get(HOME).content.decode()
    for told in ("关于春灌的通知", "青农发〔2026〕3号", "青山县农业农村局"):
        assert told in text


def test_a_platform_without_a_single_agency_has_a_home(client: Client) -> None:
    for name in ("home", "search", "agencies", "site-map", "feed", "sitemap"):
        assert client.get(reverse(f"portal:{name}")).status_code == 200


def test_every_link_of_the_public_site_leads_somewhere(
    office: Office, client: Client
) -> None:
    office.published(kind=Kind.NORMATIVE, topic="农业、林业、水利")
    seen = walk(client)
    assert len(seen) > 40
    dead = [(one.address, one.found_on) for one in seen if one.status >= 400]
    assert dead == []


def test_the_doors_lead_to_the_hosts_columns(county: Agency, client: Client) -> None:
    answer = client.get(HOME)
    text = answer.content.decode()
    for slug in ("guide", "apply", "annual-reports"):
        assert reverse("portal:column", args=[county.slug, slug]) in text


def test_a_figure_counts_what_its_link_lists(office: Office, client: Client) -> None:
    for kind in (Kind.NOTICE, Kind.NORMATIVE, Kind.NORMATIVE):
        office.published(kind=kind)
    figures = client.get(HOME).context["figures"]
    assert [figure.value for figure in figures] == [3, 2]
    for figure in figures:
        listed = client.get(figure.url).context["found"]
        assert listed.total == figure.value
        assert str(timezone.localdate().year) in figure.url


def test_the_months_stand_as_a_picture_and_as_a_table(
    office: Office, client: Client
) -> None:
    for day in ("2026-09-03", "2026-11-02", "2026-11-24"):
        with time_machine.travel(f"{day}T10:00:00+08:00"):
            office.published()
    with time_machine.travel("2026-11-25T10:00:00+08:00"):
        page = client.get(HOME)
        rows = page.context["monthly"].rows
        assert len(rows) == 12
        assert rows[:3] == [("2026-11", 2), ("2026-10", 0), ("2026-09", 1)]
        assert rows[-1][0] == "2025-12"
        assert "2026-09 1" in page.content.decode()
        picture = client.get("/months.svg")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert 'src="/months.svg"' in page.content.decode()


def test_a_withdrawal_changes_the_months_at_once(
    office: Office, client: Client
) -> None:
    item = office.published()
    before = client.get("/months.svg")
    publishing.withdraw(by=office.head, item=item, note="重复发布")
    after = client.get("/months.svg")
    assert after.headers["ETag"] != before.headers["ETag"]


def test_many_items_and_bodies_cost_no_more_queries(
    office: Office,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        office.published(title=f"第{number}号通知", kind=Kind.NORMATIVE)
        make_agency(parent=office.agency)
    with django_assert_max_num_queries(13):
        client.get(HOME)
    with django_assert_max_num_queries(1):
        client.get(HOME)


def test_all_bodies_stand_in_the_order_of_the_tree(
    office: Office, county: Agency, client: Client
) -> None:
    below = make_agency("青山县种子站", office.agency)
    gone = make_agency("撤销的局", county, dissolved_on=timezone.localdate())
    text = client.get(reverse("portal:agencies")).content.decode()
    places = [text.index(f"/a/{one.slug}/") for one in (county, office.agency, below)]
    assert places == sorted(places)
    assert gone.name not in text
    assert client.get(reverse("portal:agency", args=[gone.slug])).status_code == 200
