import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.models import Agency
from gongkai.agencies.tests.factories import make_agency
from gongkai.items.choices import Kind
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


def test_many_items_and_bodies_cost_no_more_queries(
    office: Office,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        office.published(title=f"第{number}号通知", kind=Kind.NORMATIVE)
        make_agency(parent=office.agency)
    with django_assert_max_num_queries(12):
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
