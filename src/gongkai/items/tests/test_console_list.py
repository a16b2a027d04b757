import csv
import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of
from gongkai.agencies.tests.factories import make_agency
from gongkai.items.choices import Attribute, Kind, Stage
from gongkai.items.services import publishing
from gongkai.items.tests.desks import Desks

pytestmark = pytest.mark.django_db

LIST = reverse("items-console:list")
CSV = reverse("items-console:list-csv")


def titles(client: Client, **query: str) -> list[str]:
    rows = client.get(LIST, query).context["rows"]
    return [row.item.draft.title for row in rows]


def lines(client: Client, **query: str) -> list[list[str]]:
    text = client.get(CSV, query).getvalue().decode("utf-8-sig")
    return list(csv.reader(text.splitlines()))


@pytest.fixture
def full(desks: Desks) -> Desks:
    """One item of most states."""
    desks.draft(title="草稿", kind=Kind.NORMATIVE, doc_no="青农发〔2026〕1号")
    desks.submit(desks.draft(title="在审"))
    desks.approved(title="已过审")
    desks.published(title="已公开", column=desks.column("fees"))
    publishing.withdraw(by=desks.head, item=desks.published(title="已撤"), note="x")
    desks.kept(title="不予公开者")
    return desks


def test_tabs_count_the_states_and_show_one_each(full: Desks) -> None:
    tabs = full.clerks.get(LIST).context["tabs"]
    assert [tab.count for tab in tabs] == [6, 1, 1, 0, 1, 0, 1, 1, 1]
    for tab in tabs:
        answer = full.clerks.get(LIST + tab.url)
        assert len(answer.context["rows"]) == tab.count
    assert titles(full.clerks, stage="in_review") == ["在审"]


def test_a_row_says_whom_it_waits_for(full: Desks) -> None:
    (row,) = full.clerks.get(LIST, {"stage": Stage.IN_REVIEW}).context["rows"]
    assert str(Role.SECTION_HEAD.label) in row.waits_for


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "草"}, {"草稿"}),
        ({"q": "〔2026〕1号"}, {"草稿"}),
        ({"kind": "normative"}, {"草稿"}),
        ({"attribute": "withheld"}, {"不予公开者"}),
        ({"q": "已", "stage": "approved"}, {"已过审"}),
        ({"stage": "nonsense", "kind": "x", "q": "草"}, {"草稿"}),
        ({"q": "没有这样的"}, set()),
    ],
)
def test_filters_stand_in_the_address(
    full: Desks, query: dict[str, str], found: set[str]
) -> None:
    assert set(titles(full.clerks, **query)) == found
    assert {line[0] for line in lines(full.clerks, **query)[1:]} == found


def test_a_column_filters_and_can_be_taken_away(full: Desks) -> None:
    query = {"column": str(full.column("fees").pk)}
    assert titles(full.clerks, **query) == ["已公开"]
    ((_label, value, url),) = full.clerks.get(LIST, query).context["chips"]
    assert value == full.column("fees").name
    assert len(full.clerks.get(LIST + url).context["rows"]) == 6


def test_a_page_that_does_not_exist_shows_one_that_does(full: Desks) -> None:
    for page in ("0", "-1", "x", "²", "9" * 9, "9" * 5000):
        assert len(titles(full.clerks, page=page)) == 6


def test_one_reads_the_own_agency_and_the_ogi_office_all_below() -> None:
    root = make_agency()
    first, second = Desks(make_agency(parent=root)), Desks(make_agency(parent=root))
    first.draft(title="甲局草稿")
    second.draft(title="乙局草稿")
    ogi = client_of(root, Role.OGI_OFFICE)
    assert titles(first.clerks, agency="all") == ["甲局草稿"]
    assert titles(first.clerks, agency=second.agency.slug) == ["甲局草稿"]
    assert set(titles(ogi, agency="all")) == {"甲局草稿", "乙局草稿"}
    assert titles(ogi, agency=second.agency.slug) == ["乙局草稿"]
    assert first.administrators.get(LIST).status_code == 403


def test_the_export_holds_what_is_shown(full: Desks) -> None:
    rows = lines(full.clerks, stage=Stage.PUBLISHED)
    assert rows[0][:3] == ["标题", "文号", "索引号"]
    (row,) = rows[1:]
    item = full.agency.items.get(stage=Stage.PUBLISHED)
    assert row[0] == "已公开"
    assert row[2] == item.index_no
    assert row[4] == "主动公开"
    assert len(lines(full.outsiders)) == 1


def test_the_export_runs_no_formula(desks: Desks) -> None:
    for sign in "=+-@\t\r＝＋－＠":
        desks.draft(title=f"{sign}HYPERLINK(1)")
    text = desks.clerks.get(CSV).getvalue().decode("utf-8-sig")
    cells = re.findall(r"\n\"?(.)(.)HYPERLINK", text, re.DOTALL)
    assert len(cells) == 10
    assert {quote for quote, _sign in cells} == {"'"}


def test_many_rows_cost_no_more_queries(
    desks: Desks, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        item = desks.draft(title=f"第{number}号", attribute=Attribute.PROACTIVE)
        if number % 4 == 0:
            desks.submit(item)
    client = desks.clerks
    client.get(LIST)  # the first page after signing in stamps the session
    with django_assert_max_num_queries(14):
        assert len(titles(client)) == 50
    assert len(titles(client, page="2")) == 10
    with django_assert_max_num_queries(8):
        assert len(lines(client)) == 61
