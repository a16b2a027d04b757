"""From the clerk's .docx to the public table and back: one walk, axe at each page."""

from typing import TYPE_CHECKING

import pytest

from gongkai.accounts.models import User
from gongkai.agencies.tests.factories import PASSWORD, make_agency
from gongkai.applications.tests.test_portal_in_browser import look
from gongkai.items.choices import Kind
from gongkai.items.services import publishing
from gongkai.items.tests.factories import Office
from gongkai.registry.files import DOCX
from gongkai.reports.models import Reading, Verdict
from gongkai.reports.tests.factories import docx, form_table, text_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from gongkai.testing.browser import NewPage

pytestmark = pytest.mark.django_db(transaction=True)
FORM = {
    **{"proactive_total": 330, "channel_total": 330, "channel_website": 330},
    **{"response_total": 16, "responses": 1, "response_channel_total": 15},
    **{"press_conferences": 3, "interpretations": 12},
    **{"applications_section": 25, "applications_received": 25},
    **{"applications_in_person": 4, "applications_by_network": 15},
    **{"applications_by_letter": 6, "applications_closed": 25},
    **{"closed_on_time": 25, "applications_replied": 25, "granted": 25},
    **{"litigations": 1, "litigations_upheld": 1},
}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def office() -> Office:
    return Office(make_agency("霜桥县林业局", parent=make_agency("霜桥县人民政府")))


@pytest.fixture
def report(office: Office) -> bytes:
    """Its text says 320 items, its form 330."""
    return docx(text_of(office.agency.name), form_table(**FORM))


def sign_in(page: "Page", office: Office) -> None:
    page.goto("/account/sign-in/")
    user = User.objects.get(pk=office.clerk.user)
    page.fill("input[name=username]", user.username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/console/**")


def upload(page: "Page", report: bytes) -> None:
    page.goto("/console/reports/new/")
    look(page)
    file = {"name": "年报.docx", "mimeType": DOCX, "buffer": report}
    page.set_input_files("input[type=file]", file)  # type: ignore[arg-type]
    page.click("form[enctype] button[type=submit]")
    page.wait_for_selector(".read-text")
    look(page)


def check(page: "Page") -> None:
    """See the finding, go to its words, correct the text's figure, accept the rest."""
    finding = page.locator("[id^=finding-]").first
    assert "320" in finding.inner_text()
    assert "330" in finding.inner_text()
    finding.locator("a").first.click()
    assert page.evaluate("document.querySelector(':target') !== null")
    claim = page.locator("[id^=claim-]", has_text="320").first
    claim.locator("summary").click()
    claim.locator("input[name=value]").fill("330")
    claim.locator("details button").click()
    page.wait_for_load_state()
    assert page.locator(".read-mark.corrected").count() == 1
    look(page)
    page.click("form[action$='/accept/'] button")
    page.wait_for_selector(".read-mark.accepted")
    look(page)


def test_a_report_is_read_checked_shown_compared_and_withdrawn(
    new_page: "NewPage", office: Office, report: bytes
) -> None:
    clerk, reader = new_page(), new_page(viewport=PHONE)
    sign_in(clerk, office)
    upload(clerk, report)
    check(clerk)
    uploaded = Reading.objects.get()
    assert uploaded.claims.filter(verdict=Verdict.CORRECTED).count() == 1
    item = office.published(
        files=[("年报.docx", report)],
        title=f"{office.agency.name}2017年政府信息公开工作年度报告",
        body="<p>全文见附件。</p>",
        kind=Kind.ANNUAL_REPORT,
        column=office.column("annual-reports"),
    )
    reader.goto(item.get_absolute_url())
    assert reader.locator("#figures").count() == 0
    clerk.goto("/console/reports/new/")
    clerk.click("form[action*='/new/'] button")
    # What was said of the uploaded file holds for the same text published.
    clerk.wait_for_selector(".read-mark.corrected")
    assert clerk.locator(".read-mark.open").count() == 0
    reader.reload()
    look(reader)
    assert "330" in reader.locator("#figures").inner_text()
    reader.goto("/figures/?indicator=proactive_total")
    look(reader)
    assert reader.locator("table", has_text="330").count() == 1
    reader.goto(f"/figures/a/{office.agency.slug}/")
    look(reader)
    publishing.withdraw(by=office.head, item=item, note="数据有误")
    reader.goto("/figures/?indicator=proactive_total")
    assert reader.locator("table").count() == 0
    reader.goto(item.get_absolute_url())
    assert reader.locator("#figures").count() == 0


def test_without_scripts_a_figure_leads_to_its_words_and_back(
    new_page: "NewPage", office: Office, report: bytes
) -> None:
    page = new_page(java_script_enabled=False)
    sign_in(page, office)
    page.goto("/console/reports/new/")
    file = {"name": "年报.docx", "mimeType": DOCX, "buffer": report}
    page.set_input_files("input[type=file]", file)  # type: ignore[arg-type]
    page.click("form[enctype] button[type=submit]")
    page.wait_for_selector(".read-text")
    page.locator("[id^=claim-] .note a").first.click()
    assert "#quote-" in page.url
    page.locator(".read-mark").first.click()
    assert "#claim-" in page.url or "#finding-" in page.url
