"""A refusal goes to reconsideration, is upheld, goes to court and is corrected there;
the cells of table four follow. axe looks at each page."""

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.applications.models import Case
from gongkai.applications.tests.factories import PDF, Desk, noon
from gongkai.applications.tests.test_portal_in_browser import look
from gongkai.applications.tests.test_registers_in_browser import sign_in
from gongkai.remedies.tests.factories import clerk, refused_case

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
FILE = {"name": "材料.pdf", "mimeType": "application/pdf", "buffer": PDF}
SEND = "main form[data-guard] button[type=submit]"


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def case(desk: Desk) -> Case:
    return refused_case(desk)


def act(page: "Page", name: str, **typed: str) -> None:
    """Open the act from the remedy's page, fill and send it."""
    page.click(f"#acts a[href$='do/{name}/']")
    page.wait_for_selector("#act-form")
    look(page)
    for field, value in typed.items():
        page.fill(f"[name={field}]", value)


def send(page: "Page") -> None:
    page.click(SEND)
    page.wait_for_selector("#history")


def register(page: "Page", **typed: str) -> None:
    look(page)
    for field, value in typed.items():
        page.fill(f"[name={field}]", value)
    page.set_input_files("[name=scan]", FILE)  # type: ignore[arg-type]
    send(page)
    look(page)


def defend(page: "Page", on: str) -> None:
    act(page, "defend", on=on)
    page.set_input_files("[name=defence]", FILE)  # type: ignore[arg-type]
    send(page)


def decide(page: "Page", on: str, outcome: str) -> None:
    act(page, "decide", on=on, served_on=on)
    page.select_option("[name=outcome]", outcome)
    send(page)


@time_machine.travel(noon(date(2025, 12, 1)), tick=True)
def test_a_refusal_is_upheld_on_review_and_corrected_in_court(
    page: "Page", desk: Desk, case: Case
) -> None:
    user_id = clerk(desk).user_id
    assert user_id is not None
    sign_in(page, User.objects.get(pk=user_id))
    page.goto(reverse("applications-console:case", args=[case.pk]))
    page.click("#remedies a[href*='remedies/new']")
    page.select_option("[name=procedure]", "simple")
    register(page, copy_received_on="2025-04-10", body="霜桥县人民政府")
    assert page.locator("text=2025-04-17").count()
    defend(page, "2025-04-16")
    decide(page, "2025-05-12", "upheld")
    page.set_viewport_size({"width": 390, "height": 844})
    page.click("a[href*='follows=']")
    register(page, copy_received_on="2025-06-03", body="霜桥县人民法院")
    defend(page, "2025-06-16")
    decide(page, "2025-09-01", "revoked")
    page.goto("/console/remedies/")
    look(page)
    assert page.locator("tr[data-href]").count() == 2
    year = reverse("statistics:form", args=[desk.agency.slug, 2025])
    for key, number in (
        ("reconsideration.upheld", "FY"),
        ("suit_after_reconsideration.corrected", "SS"),
    ):
        page.goto(f"{year}?cell=remedies.{key}")
        records = page.locator("main a[href*='/console/remedies/']")
        assert records.count() == 1
        assert f"-{number}-2025-" in records.first.inner_text()
