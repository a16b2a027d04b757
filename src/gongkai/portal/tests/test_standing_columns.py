"""The columns that are more than a list: guide, rules, annual reports, apply."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.models import Agency
from gongkai.agencies.tests.factories import make_agency
from gongkai.items.choices import Kind
from gongkai.items.tests.factories import Office

pytestmark = pytest.mark.django_db


def column(agency: Agency, slug: str) -> str:
    return reverse("portal:column", args=[agency.slug, slug])


def test_the_guide_is_shown_in_full_where_it_is_looked_for(
    office: Office, client: Client
) -> None:
    guide = office.column("guide")
    office.published(title="旧指南", kind=Kind.GUIDE, column=guide)
    newest = office.published(
        title="公开指南", kind=Kind.GUIDE, column=guide, body="<p>受理机构在二楼。</p>"
    )
    text = client.get(column(office.agency, "guide")).content.decode()
    assert "受理机构在二楼" in text
    assert newest.get_absolute_url() in text
    assert "旧指南" in text


def test_a_guide_that_is_not_written_yet_is_an_empty_list(
    office: Office, client: Client
) -> None:
    answer = client.get(column(office.agency, "guide"))
    assert answer.status_code == 200
    assert list(answer.context["rows"]) == []


@pytest.mark.parametrize("slug", ["rules", "annual-reports"])
def test_rules_and_annual_reports_are_lists(
    office: Office, client: Client, slug: str
) -> None:
    office.published(title="某年之文", column=office.column(slug))
    rows = client.get(column(office.agency, slug)).context["rows"]
    assert [row.title for row in rows] == ["某年之文"]


@pytest.fixture
def apply_page(county: Agency) -> str:
    body = make_agency(
        "青山县水务局",
        county,
        office_name="水务局办公室",
        address="青山县人民路9号",
        phone="0999-1234567",
        fax="0999-7654321",
        hours="工作日9:00—17:00",
    )
    return column(body, "apply")


def test_the_apply_page_tells_where_and_how_to_apply(
    apply_page: str, client: Client
) -> None:
    text = client.get(apply_page).content.decode()
    for told in (
        "水务局办公室",
        "青山县人民路9号",
        "0999-1234567",
        "0999-7654321",
        "工作日9:00—17:00",
    ):
        assert told in text


def test_the_apply_page_offers_only_what_exists(
    apply_page: str, client: Client
) -> None:
    text = client.get(apply_page).content.decode()
    main = text[text.index("<main") : text.index("</main")]
    for address in re.findall(r'href="(/[^"#]*)"', main):
        assert client.get(address).status_code == 200


def test_the_apply_page_of_a_body_without_an_address_still_helps(
    office: Office, client: Client
) -> None:
    answer = client.get(column(office.agency, "apply"))
    assert answer.status_code == 200
    assert office.agency.name in answer.content.decode()


def test_a_guide_with_many_before_it_costs_no_more_queries(
    office: Office,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        told = {"kind": Kind.GUIDE, "column": office.column("guide")}
        office.published(title=f"指南{number}", **told)  # type: ignore[arg-type]
    with django_assert_max_num_queries(16):
        client.get(column(office.agency, "guide"))
