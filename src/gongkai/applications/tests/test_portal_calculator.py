"""The page to choose a body, and the public calculator of the term."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.agencies.tests.factories import make_agency
from gongkai.law import cli
from gongkai.registry.caching import PageCache

pytestmark = pytest.mark.django_db
CALCULATOR = reverse("applications:calculator")
APPLY = reverse("applications:apply")


@pytest.fixture(autouse=True)
def _an_empty_page_cache(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keys repeat from test to test, because each begins with an empty database."""
    monkeypatch.setattr("gongkai.registry.caching.pages", PageCache())
    yield


@pytest.fixture
def county() -> Agency:
    return make_agency("霜桥县人民政府", slug="shuangqiao", phone="0999-1234567")


# 2019 Regulations, Art. 31 and 33; the pauses as in the reference of the domain.
@pytest.mark.parametrize(
    ("query", "due_on"),
    [
        ({"received": "2025-01-24"}, "2025-02-27"),
        ({"received": "2026-02-13"}, "2026-03-19"),
        ({"received": "2018-12-28"}, "2019-01-21"),
        (
            {
                "received": "2025-03-03",
                "third-party-sent": "2025-03-05",
                "third-party-opinion": "2025-03-14",
            },
            "2025-04-10",
        ),
        (
            {"received": "2025-03-03", "extension": "2025-03-10", "days": "20"},
            "2025-04-28",
        ),
    ],
)
def test_the_last_day_by_the_law(
    client: Client, query: dict[str, str], due_on: str
) -> None:
    answer = client.get(CALCULATOR, {"channel": "in_person", **query})
    assert str(answer.context["answer"].clock.due_on) == due_on
    assert due_on in answer.text


def test_it_says_what_the_command_says(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    query = {
        "received": "2025-03-03",
        "channel": "letter",
        "confirmed": "2025-03-05",
        "correction-notice": "2025-03-07",
        "corrected": "2025-03-20",
    }
    given = [f"--event={kind}:{query[kind]}" for kind in list(query)[3:]]
    first = [f"--{name}={query[name]}" for name in list(query)[:3]]
    assert cli.main([*first, *given]) == 0
    headline, *sentences = capsys.readouterr().out.splitlines()
    answer = client.get(CALCULATOR, query).context["answer"]
    assert [*answer.sentences, *answer.warnings] == sentences
    assert str(answer.clock.due_on) in headline


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"received": "2025-02-30"}, "received"),
        ({"received": ""}, "received"),
        ({"received": "2001-01-01"}, "received"),
        ({"received": "1066-01-01"}, "received"),
        ({"confirmed": "2025-03-04"}, "confirmed"),
        ({"channel": "letter", "confirmed": "2025-03-01"}, "confirmed"),
        ({"channel": "pigeon"}, "channel"),
        ({"corrected": "2025-03-05"}, "corrected"),
        ({"correction-notice": "2025-03-01"}, "correction-notice"),
        ({"third-party-opinion": "2025-03-05"}, "third-party-opinion"),
        ({"extension": "2025-03-05"}, "days"),
        ({"extension": "2025-03-05", "days": "30"}, "days"),
        ({"extension": "2025-03-05", "days": "x"}, "days"),
        ({"days": "5"}, "extension"),
        ({"put-off": "2025-03-20"}, "put-off-until"),
        ({"put-off-until": "2025-05-20"}, "put-off"),
        ({"put-off": "2025-03-20", "put-off-until": "2025-03-21"}, "put-off-until"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    client: Client, query: dict[str, str], field: str
) -> None:
    told = {"received": "2025-03-03", "channel": "in_person", **query, "a": "1"}
    answer = client.get(CALCULATOR, told)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["answer"] is None


def test_a_later_day_that_was_told_is_the_last_one(client: Client) -> None:
    query = {"received": "2025-03-03", "channel": "in_person"}
    query |= {"put-off": "2025-03-20", "put-off-until": "2025-05-30"}
    answer = client.get(CALCULATOR, query).context["answer"]
    assert answer.clock.due_on.isoformat() == "2025-05-30"
    assert "已告知延迟答复" in answer.sentences[-1]


def test_a_letter_that_nobody_confirmed_has_no_date_yet(client: Client) -> None:
    query = {"received": "2025-03-03", "channel": "letter"}
    answer = client.get(CALCULATOR, query).context["answer"]
    assert answer.clock.due_on is None
    assert answer.months == []


def test_past_the_announced_years_the_date_is_provisional(client: Client) -> None:
    query = {"received": "2090-12-10", "channel": "in_person"}
    answer = client.get(CALCULATOR, query)
    assert answer.context["answer"].clock.provisional
    assert "暂为" in answer.text


def test_the_strip_shows_receipt_counted_days_and_last_day(client: Client) -> None:
    query = {"received": "2025-03-03", "channel": "in_person"}
    months = client.get(CALCULATOR, query).context["answer"].months
    days = {
        (month.month, day.number): day.kind
        for month in months
        for week in month.weeks
        for day in week
        if day is not None
    }
    assert [month.name for month in months] == ["2025-03"]
    assert days[3, 3] == "zero"
    assert days[3, 4] == "counted"
    assert days[3, 8] == "rest"
    assert days[3, 31] == "due"


def test_an_address_of_the_calculator_is_one_cached_page(client: Client) -> None:
    query = {"received": "2025-03-03", "channel": "in_person"}
    answer = client.get(CALCULATOR, query)
    again = client.get(
        CALCULATOR, query, headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
    assert not answer.cookies
    tail = client.get(CALCULATOR, {**query, "utm": "x"})
    assert tail.headers["ETag"] == answer.headers["ETag"]


@pytest.mark.parametrize("address", [APPLY, CALCULATOR])
def test_both_come_in_english_and_on_an_empty_platform(
    client: Client, address: str
) -> None:
    for tail in ("", "?lang=en"):
        assert client.get(address + tail).status_code == 200


def test_the_body_is_chosen_by_name_and_the_words_go_along(
    client: Client, county: Agency
) -> None:
    make_agency("霜桥县林业局", county, slug="linye")
    page = client.get(APPLY, {"body": "林业", "about": "独角兽"}).text
    start = reverse("applications:start", args=["linye"])
    assert f"{start}?about=%E7%8B%AC" in page
    assert reverse("applications:start", args=["shuangqiao"]) not in page
    assert "0999-1234567" in client.get(APPLY).text


def test_many_bodies_stand_on_pages_at_a_constant_cost(
    client: Client, county: Agency, django_assert_max_num_queries: object
) -> None:
    for number in range(35):
        make_agency(f"霜桥县第{number}局", county)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        page = client.get(APPLY)
    assert len(page.context["page_obj"]) == 30


def test_the_terms_on_the_page_are_those_of_the_law(
    client: Client, county: Agency
) -> None:
    text = client.get(APPLY, {"lang": "en"}).text
    assert "within 20 working days; once longer by at most 20" in text


def test_the_form_on_paper_names_the_body(client: Client, county: Agency) -> None:
    text = client.get(reverse("applications:form", args=["shuangqiao"])).text
    assert "政府信息公开申请表" in text
    assert "霜桥县人民政府" in text
