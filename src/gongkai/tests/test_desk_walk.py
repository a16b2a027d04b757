"""An application over the Spring Festival of 2026, from the phone to the head's desk.

The days were counted by hand on the State Council's calendar: off from 15 to 23
February, working on Saturdays 14 and 28 February; 清明 off from 4 to 6 April.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import PASSWORD, make_agency, make_user
from gongkai.applications.models import Case
from gongkai.applications.tests.test_portal_in_browser import NEXT, PHONE, file_it

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from gongkai.testing.browser import NewPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]

FILED = date(2026, 2, 9)
CORRECTION_ASKED, CORRECTED = date(2026, 2, 11), date(2026, 2, 25)
SENT, ARRIVED, ANSWERED = date(2026, 2, 27), date(2026, 3, 2), date(2026, 3, 10)
EXTENDED = date(2026, 3, 12)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(at(FILED)) as traveller:
        yield traveller


def at(day: date) -> datetime:
    return datetime.combine(day, time(9), timezone.get_default_timezone())


@pytest.fixture
def bureau() -> Agency:
    county = make_agency("霜桥县人民政府", slug="shuangqiao")
    return make_agency("霜桥县林业局", county, slug="shuangqiao-linye")


def sign_in(page: "Page", user: User) -> None:
    page.goto("/account/sign-in/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/console/")


def do(page: "Page", user: User, case: Case, act: str, **typed: str) -> None:
    """One act on its own page, by somebody who signs in for the day."""
    sign_in(page, user)
    page.goto(f"/console/cases/{case.pk}/do/{act}/")
    for name, value in typed.items():
        if page.locator(f"[name={name}]").first.get_attribute("type") == "radio":
            page.check(f"[name={name}][value={value}]")
        else:
            page.fill(f"[name={name}]", value)
    page.click("#act-form button[type=submit]:not([name=preview])")
    page.wait_for_url(f"**/console/cases/{case.pk}/")
    page.context.clear_cookies()


def due(case: Case) -> date | None:
    case.refresh_from_db()
    return case.due_on


def test_every_date_agrees_with_a_calendar_counted_by_hand(
    new_page: "NewPage", bureau: Agency, clock: Any
) -> None:
    clerk, head = make_user(bureau, Role.CLERK), make_user(bureau, Role.SECTION_HEAD)
    reader, office = new_page(viewport=PHONE), new_page()
    reader.goto(f"/apply/{bureau.slug}/")
    file_it(reader, lambda page: None)
    reader.wait_for_url("**/sent/")
    case, code = Case.objects.get(), reader.inner_text("dd.code")
    assert due(case) == date(2026, 3, 13)

    clock.move_to(at(CORRECTION_ASKED))
    do(office, clerk, case, "take_up")
    do(
        office,
        clerk,
        case,
        "ask_correction",
        on=str(CORRECTION_ASKED),
        text="请写明年度。",
        until="2026-02-27",
    )
    assert due(case) is None

    clock.move_to(at(CORRECTED))
    follow(reader, case, code)
    reader.click(f"a[href='/case/{case.number}/correct/']")
    reader.fill("[name=text]", "2025 年度。")
    reader.click(NEXT)
    reader.wait_for_url(f"**/case/{case.number}/")
    assert due(case) == date(2026, 3, 24)

    clock.move_to(at(SENT))
    do(
        office,
        clerk,
        case,
        "consult_third_party",
        on=str(SENT),
        party="苔岭合作社",
        text="是否同意公开？",
    )
    clock.move_to(at(ARRIVED))
    do(office, clerk, case, "third_party_received", on=str(ARRIVED))
    assert case.consultations.get().due_on == date(2026, 3, 23)
    clock.move_to(at(ANSWERED))
    do(
        office,
        clerk,
        case,
        "third_party_opinion",
        on=str(ANSWERED),
        answer="agrees",
        text="同意。",
    )
    assert due(case) == date(2026, 4, 3)

    clock.move_to(at(EXTENDED))
    do(office, head, case, "extend", on=str(EXTENDED), days="10", text="检索档案")
    assert due(case) == date(2026, 4, 20)

    # Both are told how it was counted, in the same words.
    follow(reader, case, code)
    sign_in(office, clerk)
    office.goto(f"/console/cases/{case.pk}/")
    for page in (reader, office):
        told = page.text_content("main") or ""
        for day in (CORRECTED, SENT, ANSWERED, date(2026, 4, 20)):
            assert str(day) in told, (page.url, day)


def follow(reader: "Page", case: Case, code: str) -> None:
    reader.goto("/case/")
    reader.fill("[name=number]", case.number)
    reader.fill("[name=code]", code)
    reader.click(NEXT)
    reader.wait_for_url(f"**/case/{case.number}/")
