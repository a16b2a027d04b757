"""What of the returns waits for whom."""

from datetime import date

import pytest
import time_machine

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import make_scope
from gongkai.registry.todos import Todo
from gongkai.statistics.services.setting import set_deadline
from gongkai.statistics.tests.factories import NOW, Body
from gongkai.statistics.todos import count, waiting

pytestmark = pytest.mark.django_db


def told(body: Body) -> list[Todo]:
    found = list(waiting(body.office, 50))
    assert len(found) == count(body.office)
    return found


def calendar(body: Body, *, includes_below: bool = True) -> None:
    set_deadline(
        by=body.office,
        agency=body.agency,
        year=2025,
        due_on=date(2026, 1, 26),
        source="县政办函〔2025〕41号",
        includes_below=includes_below,
        now=NOW,
    )


@time_machine.travel(NOW, tick=False)
def test_the_calendar_of_the_tree_reminds_every_body_of_it() -> None:
    county, stranger = Body(), Body()
    bureau = county.below()
    assert told(bureau) == []
    calendar(county)
    [todo] = told(bureau)
    assert (todo.due_on, todo.days_left) == (date(2026, 1, 26), 4)
    assert str(bureau.agency.slug) in todo.url
    assert told(stranger) == []


@time_machine.travel(NOW, tick=False)
def test_a_day_for_the_body_alone_reminds_it_alone() -> None:
    county = Body()
    bureau = county.below()
    calendar(county, includes_below=False)
    assert (len(told(county)), told(bureau)) == (1, [])


@time_machine.travel("2027-02-10 12:00+08:00", tick=False)
def test_who_has_filed_before_is_reminded_and_told_when_overdue() -> None:
    bureau = Body().below()
    bureau.file()
    [todo] = told(bureau)
    assert todo.due_on == date(2027, 1, 31)
    assert todo.days_left is not None
    assert todo.days_left < 0


@time_machine.travel(NOW, tick=False)
def test_a_draft_waits_for_its_office_and_its_leader() -> None:
    bureau = Body().below()
    draft = bureau.draft()
    address = f"/console/figures/-/returns/{draft.pk}/"
    assert [todo.url for todo in told(bureau)] == [address]
    assert count(bureau.leader) == 1
    assert count(make_scope(bureau.agency, Role.CLERK)) == 0


@time_machine.travel(NOW, tick=False)
def test_a_filed_return_waits_for_the_office_right_above() -> None:
    county = Body()
    bureau = county.below()
    station = bureau.below()
    station.file()
    bureau.file()
    county.draft()
    assert [todo.agency for todo in told(county)][1:] == [bureau.agency.name]
    assert [todo.agency for todo in told(bureau)] == [station.agency.name]
