import re

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gongkai.items.tests.factories import Office
from gongkai.portal.views import sitemaps

pytestmark = pytest.mark.django_db

INDEX = reverse("portal:sitemap")


def addresses(client: Client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.headers["Content-Type"].startswith("application/xml")
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    return [str(one.text) for one in fromstring(answer.content).iter(space)]


def test_the_index_names_the_pages_and_the_pages_every_item(
    office: Office, client: Client
) -> None:
    items = [office.published(), office.published()]
    pages = addresses(client, INDEX)
    found = [one for page in pages for one in addresses(client, page)]
    for item in items:
        assert f"http://testserver{item.get_absolute_url()}" in found
    for name in ("home", "agencies"):
        assert f"http://testserver{reverse(f'portal:{name}')}" in found
    assert f"http://testserver/a/{office.agency.slug}/c/guide/" in found


def test_an_item_stays_on_its_page_and_pages_are_bounded(
    office: Office, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "A_PAGE", 2)
    items = [office.published() for _each in range(5)]
    pages = [one for one in addresses(client, INDEX) if re.search(r"-\d+\.xml", one)]
    listed = [addresses(client, page) for page in pages]
    assert max(map(len, listed)) <= 2
    assert sum(listed, []) == [
        f"http://testserver{item.get_absolute_url()}" for item in items
    ]


@pytest.mark.engines
@pytest.mark.parametrize("number", ["7", "99999999", "9" * 30])
def test_a_page_that_does_not_exist_is_not_found(
    office: Office, client: Client, number: str
) -> None:
    assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_a_page_of_the_sitemap_costs_the_same_for_many_items(
    office: Office,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _each in range(12):
        office.published()
    with django_assert_max_num_queries(2):
        assert len(addresses(client, "/sitemap-0.xml")) == 12


def test_robots_may_read_what_is_public_and_nothing_else(client: Client) -> None:
    answer = client.get(reverse("portal:robots"))
    lines = answer.content.decode().splitlines()
    assert answer.headers["Content-Type"] == "text/plain"
    assert f"Sitemap: http://testserver{INDEX}" in lines
    for closed in ("/console/", "/account/", "/search/"):
        assert f"Disallow: {closed}" in lines


def test_the_site_map_for_people_names_the_columns(
    office: Office, client: Client
) -> None:
    text = client.get(reverse("portal:site-map")).content.decode()
    assert "/a/qingshan/c/statutory/" in text
    assert f"/a/{office.agency.slug}/" in text
