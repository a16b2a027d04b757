"""A citizen files at phone width and follows the case; axe looks at every page."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from gongkai.agencies.models import Agency
from gongkai.agencies.tests.factories import make_agency
from gongkai.applications.models import Case
from gongkai.applications.tests.factories import PDF
from gongkai.applications.tests.filing import RESIDENT_NO, SUBJECT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from gongkai.testing.browser import NewPage

Look = Callable[["Page"], None]
pytestmark = pytest.mark.django_db(transaction=True)
WCAG = ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice")
PHONE = {"width": 390, "height": 844}
NEXT = "main form .actions button:not([value=save])"


@pytest.fixture
def bureau() -> Agency:
    county = make_agency("霜桥县人民政府", slug="shuangqiao")
    return make_agency("霜桥县林业局", county, slug="shuangqiao-linye")


def look(page: "Page") -> None:
    """No finding, nothing that leaves the narrow screen."""
    from axe_playwright_python.sync_playwright import Axe

    report = Axe().run(page, options={"runOnly": list(WCAG)}).response
    found = [(one["id"], one["nodes"][0]["html"]) for one in report["violations"]]
    assert found == [], page.url
    room = page.evaluate("innerWidth - document.documentElement.scrollWidth")
    assert room >= 0, page.url


def go_on(page: "Page", look: Look) -> None:
    look(page)
    page.click(NEXT)
    page.wait_for_load_state()


def file_it(page: "Page", look: Look) -> None:
    go_on(page, look)  # from the start page
    page.click(NEXT)  # nothing typed: the errors are looked at as well
    page.wait_for_selector(".error-summary")
    look(page)
    page.fill("[name=subject]", SUBJECT)
    go_on(page, look)
    page.check("[name=more][value=no]")
    go_on(page, look)
    page.check("[name=kind][value=natural_person]")
    go_on(page, look)
    page.fill("[name=name]", "柳青河")
    page.fill("[name=identity_no]", RESIDENT_NO)
    go_on(page, look)
    page.check("[name=has_agent][value=no]")
    go_on(page, look)
    page.fill("[name=phone]", "13800138000")
    page.fill("[name=email]", "liu@example.org")
    go_on(page, look)
    page.check("[name=way][value=email]")
    go_on(page, look)
    page.set_input_files(
        "[name=files]",
        {"name": "身份证.pdf", "mimeType": "application/pdf", "buffer": PDF},
    )
    page.click("[name=act][value=add]")
    page.wait_for_selector(".kept")
    go_on(page, look)
    go_on(page, look)  # the summary


def test_an_application_is_filed_and_followed_on_a_phone(
    new_page: "NewPage", bureau: Agency
) -> None:
    walk(new_page(viewport=PHONE), look)


def test_all_of_it_works_without_a_script(new_page: "NewPage", bureau: Agency) -> None:
    walk(new_page(viewport=PHONE, java_script_enabled=False), lambda page: None)


def walk(page: "Page", look: Look) -> None:
    page.goto("/apply/")
    look(page)
    page.click("text=霜桥县林业局")
    file_it(page, look)
    page.wait_for_url(re.compile("/sent/$"))
    look(page)
    case = Case.objects.get()
    code = page.inner_text("dd.code")
    assert page.inner_text("dd.number >> nth=0") == case.number
    assert str(case.due_on) in page.inner_text(".receipt")
    page.click(".receipt a")
    look(page)
    page.goto("/case/")
    page.fill("[name=number]", case.number)
    page.fill("[name=code]", code)
    go_on(page, look)
    page.wait_for_url(re.compile(f"/case/{case.number}/$"))
    look(page)
    page.click(f"a[href='/case/{case.number}/withdraw/']")
    go_on(page, look)
    assert Case.objects.get().stage == "withdrawn"
    look(page)


def test_the_other_pages_hold_nothing_against_the_reader(
    new_page: "NewPage", bureau: Agency
) -> None:
    page = new_page(viewport=PHONE)
    query = "received=2026-02-13&channel=in_person&third-party-sent=2026-02-25"
    for address in (
        "/apply/calculator/",
        f"/apply/calculator/?{query}&third-party-opinion=2026-03-10",
        "/apply/calculator/?received=x&corrected=2026-01-01",
        f"/apply/{bureau.slug}/form/",
        "/apply/back/",
    ):
        page.goto(address)
        look(page)
    page.emulate_media(color_scheme="dark")
    page.goto(f"/apply/calculator/?{query}&third-party-opinion=2026-03-10")
    look(page)


def test_large_type_leaves_nothing_beside_the_screen(
    new_page: "NewPage", bureau: Agency
) -> None:
    page = new_page(viewport=PHONE)
    page.goto("/display/?type=large&next=/apply/")
    for address in (
        "/apply/",
        "/apply/calculator/?received=2026-02-13&channel=in_person",
        f"/apply/{bureau.slug}/",
        f"/apply/{bureau.slug}/form/",
        "/case/",
    ):
        page.goto(address)
        look(page)
