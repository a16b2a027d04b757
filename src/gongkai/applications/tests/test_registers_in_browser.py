"""The wizard, the summary and the export on a narrow screen; axe looks at each page."""

from typing import TYPE_CHECKING

import pytest

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import PASSWORD, make_agency, make_user
from gongkai.applications.models import Case
from gongkai.applications.tests.registers import book, many, old_row, work
from gongkai.applications.tests.test_portal_in_browser import look

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def agency() -> Agency:
    return make_agency("霜桥县财政局")


@pytest.fixture
def head(agency: Agency) -> User:
    return make_user(agency, Role.OGI_OFFICE)


def sign_in(page: "Page", user: User) -> None:
    page.goto("/account/sign-in/")
    page.fill("input[name=username]", user.username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/console/**")


def test_a_register_comes_in_and_is_summed_up(page: "Page", head: User) -> None:
    sign_in(page, head)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/console/cases/import/")
    look(page)
    rows = [*many(30), old_row(答复结果="不予公开")]
    file = {"name": "台账.xlsx", "mimeType": XLSX, "buffer": book(rows)}
    page.set_input_files("input[type=file]", file)  # type: ignore[arg-type]
    page.click("main form[enctype] button[type=submit]")
    page.wait_for_url("**/import/*/")
    look(page)
    page.click("form[action$='columns/'][method=post] button[type=submit]")
    page.wait_for_selector(".progress")
    look(page)
    work()
    # htmx asks again by itself, and the page of the outcome follows.
    page.wait_for_selector("#errors")
    look(page)
    page.click("form[action$='bring-in/'] button[type=submit]")
    page.wait_for_selector(".progress")
    work()
    page.wait_for_selector(".tag.ok")
    look(page)
    assert Case.objects.count() == 30
    page.goto("/console/cases/summary/?year=2021&quarter=1")
    look(page)
    page.locator(".chart summary").first.click()
    look(page)
    page.locator(".summary-table a").first.click()
    page.wait_for_selector("tr[data-href]")
    look(page)
    page.goto("/console/cases/export/?state=all")
    look(page)
