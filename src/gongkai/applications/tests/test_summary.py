"""The quarterly summary: each figure opens exactly the cases that it counts."""

import io
import re
from datetime import date, timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from gongkai import law
from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import make_agency, make_user
from gongkai.applications.models import Case
from gongkai.applications.services import handling
from gongkai.applications.summary import LONGEST, Summary, condition, period_of
from gongkai.applications.tests.factories import REPLY, Desk, noon
from gongkai.registry import outbox
from gongkai.registry.measures import Period

pytestmark = pytest.mark.django_db
TODAY = date(2025, 7, 10)
FIRST = period_of(2025, 1)


class Year:
    """A desk with some cases of early 2025."""

    def __init__(self, agency: Agency | None = None) -> None:
        self.desk = Desk(agency)
        self.granted = self.case(date(2025, 1, 10), date(2025, 2, 5), "R1")
        self.late = self.case(
            date(2025, 1, 13), date(2025, 3, 20), "D4", kind="research"
        )
        self.before = self.case(date(2024, 12, 20), date(2025, 1, 6), "N1")
        self.after = self.case(date(2025, 3, 25), date(2025, 4, 2), "R1")
        self.open = self.case(date(2025, 2, 10), channel="email")

    def case(
        self,
        came: date,
        ended: date | None = None,
        result: str = "",
        kind: str = "natural_person",
        channel: str = "in_person",
    ) -> Case:
        case = self.desk.case(received_on=came, kind=kind, channel=channel)
        if ended is not None:
            handling.reply(
                actor=self.desk.clerk,
                case=case,
                on=ended,
                result=result,
                files=[REPLY],
                now=noon(ended),
            )
        return case

    def summary(self, period: Period = FIRST) -> Summary:
        return Summary(Case.objects.filter(agency=self.desk.agency), period, TODAY)


@pytest.fixture
def year() -> Year:
    return Year()


def found(year: Year, key: str, **more: str) -> set[int]:
    return set(year.summary().records(key, **more).values_list("pk", flat=True))


def test_quarters_begin_and_end_where_they_should() -> None:
    periods = [period_of(2024, quarter) for quarter in range(1, 5)]
    assert [one.first for one in periods] == [
        date(2024, month, 1) for month in (1, 4, 7, 10)
    ]
    for one, following in zip(periods, periods[1:], strict=False):
        assert one.last + timedelta(days=1) == following.first
    assert periods[3].last == date(2024, 12, 31)
    assert period_of(2024, 0) == Period.year(2024)


def test_each_figure_opens_its_cases(year: Year) -> None:
    expected = {
        "new": {year.granted, year.late, year.after, year.open},
        "carried_in": {year.before},
        "ended": {year.granted, year.late, year.before},
        "carried_out": {year.after, year.open},
        "on_time": {year.granted, year.before},
        "late": {year.late},
        "extended": set(),
        "overdue": {year.open},
        "result:R1": {year.granted},
        LONGEST: {year.late},
    }
    for key, cases in expected.items():
        assert found(year, key) == {case.pk for case in cases}, key
    assert found(year, "new", kind="research") == {year.late.pk}
    assert found(year, "new", channel="email") == {year.open.pk}


@pytest.mark.engines
def test_every_value_is_the_count_of_its_records(year: Year) -> None:
    told = year.summary()
    kinds = ["natural_person", "enterprise", "research", "social_welfare"]
    for line in told.lines:
        assert line.counts[-1] == told.records(line.key).count(), line.key
        for kind, count in zip(kinds, line.counts, strict=False):
            assert count == told.records(line.key, kind).count(), (line.key, kind)
    for figure in told.timeliness:
        assert figure.value == told.records(figure.key).count()
    for figure in told.channels:
        assert figure.value == told.records("new", channel=figure.key).count()
    assert sum(told.days.bins) == told.records("ended").count()


def test_both_sides_of_the_official_relation_agree(year: Year) -> None:
    for quarter in range(5):
        left, right = year.summary(period_of(2025, quarter)).balance
        assert left == right


def test_what_is_carried_out_is_carried_in_next(year: Year) -> None:
    out = year.summary(period_of(2025, 1)).records("carried_out")
    into = year.summary(period_of(2025, 2)).records("carried_in")
    assert set(out) == set(into)


def test_days_are_working_days_of_the_calendar(year: Year) -> None:
    days = year.summary().days
    # 2025-01-13 to 03-20 over the Spring Festival; 01-10 to 02-05; 12-20 to 01-06.
    assert (days.median, days.longest) == (13.0, 44)


def test_the_results_stand_in_the_order_and_words_of_the_form(year: Year) -> None:
    lines = [line for line in year.summary().lines if line.key.startswith("result:")]
    assert [line.key.removeprefix("result:") for line in lines] == [
        *law.regime("2019").results
    ]
    assert (lines[2].group, lines[2].label) == ("（三）不予公开", "1.属于国家秘密")


def test_a_result_of_the_older_regime_is_counted_too() -> None:
    year = Year()
    year.case(date(2019, 4, 1), date(2019, 6, 3), "3.3.6")
    told = year.summary(period_of(2019, 2))
    assert told.balance == (1, 1)
    assert {line.key for line in told.lines if line.counts[-1]} == {
        "new",
        "ended",
        "result:3.3.6",
    }


def test_an_unknown_figure_is_no_figure() -> None:
    with pytest.raises(KeyError):
        condition("secret", FIRST, TODAY)


# The page


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, name: str, **query: str | int) -> str:
    address = reverse(f"applications-registers:{name}")
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_figure_of_the_page_links_to_as_many_records(year: Year) -> None:
    import re

    client = signed_in(make_user(year.desk.agency, Role.CLERK))
    told = page(client, "summary", year=2025, quarter=1)
    cell = r'<td class="numeric"><a href="([^"]*summary/records/[^"]*)">(\d+)</a>'
    links = re.findall(cell, told)
    assert len(links) >= 10
    for address, value in links:
        records = client.get(address.replace("&amp;", "&")).content.decode()
        assert records.count("<tr data-href") == int(value), address


def charts_of(client: Client) -> list[tuple[str, str]]:
    """Address and words of each picture on the page of the first quarter."""
    return re.findall(
        r'<img src="([^"]+\.svg)" alt="([^"]+)"',
        page(client, "summary", year=2025, quarter=1),
    )


def draw_charts() -> None:
    while outbox.run_next("test"):
        pass


def test_the_worker_draws_the_charts_and_the_tables_stand_there_before(
    year: Year,
) -> None:
    client = signed_in(make_user(year.desk.agency, Role.CLERK))
    waiting = page(client, "summary", year=2025, quarter=1)
    assert charts_of(client) == []
    assert waiting.count("<details open>") == 3
    assert 'id="charts" hx-get=' in waiting
    draw_charts()
    told = page(client, "summary", year=2025, quarter=1)
    assert told.count("<details>") == 3
    assert "hx-get" not in told.partition('id="charts"')[2][:200]


def test_charts_stand_beside_their_tables(year: Year) -> None:
    client = signed_in(make_user(year.desk.agency, Role.CLERK))
    charts_of(client)
    draw_charts()
    pictures = charts_of(client)
    assert len(pictures) == 3
    for address, words in pictures:
        answer = client.get(address)
        assert answer.headers["Content-Type"] == "image/svg+xml"
        assert words


def test_a_chart_of_nothing_is_not_shown(year: Year) -> None:
    client = signed_in(make_user(year.desk.agency, Role.CLERK))
    told = page(client, "summary", year=2019, quarter=1)
    assert told.count("<figcaption>") == 2


def test_a_chart_of_another_agency_is_not_found(year: Year) -> None:
    clerk = signed_in(make_user(year.desk.agency, Role.CLERK))
    charts_of(clerk)
    draw_charts()
    address, _words = charts_of(clerk)[0]
    stranger = signed_in(make_user(make_agency(), Role.OGI_OFFICE))
    assert stranger.get(address).status_code == 404
    assert clerk.get(address).status_code == 200


def test_the_office_above_sums_up_what_lies_below() -> None:
    root = make_agency()
    Year(make_agency(parent=root))
    Year(make_agency(parent=root))
    client = signed_in(make_user(root, Role.OGI_OFFICE))
    told = page(client, "summary-records", year=2025, quarter=1, figure="new")
    assert told.count("<tr data-href") == 8
    clerk = signed_in(make_user(root, Role.CLERK))
    told = page(clerk, "summary-records", year=2025, quarter=1, figure="new")
    assert told.count("<tr data-href") == 0


@pytest.mark.parametrize(
    "query",
    [
        {"figure": "secret"},
        {"figure": "result:X9"},
        {"figure": "new", "kind": "robot"},
        {"figure": "new", "agency": "nowhere"},
    ],
)
def test_what_is_no_figure_is_not_found(year: Year, query: dict[str, str]) -> None:
    client = signed_in(make_user(year.desk.agency, Role.CLERK))
    address = reverse("applications-registers:summary-records")
    assert client.get(address, query).status_code == 404


def test_the_sheet_holds_the_same_figures(year: Year) -> None:
    client = signed_in(make_user(year.desk.agency, Role.CLERK))
    answer = client.get(
        reverse("applications-registers:summary-xlsx"), {"year": 2025, "quarter": 1}
    )
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    told = {
        row[0].value: row[-1].value for row in sheet.iter_rows(min_row=5, max_row=30)
    }
    assert told["（一）予以公开"] == 1
    assert told["（三）不予公开 4.保护第三方合法权益"] == 1


def test_the_page_costs_the_same_for_many_cases(
    year: Year, django_assert_max_num_queries: object
) -> None:
    for number in range(20):
        year.case(date(2025, 1, 2) + timedelta(days=number), date(2025, 3, 3), "R1")
    client = signed_in(make_user(year.desk.agency, Role.CLERK))
    charts_of(client)
    draw_charts()
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        page(client, "summary", year=2025, quarter=1)
