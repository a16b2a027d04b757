"""The pages of returns, as the people who prepare, sign and take them click."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of, said, signed_in
from gongkai.applications.models import Case
from gongkai.applications.tests.factories import Desk, noon
from gongkai.applications.tests.ledgers import fill
from gongkai.registry.measures import Period
from gongkai.statistics import filed
from gongkai.statistics.models import Deadline, Entry, Filing, Reach
from gongkai.statistics.services import filing
from gongkai.statistics.tests.factories import NOW, Body

pytestmark = pytest.mark.django_db
NEW = "applications.new_received.total"
TREE = reverse("statistics:filings")
FOOT = {
    "head": "陈立群",
    "reviewer": "周明远",
    "filer": "李春禾",
    "phone": "0999-5500101",
    "filled_on": "2026-01-20",
}


def of_year(name: str, body: Body, year: int = 2025) -> str:
    return reverse(
        f"statistics:{name}", kwargs={"slug": body.agency.slug, "year": year}
    )


def page(found: Filing, **query: str) -> str:
    address = reverse("statistics:filing", args=[found.pk])
    return address + "?" + "&".join(f"{key}={value}" for key, value in query.items())


def do(client: Client, found: Filing, act: str, **typed: Any) -> Any:
    return client.post(reverse("statistics:filing-act", args=[found.pk, act]), typed)


def begin(body: Body, **typed: str) -> Filing:
    client = signed_in(body.office)
    answer = client.post(of_year("filing-begin", body), {"form": "2021", **typed})
    assert answer.status_code == 302
    return Filing.objects.order_by("-pk")[0]


def test_from_the_first_count_to_the_parents_word() -> None:
    county = Body()
    bureau = county.below()
    Desk(bureau.agency).case(received_on=date(2025, 12, 20))
    draft = begin(bureau)
    office, leader = signed_in(bureau.office), signed_in(bureau.leader)
    above = signed_in(county.office)
    opened = office.get(page(draft, cell=NEW))
    assert len(opened.context["opened"].records) == 1
    assert do(office, draft, "refresh").status_code == 302
    confirm = leader.get(reverse("statistics:filing-act", args=[draft.pk, "file"]))
    assert confirm.status_code == 200
    assert do(leader, draft, "file", **FOOT).status_code == 302
    frozen = above.get(page(draft, cell=NEW))
    assert len(frozen.context["opened"].records) == 1
    assert do(above, draft, "remark", key=NEW, text="请附登记表").status_code == 302
    assert do(above, draft, "return", text="补充后再报").status_code == 302
    assert "请附登记表" in office.get(page(draft)).content.decode()
    again = begin(bureau)
    assert again.version == 2
    assert do(leader, again, "file", **FOOT).status_code == 302
    assert do(above, again, "accept").status_code == 302
    assert Filing.objects.get(pk=again.pk).state == "accepted"


def test_what_would_change_now_is_shown_and_nothing_filed_moves() -> None:
    county = Body()
    desk = Desk(county.agency)
    desk.case(received_on=date(2025, 12, 20))
    found = county.file()
    desk.case(received_on=date(2025, 12, 22), now=noon(date(2026, 2, 1)))
    client = signed_in(county.office)
    assert client.get(page(found)).context["changes"] is None
    answer = client.get(page(found, compare="1"))
    changed = {label: (then, now) for label, then, now in answer.context["changes"]}
    assert changed["一、本年新收政府信息公开申请数量·总计".removeprefix("一、")] == (
        1,
        2,
    )
    assert answer.context["computed"].values[NEW] == 1


def test_a_refusal_keeps_what_was_typed_and_says_why() -> None:
    county = Body()
    draft = county.draft()
    client = signed_in(county.office)
    answer = do(client, draft, "override", key=NEW, value="两件", reason="漏记")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "不是数字" in text
    assert "两件" in text
    leader = signed_in(county.leader)
    do(client, draft, "override", key=NEW, value="5", reason="漏记")
    refused = do(leader, draft, "file", **FOOT)
    assert refused.status_code == 200
    assert "5" in str(refused.context["form"].non_field_errors())


def test_the_second_who_files_is_told() -> None:
    county = Body()
    draft = county.draft()
    county.file(draft, NOW)
    answer = do(signed_in(county.leader), draft, "file", **FOOT)
    assert "2026-01-20 12:00" in answer.content.decode()


def test_acts_are_for_those_whose_they_are() -> None:
    county = Body()
    bureau = county.below()
    draft = bureau.draft()
    assert do(signed_in(bureau.office), draft, "file", **FOOT).status_code == 403
    assert do(signed_in(bureau.leader), draft, "refresh").status_code == 403
    assert do(signed_in(bureau.office), draft, "accept").status_code == 403
    stranger = client_of(county.below().agency, Role.OGI_OFFICE)
    assert stranger.get(page(draft)).status_code == 404
    assert do(stranger, draft, "refresh").status_code == 404
    assert do(signed_in(bureau.office), draft, "nonsense").status_code == 404


def test_who_has_filed_who_is_late_and_what_was_noted(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    county = Body()
    bodies = [county.below() for _each in range(4)]
    bodies[0].file()
    bodies[1].file(now=noon(date(2026, 2, 10)))
    bodies[2].draft()
    client = signed_in(county.office)
    query = {"agency": county.agency.slug, "year": "2025"}
    with django_assert_max_num_queries(45):
        answer = client.get(TREE, query)
    rows = {row.agency.pk: row for row in answer.context["rows"]}
    states = [rows[body.agency.pk] for body in bodies]
    assert [row.filing.state if row.filing else "" for row in states] == [
        *("filed", "filed", "draft", ""),
    ]
    assert [bool(row.filing and row.filing.is_late) for row in states[:2]] == [
        *(False, True),
    ]
    assert [row.is_overdue for row in states] == [False, False, True, True]
    assert answer.context["summary"] == {
        **{"bodies": 5, "filed": 2, "accepted": 0, "late": 1, "missing": 3},
        **{"warned": 0, "waiting": 2},
    }
    station = bodies[3].below()
    missing = client.get(TREE, {**query, "show": "missing"}).context["rows"]
    assert [row.agency.pk for row in missing] == [
        *(county.agency.pk, bodies[2].agency.pk, bodies[3].agency.pk),
        station.agency.pk,
    ]
    sibling = signed_in(bodies[0].office).get(TREE, query)
    assert sibling.status_code == 404


def test_the_tree_page_costs_the_same_however_many_bodies() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    county = Body()
    client = signed_in(county.office)
    query = {"agency": county.agency.slug, "year": "2025"}
    counts = []
    for _each in range(2):
        for _body in range(6):
            county.below().file()
        client.get(TREE, query)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(TREE, query)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_whoever_stands_out_is_listed_from_the_whole_tree() -> None:
    county = Body()
    late, warned, good = (county.below() for _each in range(3))
    station = good.below()
    late.file(now=noon(date(2026, 2, 10)))
    county.accept(good.file())
    county.accept(station.file())
    station.file(station.draft(public_note="补计"))
    with_warning(warned)
    client = signed_in(county.office)
    query = {"agency": county.agency.slug, "year": "2025"}

    def listed(show: str) -> list[int]:
        answer = client.get(TREE, {**query, "show": show})
        shown = {name: count for name, _word, count in answer.context["shown"]}
        assert shown[show] == len(answer.context["rows"])
        return [row.agency.pk for row in answer.context["rows"]]

    assert listed("late") == [late.agency.pk]
    assert listed("warned") == [warned.agency.pk]
    # A correction waits, though the version that was accepted stands.
    assert listed("waiting") == [
        *(late.agency.pk, warned.agency.pk, station.agency.pk),
    ]
    assert listed("missing") == [county.agency.pk]
    assert len(client.get(TREE, {**query, "show": "x"}).context["rows"]) == 3


def with_warning(body: Body) -> Filing:
    """One document more in force the year before; the note says why."""
    key = "disclosure.normative_documents.in_force"
    then = noon(date(2025, 1, 20))
    older = body.draft(period=Period.year(2024), now=then)
    filing.override(
        by=body.office, filing=older, key=key, value="1", reason="纸质文件", now=then
    )
    body.file(older, then)
    draft = body.draft()
    [warning] = filed.draft(draft).result.warnings
    filing.explain(
        by=body.office, filing=draft, relation=str(warning.relation), note="已清理"
    )
    return body.file(draft)


def test_a_clerk_is_not_shown_the_way_to_what_only_others_do() -> None:
    county = Body()
    upload = of_year("upload", county)
    query = {"agency": county.agency.slug, "year": "2025"}
    assert upload in signed_in(county.office).get(TREE, query).content.decode()
    clerk = client_of(county.agency, Role.CLERK)
    page = clerk.get(TREE, query)
    assert page.status_code == 200
    assert upload not in page.content.decode()
    assert clerk.get(upload).status_code == 403


def test_versions_stand_side_by_side_with_what_differs() -> None:
    county = Body()
    bureau = county.below()
    first = county.accept(bureau.file(now=noon(date(2026, 2, 10))))
    Desk(bureau.agency).case(received_on=date(2025, 12, 20))
    bureau.file(bureau.draft(public_note="补计一件信函申请"))
    client = signed_in(county.office)
    answer = client.get(reverse("statistics:versions", args=[first.pk]))
    told = {row.key: values for row, values in answer.context["rows"]}
    assert told[NEW] == [0, 1]
    assert "applications.granted.total" not in told
    text = answer.content.decode()
    for word in ("补计一件信函申请", "迟报", "2026-02-10"):
        assert word in text
    stranger = client_of(county.below().agency, Role.OGI_OFFICE)
    hidden = stranger.get(reverse("statistics:versions", args=[first.pk]))
    assert hidden.status_code == 404


def test_a_sum_says_at_each_cell_why_its_own_entry_differs() -> None:
    county = Body()
    bureau = county.below()
    county.file()
    first = county.accept(bureau.file())
    draft = begin(county, reach=Reach.AREA)
    key = "disclosure.rules.made"
    filing.override(
        by=county.office, filing=draft, key=key, value="9", reason="含垂直管理部门"
    )
    county.file(draft)
    Desk(bureau.agency).case(received_on=date(2025, 12, 20))
    second = county.accept(bureau.file(bureau.draft(public_note="补计")))
    client = signed_in(county.office)
    query = {"agency": county.agency.slug, "year": "2025"}
    sums = client.get(TREE, query).context["sums"]
    area = next(one for one in sums if one.reach == Reach.AREA)
    told = {one.row.key: one for one in area.differences}
    assert (told[key].own, told[key].summed) == (9, 0)
    assert told[key].reason == "含垂直管理部门"
    [cause] = told[NEW].causes
    assert (cause.filing, cause.value, cause.is_new) == (second, 1, True)
    assert first.pk != second.pk


def test_a_return_costs_the_same_however_many_records_it_holds() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for size in (20, 150):
        body = Body()
        fill([body.agency], size, seed=2)
        found, client = body.file(), signed_in(body.office)
        client.get(page(found, cell=NEW))
        with CaptureQueriesContext(connection) as captured:
            opened = client.get(page(found, cell=NEW)).context["opened"]
        assert opened.records
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 40


def test_the_return_of_the_area_is_made_from_the_tree_page() -> None:
    county = Body()
    bureau = county.below()
    fill([bureau.agency], 30, seed=1)
    bureau.file()
    draft = begin(county, reach=Reach.AREA)
    client = signed_in(county.office)
    opened = client.get(page(draft, cell=NEW)).context["opened"]
    assert [record.title for record in opened.records] == [bureau.agency.name]
    assert (
        opened.cell.value
        == filed.values_of(Filing.objects.get(agency=bureau.agency))[NEW]
    )
    told = client.get(TREE, {"agency": county.agency.slug, "year": "2025"})
    sums = {one.reach: one for one in told.context["sums"]}
    assert sums[Reach.AREA].filing == draft
    assert sums[Reach.AREA].parts == 1
    clerk = client_of(county.agency, Role.SECTION_HEAD)
    asked = {"form": "2021", "reach": Reach.AREA}
    assert clerk.post(of_year("filing-begin", county), asked).status_code == 404


def test_an_earlier_day_is_set_for_the_tree() -> None:
    county = Body()
    bureau = county.below()
    client = signed_in(county.office)
    address = of_year("deadline", county)
    typed = {"due_on": "2026-01-15", "includes_below": "on", "source": "县政办函1号"}
    assert client.post(address, typed).status_code == 302
    assert bureau.file().is_late
    late = client.post(address, {**typed, "due_on": "2025-11-01"})
    assert "2025-11-01" in late.content.decode()
    assert Deadline.objects.count() == 1


def test_a_figure_is_entered_and_corrected_by_hand() -> None:
    county = Body()
    client = signed_in(county.office)
    address = of_year("entries", county)
    typed = {"key": "disclosure.permits.decisions", "on": "2025-12-31", "note": "台账"}
    assert client.post(address, {**typed, "value": "12"}).status_code == 302
    bad = client.post(address, {**typed, "value": "十二"})
    assert "十二" in bad.content.decode()
    entry = Entry.objects.get()
    client.post(f"{address}?correct={entry.pk}", {**typed, "value": "13"})
    assert Entry.objects.get(replaces=entry).value == 13
    listed = client.get(address)
    assert [row["is_replaced"] for row in listed.context["rows"]] == [False, True]
    clerk = client_of(county.agency, Role.CLERK)
    assert clerk.get(address).status_code == 200
    clerk.post(address, {**typed, "value": "99"})
    assert Entry.objects.count() == 2


def test_a_dissolved_body_is_told_who_files() -> None:
    county = Body()
    county.agency.dissolved_on = date(2025, 6, 1)
    county.agency.save()
    client = signed_in(county.office)
    answer = client.post(of_year("filing-begin", county), {"form": "2021"})
    assert "2025-12-31" in "".join(said(answer))


def test_form_and_return_go_out_as_spreadsheets() -> None:
    county = Body()
    Desk(county.agency).case(received_on=date(2025, 12, 20))
    assert Case.objects.count() == 1
    found = county.file()
    client = signed_in(county.office)
    for address in (
        of_year("form-xlsx", county),
        reverse("statistics:filing-xlsx", args=[found.pk]),
    ):
        book = openpyxl.load_workbook(io.BytesIO(client.get(address).content))
        sheet = book["收到和处理政府信息公开申请情况"]
        assert [cell.value for cell in sheet[7]][3:10] == [1, 0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize(("name", "count"), [("q1", 1), ("q2", 0), ("m3", 1), ("", 1)])
def test_a_quarter_and_a_month_are_counted_and_filed_too(name: str, count: int) -> None:
    county = Body()
    Desk(county.agency).case(received_on=date(2025, 3, 20))
    client = signed_in(county.office)
    address = of_year("form", county)
    computed = client.get(address, {"period": name}).context["computed"]
    assert computed.values[NEW] == count
    draft = begin(county, period=name)
    found = county.file(draft, noon(date(2026, 1, 8)))
    assert filed.values_of(found)[NEW] == count
    again = client.get(address, {"period": name}).context["filing"]
    assert again == found
    for wrong in ("q5", "m0", "x1"):
        assert client.get(address, {"period": wrong}).status_code == 404


def test_the_form_tells_what_was_known_on_a_day() -> None:
    county = Body()
    desk = Desk(county.agency)
    desk.case(received_on=date(2025, 3, 20))
    desk.case(received_on=date(2025, 12, 30), now=noon(date(2026, 2, 1)))
    client = signed_in(county.office)
    address = of_year("form", county)

    def counted(as_of: str) -> object:
        told = {"as_of": as_of, "cell": NEW}
        answer = client.get(address, told)
        opened = answer.context["opened"]
        assert opened.page.paginator.count == opened.cell.value
        return opened.cell.value

    assert [counted(day) for day in ("", "2025-03-19", "2025-03-20")] == [2, 0, 1]
    assert [counted(day) for day in ("2026-01-31", "2026-02-01")] == [1, 2]
    chosen = client.get(
        reverse("statistics:choose"), {"year": "2025", "as_of": "2026-01-31"}
    )
    assert "as_of=2026-01-31" in chosen.headers["Location"]
    for wrong in ("2026-02-30", "x", "0001-01-01"):
        assert client.get(address, {"as_of": wrong}).status_code == 404
        chosen = client.get(reverse("statistics:choose"), {"as_of": wrong})
        assert chosen.status_code == 302


def test_a_body_that_is_new_carried_in_nothing_of_its_own() -> None:
    county = Body()
    county.agency.established_on = date(2025, 3, 1)
    county.agency.save()
    assert filed.before(county.draft()).values is None
