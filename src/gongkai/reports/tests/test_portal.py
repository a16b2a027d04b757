"""Figures of published reports on the public site, and how they go again."""

import csv
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.models import Agency
from gongkai.agencies.tests.factories import make_agency
from gongkai.items.models import Item
from gongkai.items.services import publishing
from gongkai.items.tests.factories import Office
from gongkai.reports.models import Reading
from gongkai.reports.services import judging
from gongkai.reports.tests.factories import (
    YEAR,
    accepted_report,
    read_report,
    text_of,
    upload,
)

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

COMPARE = reverse("figures:compare")
QUERY = {"indicator": "proactive_total"}


@pytest.fixture
def county() -> Agency:
    return make_agency("霜桥县人民政府")


@pytest.fixture
def office(county: Agency) -> Office:
    return Office(make_agency("霜桥县林业局", parent=county))


def item_of(reading: Reading) -> Item:
    assert reading.item is not None
    return reading.item


def panel(client: Client, item: Item) -> bool:
    page = client.get(item.get_absolute_url()).content.decode()
    return 'id="figures"' in page


def compared(client: Client, **query: str) -> dict[str, list[object]]:
    lines = client.get(COMPARE, QUERY | query).context["lines"]
    return {line.label: [cell.value for cell in line.cells] for line in lines}


def test_only_accepted_figures_stand_on_the_reports_page(
    office: Office, client: Client
) -> None:
    reading = read_report(office)
    item = item_of(reading)
    assert not panel(client, item)
    received = reading.claims.get(indicator="applications_received")
    judging.accept(by=office.clerk, claim=received)
    page = client.get(item.get_absolute_url())
    (shown,) = page.context["page"].panels
    assert [figure.series for figure in shown.told.shown] == ["applications_received"]
    judging.reject(by=office.clerk, claim=received)
    assert not panel(client, item)


def test_a_corrected_figure_is_the_one_that_is_shown(
    office: Office, client: Client
) -> None:
    reading = accepted_report(office)
    claim = reading.claims.get(indicator="proactive_total")
    judging.correct(
        by=office.clerk, claim=claim, indicator="proactive_total", value=claim.value + 1
    )
    assert compared(client) == {"霜桥县林业局": [321]}


def test_a_withdrawal_takes_page_comparison_file_and_picture(
    office: Office, client: Client
) -> None:
    item = item_of(accepted_report(office))
    addresses = [
        reverse("figures:report", args=[item.pk]),
        reverse("figures:report-table", args=[item.pk]),
        f"{reverse('figures:chart')}?indicator=proactive_total",
    ]
    assert panel(client, item)
    assert [client.get(one).status_code for one in addresses] == [200, 200, 200]
    publishing.withdraw(by=office.head, item=item, note="数据有误")
    assert not panel(client, item)
    assert [client.get(one).status_code for one in addresses] == [404, 404, 404]
    assert compared(client) == {}
    slug = office.agency.slug
    table = client.get(reverse("figures:agency-table", args=[slug]))
    assert len(table.getvalue().decode().splitlines()) == 1


def test_an_upload_is_never_public(office: Office, client: Client) -> None:
    reading = upload(office)
    judging.accept_all(by=office.clerk, reading=reading)
    assert compared(client) == {}


def test_bodies_stand_beside_each_other_over_years(
    office: Office, county: Agency, client: Client
) -> None:
    accepted_report(office)
    accepted_report(office, YEAR - 1, published=300)
    other = Office(make_agency("霜桥县水利局", parent=county))
    accepted_report(other, published=90)
    assert compared(client) == {"霜桥县林业局": [300, 320], "霜桥县水利局": [None, 90]}
    assert compared(client, year=str(YEAR - 1)) == {"霜桥县林业局": [300]}
    assert list(compared(client, under=other.agency.slug)) == ["霜桥县水利局"]


def test_a_figure_leads_to_the_report_that_states_it(
    office: Office, client: Client
) -> None:
    item = item_of(accepted_report(office))
    (line,) = client.get(COMPARE, QUERY).context["lines"]
    assert line.cells[0].url == item.get_absolute_url()


def test_one_bodys_indicators_stand_over_the_years(
    office: Office, client: Client
) -> None:
    accepted_report(office)
    accepted_report(office, YEAR - 1, published=300)
    page = client.get(reverse("figures:agency", args=[office.agency.slug]))
    assert page.context["years"] == [YEAR - 1, YEAR]
    first = page.context["lines"][0]
    assert [cell.value for cell in first.cells] == [300, 320]
    chart = client.get(page.context["chart_url"])
    assert chart.headers["Content-Type"] == "image/svg+xml"
    assert "320" in chart.content.decode()
    narrow = client.get(page.context["chart_url"] + "&narrow=1").content.decode()
    assert 'viewBox="0 0 400 ' in narrow
    assert "320" in narrow


def test_what_was_nought_throughout_is_shown_on_request(
    office: Office, client: Client
) -> None:
    reading = accepted_report(office)
    judging.add(
        by=office.clerk,
        reading=reading,
        indicator="trainees",
        value=Decimal(0),
        quote="将加强培训",
    )
    own = reverse("figures:agency", args=[office.agency.slug])
    few, every = client.get(own), client.get(own, {"all": "1"})
    assert few.context["left_out"] == 1
    assert len(every.context["lines"]) == len(few.context["lines"]) + 1


def test_the_file_names_source_and_words(office: Office, client: Client) -> None:
    item = item_of(accepted_report(office))
    answer = client.get(reverse("figures:report-table", args=[item.pk]))
    text = answer.getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    row = next(one for one in rows if one["数值"] == "320")
    assert row["出处"].endswith(item.get_absolute_url())
    assert "320条" in row["原文"]


def test_two_reports_of_one_year_count_once(office: Office, client: Client) -> None:
    accepted_report(office)
    accepted_report(office, published=500)
    assert compared(client) == {"霜桥县林业局": [500]}
    table = client.get(reverse("figures:table"), QUERY).getvalue().decode()
    assert len(table.splitlines()) == 2


@pytest.mark.parametrize(
    "query",
    [
        {"indicator": "x\0y"},
        {"year": "99999999999999"},
        {"year": "²"},
        {"under": "nobody"},
        {"under": "\0"},
        {"page": "-1"},
    ],
)
def test_odd_questions_get_an_answer(
    office: Office, client: Client, query: dict[str, str]
) -> None:
    accepted_report(office)
    assert client.get(COMPARE, query).status_code == 200
    own = reverse("figures:agency", args=[office.agency.slug])
    assert client.get(own, query).status_code == 200
    assert client.get(reverse("figures:chart"), query).status_code == 200
    assert client.get(reverse("figures:table"), query).status_code == 200


def test_an_empty_site_says_so(client: Client) -> None:
    make_agency()
    assert client.get(COMPARE).status_code == 200
    assert client.get(reverse("figures:table")).status_code == 404
    assert client.get(reverse("figures:chart")).status_code == 404


def test_comparisons_cost_the_same_for_many_bodies(
    office: Office,
    county: Agency,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(27):
        other = Office(make_agency(f"霜桥县第{number}局", parent=county))
        accepted_report(other, published=90 + number)
    with django_assert_max_num_queries(11):
        page = client.get(COMPARE, QUERY)
    assert len(page.context["lines"]) == 25
    assert len(client.get(COMPARE, QUERY | {"page": "2"}).context["lines"]) == 2
    for year in range(YEAR - 5, YEAR):
        accepted_report(office, year, published=300)
    with django_assert_max_num_queries(11):
        client.get(reverse("figures:agency", args=[office.agency.slug]))
    item = item_of(Reading.objects.filter(agency=office.agency)[0])
    with django_assert_max_num_queries(9):
        client.get(reverse("figures:report", args=[item.pk]))


def test_another_figure_of_the_text_is_no_second_of_the_form(
    office: Office, client: Client
) -> None:
    """The series runs on where prose and form call the same figure by two keys."""
    text = text_of(office.agency.name)
    reading = upload(office, text)
    claim = reading.claims.get(indicator="applications_received")
    judging.correct(
        by=office.clerk,
        claim=claim,
        indicator="applications.new_received.total",
        value=claim.value,
    )
    assert reading.figures.get().series == "applications_received"
