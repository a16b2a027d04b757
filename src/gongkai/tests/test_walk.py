"""The main job in a browser: a Word file to the public page, the form and back.

On an empty database, with names that the demo's generator never used.
"""

import re
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import PASSWORD, make_agency, make_user
from gongkai.items.models import Item
from gongkai.items.tests import samples
from gongkai.registry.outlets import public_outlets

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from gongkai.testing.browser import NewPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]

TITLE = "霜桥县林业局关于下达退耕还林补助计划的通知"
NUMBER = "霜林发〔2026〕7号"
SHEET = "补助名单.xlsx"


@pytest.fixture
def bureau() -> Agency:
    county = make_agency("霜桥县人民政府", slug="shuangqiao")
    return make_agency("霜桥县林业局", parent=county, slug="shuangqiao-linye")


def notice() -> bytes:
    """A Word notice with a table, as an office writes it."""

    def add_table(document: Any) -> None:
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(
            (cell for row in table.rows for cell in row.cells),
            ("乡镇", "面积（亩）", "苔岭乡", "1204"),
            strict=True,
        ):
            cell.text = text
        document.add_paragraph("霜桥县林业局")
        document.add_paragraph("2026年11月20日")

    return samples.word(
        NUMBER,
        f"^{TITLE}",
        "各乡镇人民政府：",
        "现将今年的退耕还林补助计划下达给你们，请按苔岭乡的面积落实到户。",
        make=add_table,
    )


def sheet_with_hidden_part() -> bytes:
    def make(book: Any) -> None:
        book.active["A1"] = "苔岭乡"
        hidden = book.create_sheet("底册")
        hidden["A1"] = "不该公开的底册"
        hidden.sheet_state = "hidden"

    return samples.workbook(make)


def sign_in(page: "Page", user: User, path: str = "/console/") -> None:
    page.goto(path)
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"**{path}")


def draft(page: "Page", agency: Agency) -> str:
    """The clerk's part; returns the address of the item's record."""
    page.goto("/console/items/new/")
    page.select_option("[name=column]", label="　规划计划和政策")
    page.select_option("[name=kind]", "notice")
    page.set_input_files(
        "[name=document]",
        {"name": "通知.docx", "mimeType": samples.DOCX, "buffer": notice()},
    )
    page.click("main form button[type=submit]")
    page.wait_for_selector(".ProseMirror table")
    assert page.input_value("[name=title]") == TITLE
    assert page.input_value("[name=doc_no]") == NUMBER
    assert page.input_value("[name=made_on]") == "2026-11-20"
    page.set_input_files(
        "[name=files]",
        {"name": SHEET, "mimeType": samples.XLSX, "buffer": sheet_with_hidden_part()},
    )
    page.click("[name=act][value=attach]")
    page.wait_for_selector(f"#files a.file-name:text('{SHEET}')")
    page.check("[name=attribute][value=proactive]")
    page.click("[name=act][value=check]")
    page.wait_for_selector("#hints .bad")
    # Warned: the hidden sheet is named, with its file.
    assert "底册" in page.inner_text("#hints")
    assert SHEET in page.inner_text("#hints")
    page.click("aside form button[type=submit]")
    page.wait_for_url(re.compile(r"/console/items/\d+/$"))
    return page.url


def review(page: "Page", *, explains: bool) -> None:
    """What a reviewer does who comes from the to-do list."""
    page.goto("/console/")
    page.click(f"a.row-link:text('{TITLE}')")
    approve = page.locator("button[name=outcome][value=approved]")
    assert approve.is_disabled()
    with page.expect_download():
        page.click(f"#files button:text('{SHEET}')")
    if explains:
        page.reload()
        page.click("#findings details summary")
        page.fill("#findings textarea", "底册为上年公开内容，已核对。")
        page.click("#findings details button")
    page.wait_for_load_state()
    page.reload()
    page.click("button[name=outcome][value=approved]")
    page.wait_for_url(re.compile(r"/console/"))


def figure(page: "Page", agency: Agency, key: str = "proactive_total") -> int:
    year = timezone.localdate().year
    page.goto(f"/console/figures/{agency.slug}/{year}/?form=2014")
    return int(page.inner_text(f"#cell-{key} .value"))


def test_a_notice_from_the_word_file_to_the_form_and_back(
    new_page: "NewPage", bureau: Agency
) -> None:
    clerk, head, secrecy = (new_page(accept_downloads=True) for _each in range(3))
    sign_in(clerk, make_user(bureau, Role.CLERK))
    sign_in(head, make_user(bureau, Role.SECTION_HEAD))
    sign_in(secrecy, make_user(bureau, Role.SECRECY_REVIEWER))
    before = figure(clerk, bureau)

    record = draft(clerk, bureau)
    review(head, explains=True)
    review(secrecy, explains=False)
    clerk.goto(record)
    clerk.click("form[action$='/publish/'] button")
    clerk.wait_for_load_state()
    item = Item.objects.visible_to_public().get()
    assert item.index_no is not None

    reader = new_page()
    reader.goto("/")
    reader.fill("main [name=q]", "退耕还林 补助")
    reader.press("main [name=q]", "Enter")
    reader.click(f"a:has-text('{TITLE}')")
    assert reader.url.endswith(item.get_absolute_url())
    assert "1204" in reader.inner_text("main table")
    assert reader.locator(f"a:has-text('{SHEET}')").count() == 1
    assert NUMBER in reader.inner_text(".metadata")
    stranger = Client()
    shown = {one.name for one in public_outlets() if one.shows(stranger, item)}

    assert figure(clerk, bureau) == before + 1
    clerk.click("#cell-proactive_total .value a")
    clerk.wait_for_selector(f"#records a:text('{TITLE}')")
    clerk.click(f"#records a:text('{TITLE}')")
    assert clerk.url == record

    head.goto(record + "withdraw/")
    head.fill("[name=note]", "名单有误，核实后重新公布。")
    head.click("main form button[type=submit]")
    head.wait_for_url(record)
    item.refresh_from_db()
    assert [one.name for one in public_outlets() if one.shows(stranger, item)] == []
    assert len(shown) > 10
    reader.reload()
    assert "名单有误" in reader.inner_text("main")
    assert TITLE not in reader.content()
    assert figure(clerk, bureau) == before

    said = StringIO()
    call_command("verify_audit", stdout=said)
    assert said.getvalue()
