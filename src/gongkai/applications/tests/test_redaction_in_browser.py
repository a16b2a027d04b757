"""A clerk draws three boxes in the browser; the covered words are in no byte."""

from typing import TYPE_CHECKING

import pytest

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import make_agency, make_user
from gongkai.applications.files import Prepared
from gongkai.applications.models import CaseFile
from gongkai.applications.services import redacting
from gongkai.applications.tests.factories import Desk
from gongkai.applications.tests.registers import work
from gongkai.applications.tests.test_portal_in_browser import look
from gongkai.applications.tests.test_registers_in_browser import sign_in
from gongkai.redaction.tests.tricks import clean_pdf_file, hides

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = ((b"KOWALCZYK", 330), (b"QUITTUNG", 230), (b"MALACHOWSKA", 130))


def draw(page: "Page", top: int) -> None:
    """Over the line whose letters stand on ``top`` points from below."""
    frame = page.locator("[data-sheet]").bounding_box()
    assert frame is not None
    across, down = frame["width"] / 300, frame["height"] / 400
    page.mouse.move(frame["x"] + 30 * across, frame["y"] + (400 - top - 25) * down)
    page.mouse.down()
    page.mouse.move(frame["x"] + 200 * across, frame["y"] + (400 - top) * down)
    page.mouse.move(frame["x"] + 270 * across, frame["y"] + (400 - top + 8) * down)
    page.mouse.up()


def test_three_boxes_are_drawn_and_no_word_is_left(page: "Page") -> None:
    desk = Desk(make_agency("霜桥县财政局"))
    case = desk.case()
    shown = b" ".join(
        b"BT /F 24 Tf 40 %d Td (%s) Tj ET" % (top, word) for word, top in WORDS
    )
    source = clean_pdf_file(shown)
    told = Prepared("found", "底册.pdf", "application/pdf", source)
    scope = desk.clerk.scope
    assert scope is not None
    file = redacting.add_found(by=scope, case=case, upload=told)
    sign_in(page, make_user(desk.agency, Role.CLERK))

    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/console/cases/{case.pk}/redaction/")
    look(page)
    page.click("#found form button")
    page.wait_for_selector("[data-sheet]")
    look(page)
    page.set_viewport_size({"width": 1440, "height": 1400})
    for _word, top in WORDS:
        draw(page, top)
    rows = page.locator(".redact-row:has-text('D4')")
    for number in range(1, 4):
        rows.nth(number).locator("select").select_option("D4")
    look(page)
    page.click("button[value=make]")
    page.wait_for_selector(".progress")
    look(page)
    work()
    page.wait_for_selector(".redact-report")
    look(page)

    copy = CaseFile.objects.get(kind="released")
    data = redacting.plain_bytes(copy)
    for word, _top in WORDS:
        assert hides(redacting.plain_bytes(file), word)
        assert not hides(data, word)
    redaction = file.redactions.get()
    assert len(redacting.boxes_of(redaction)) == 3
    assert redaction.boxes_painted == 3
