"""The register: states, filters, who is found, and what a list never tells."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django import forms
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertHTMLEqual

from gongkai import law
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of
from gongkai.agencies.tests.factories import make_agency
from gongkai.applications.forms.console import LongSelect
from gongkai.applications.models import Case
from gongkai.applications.services import archiving, asking, handling
from gongkai.applications.services.asking import Consulted
from gongkai.applications.tests.desks import FIND, LIST, clerk_of
from gongkai.applications.tests.factories import REPLY, Desk, applicant
from gongkai.applications.views.console import register
from gongkai.registry import calendars

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
STATES = ("open", "overdue", "stopped", "ended", "filed", "all")


def subjects(client: Client, **query: str) -> list[str]:
    return [row.case.subject for row in client.get(LIST, query).context["rows"]]


@pytest.fixture
def full() -> Desk:
    """One case of most states, received the day before yesterday or long ago."""
    desk, recent = Desk(), TODAY() - timedelta(days=2)

    def case(subject: str, received_on: date = recent, **told: Any) -> Case:
        return desk.receive(subject, received_on=received_on, **told)[0].case

    case("新收到", channel="email", kind="enterprise")
    case("超期", date(2025, 3, 3), applicant=applicant("李四", identity_no="11"))
    stopped = case("征求意见")
    handling.take_up(actor=desk.clerk, case=stopped)
    party = Consulted("某社", "", "同意？")
    asking.consult(actor=desk.clerk, case=stopped, of="third_party", party=party)
    ended = case("已答复")
    handling.reply(actor=desk.clerk, case=ended, on=TODAY(), result="D4", files=[REPLY])
    filed = case("已归档")
    handling.withdraw(actor=desk.clerk, case=filed)
    archiving.file_case(actor=desk.clerk, case=filed)
    return desk


def test_tabs_count_the_states_and_show_one_each(full: Desk) -> None:
    clerk = clerk_of(full)
    tabs = clerk.get(LIST).context["tabs"]
    assert [tab.state for tab in tabs] == list(STATES)
    assert [tab.count for tab in tabs] == [2, 1, 1, 1, 1, 5]
    for tab in tabs:
        assert len(subjects(clerk, state=tab.state)) == tab.count


def test_what_the_law_makes_urgent_stands_first(full: Desk) -> None:
    assert subjects(clerk_of(full)) == ["超期", "新收到"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "征求"}, {"征求意见"}),
        ({"channel": "email"}, {"新收到"}),
        ({"kind": "enterprise"}, {"新收到"}),
        ({"result": "D4"}, {"已答复"}),
        ({"until": "2025-12-31"}, {"超期"}),
        ({"handler": "none", "q": "新"}, {"新收到"}),
        ({"channel": "pigeon", "since": "x", "q": "新"}, {"新收到"}),
        ({"due": "0"}, {"超期"}),
        ({"q": "没有这样的"}, set()),
    ],
)
def test_filters_stand_in_the_address(
    full: Desk, query: dict[str, str], found: set[str]
) -> None:
    assert set(subjects(clerk_of(full), state="all", **query)) == found


def test_results_of_each_regime_can_be_filtered(full: Desk) -> None:
    Case.objects.filter(subject="已归档").update(result="3.3.2")
    clerk = clerk_of(full)
    page = clerk.get(LIST, {"state": "all", "result": "3.3.2"})
    assert [row.case.subject for row in page.context["rows"]] == ["已归档"]
    assert page.context["chips"][0][1].startswith("3.3.2 ")
    groups = [name for name, _ in page.context["filters"]["result"].field.choices]
    assert groups[1:] == [law.regime(name).label.zh for name in ("2019", "2008")]


def test_a_long_list_is_written_as_the_framework_writes_it() -> None:
    choices = [("", "全部"), ("甲 & 乙", [("1", "<一>"), ("2", '"二"')])]
    ours, theirs = LongSelect(choices=choices), forms.Select(choices=choices)
    attrs = {"id": "x", "aria-label": "a&b", "required": True, "disabled": False}
    for value in ("", "2", None):
        assertHTMLEqual(
            ours.render("n", value, attrs), theirs.render("n", value, attrs)
        )


def test_words_are_found_in_any_number_in_either_case(full: Desk) -> None:
    Case.objects.filter(subject="已答复").update(
        reply_no="Reply〔2026〕7号", legacy_number="OLD-12"
    )
    clerk = clerk_of(full)
    for words in ("reply〔2026〕7", "old-12", "OLD-1"):
        assert subjects(clerk, state="all", q=words) == ["已答复"]
    assert subjects(clerk, state="all", q="%") == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="its planner needs no rows")
def test_an_index_alone_counts_the_tabs(full: Desk) -> None:
    with CaptureQueriesContext(connection) as asked:
        clerk_of(full).get(LIST, {"channel": "email", "handler": "none"})
    (tabs,) = [one["sql"] for one in asked if "GROUP BY" in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {tabs}")
        plan = [row[-1] for row in cursor.fetchall()]
    assert any("COVERING INDEX case_listed" in step for step in plan), plan
    assert not any("TEMP B-TREE" in step for step in plan), plan


def test_due_within_counts_working_days_of_the_agency(full: Desk) -> None:
    calendar = calendars.calendar_of(full.agency)
    case = full.case(received_on=TODAY())
    assert case.due_on is not None
    left = calendar.working_days(TODAY(), case.due_on)
    assert left == 20
    Case.objects.filter(pk=case.pk).update(due_on=calendar.add_working_days(TODAY(), 3))
    clerk = clerk_of(full)
    assert case.subject in subjects(clerk, due="3")
    assert case.subject not in subjects(clerk, due="1")


@pytest.mark.parametrize("words", ["李四", " 李 四 ", "11"])
def test_an_applicant_is_found_whole_and_never_stands_in_the_address(
    full: Desk, words: str
) -> None:
    clerk = clerk_of(full)
    answer = clerk.post(FIND, {"applicant": words})
    address = answer.headers["Location"]
    assert "李" not in address
    assert "%E6%9D%8E" not in address
    page = clerk.get(address)
    assert [row.case.subject for row in page.context["rows"]] == ["超期"]
    assert "李四" not in page.content.decode()


def test_part_of_a_name_or_another_s_word_finds_nobody(full: Desk) -> None:
    clerk = clerk_of(full)
    address = clerk.post(FIND, {"applicant": "李"}).headers["Location"]
    assert clerk.get(address).context["rows"] == []
    address = clerk.post(FIND, {"applicant": "李四"}).headers["Location"]
    assert clerk_of(full).get(address).context["rows"] == []
    assert clerk.post(FIND, {"applicant": ""}).status_code == 302


def test_the_list_masks_and_tells_an_inspector_the_kind_alone(full: Desk) -> None:
    page = clerk_of(full).get(LIST, {"state": "all"}).content.decode()
    assert "柳**" in page
    for secret in ("柳青河", "35012119851102123X", "13800138000"):
        assert secret not in page
    inspector = client_of(full.agency, Role.INSPECTOR)
    page = inspector.get(LIST, {"state": "all"}).content.decode()
    assert "超期" in page
    assert "柳" not in page
    assert inspector.post(FIND, {"applicant": "李四"}).status_code == 403


def test_the_ogi_office_lists_what_is_overdue_below_it() -> None:
    root = make_agency()
    first, second = Desk(make_agency(parent=root)), Desk(make_agency(parent=root))
    for desk, subject in ((first, "甲局超期"), (second, "乙局超期")):
        desk.receive(subject, received_on=date(2025, 3, 3))
    ogi = client_of(root, Role.OGI_OFFICE)
    both = {"甲局超期", "乙局超期"}
    assert set(subjects(ogi, state="overdue")) == both
    assert set(subjects(ogi, state="overdue", agency=f"{root.slug}+")) == both
    assert subjects(ogi, state="overdue", agency=root.slug) == []
    assert subjects(ogi, agency=second.agency.slug) == ["乙局超期"]
    assert subjects(clerk_of(first), agency="all") == ["甲局超期"]
    assert subjects(clerk_of(first), agency=second.agency.slug) == ["甲局超期"]


def test_the_administrator_reads_no_register(full: Desk) -> None:
    administrator = client_of(full.agency, Role.ADMINISTRATOR)
    assert administrator.get(LIST).status_code == 403


def test_many_rows_cost_no_more_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    root = make_agency()
    desks = [Desk(make_agency(parent=root)) for _ in range(3)]
    for number in range(60):
        desks[number % 3].case(received_on=TODAY() - timedelta(days=number % 9))
    ogi = client_of(root, Role.OGI_OFFICE)
    ogi.get(LIST)  # the first page after signing in stamps the session
    with django_assert_max_num_queries(15):
        assert len(subjects(ogi)) == 50
    assert len(subjects(ogi, page="2")) == 10


@pytest.mark.parametrize("state", ["open", "all"])
def test_the_pages_show_each_case_once_and_in_order(
    state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "PAGE_SIZE", 4)
    desk = Desk()
    made = [
        desk.receive(f"{number}", received_on=TODAY() - timedelta(number % 5))[0].case
        for number in range(19)
    ]
    cases = Case.objects.filter(pk__in=[case.pk for case in made])
    ordered = cases.by_urgency() if state == "open" else cases.newest_first()
    client = client_of(desk.agency, Role.CLERK)
    pages = [subjects(client, state=state, page=str(page)) for page in range(1, 6)]
    assert [len(page) for page in pages] == [4, 4, 4, 4, 3]
    assert sum(pages, []) == [case.subject for case in ordered]


def test_the_rail_counts_what_waits(full: Desk) -> None:
    page = clerk_of(full).get(LIST).content.decode()
    (link,) = re.findall(r'<a[^>]*href="/console/cases/"[^>]*>.*?</a>', page, re.DOTALL)
    assert "依申请公开" in link
    assert "2" in link


def test_the_home_sorts_by_due_date_and_says_how_long_is_left(full: Desk) -> None:
    rows = clerk_of(full).get("/console/").context["mine"]
    assert [row.todo.title.split()[-1] for row in rows] == ["超期", "新收到"]
    assert rows[0].todo.days_left < 0 < rows[1].todo.days_left
