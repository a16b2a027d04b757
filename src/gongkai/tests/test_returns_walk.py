"""The returns of a year in a browser: an OGI office takes them, sums them, corrects.

On an empty database, with names that the demo's generator never used.
"""

import io
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.utils import timezone

from gongkai import returns
from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import PASSWORD, make_agency, make_user, scope
from gongkai.applications.models import Case
from gongkai.applications.services import handling
from gongkai.applications.tests.factories import REPLY, Desk, noon
from gongkai.items.tests.samples import XLSX
from gongkai.registry.measures import Period
from gongkai.statistics import filed
from gongkai.statistics.models import Filing, FilingCell, Reach
from gongkai.statistics.services import deciding, filing
from gongkai.statistics.services.filing import Foot

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from gongkai.testing.browser import NewPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]

YEAR = timezone.localdate().year - 1
NEW, GRANTED, OPEN = (
    f"applications.{row}.total" for row in ("new_received", "granted", "carried_out")
)
IN_FORCE = "disclosure.normative_documents.in_force"
SUBJECT = "苔岭水库移民补偿明细"
CASES = "收到和处理政府信息公开申请情况"
FOOT = {
    "head": "岳知行",
    "reviewer": "宋临川",
    "filer": "许问渠",
    "phone": "0888-7700123",
    "filled_on": f"{YEAR + 1}-03-02",
}


class House:
    """A body with the people who prepare and sign its return."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        self.office = make_user(agency, Role.OGI_OFFICE)
        self.leader = make_user(agency, Role.LEADER)

    def file(self, day: date, year: int = YEAR, **overridden: str) -> Filing:
        now, by = noon(day), scope(self.office)
        draft = filing.begin(
            by=by,
            agency=self.agency,
            form=returns.load_form("2021"),
            period=Period.year(year),
            now=now,
        )
        for key, value in overridden.items():
            filing.override(
                by=by, filing=draft, key=key, value=value, reason="纸质文件", now=now
            )
        for warning in filed.draft(draft).result.warnings:
            filing.explain(
                by=by,
                filing=draft,
                relation=str(warning.relation),
                note="上年多计一件纸质文件。",
                now=now,
            )
        foot = Foot("岳知行", "宋临川", "许问渠", "0888-7700123", day)
        return filing.file(by=scope(self.leader), filing=draft, foot=foot, now=now)


class County(House):
    """Last year's returns: one in time, one late with a broken relation."""

    def __init__(self) -> None:
        super().__init__(make_agency("霜桥县人民政府", slug="shuangqiao"))
        self.forest = House(self.below("霜桥县林业局", "shuangqiao-linye"))
        self.water = House(self.below("霜桥县水务局", "shuangqiao-shuiwu"))
        self.town = self.below("苔岭乡人民政府", "tailing")
        self.open_case = Desk(self.forest.agency).case(received_on=date(YEAR, 12, 20))
        Desk(self.water.agency).receive(SUBJECT, received_on=date(YEAR, 12, 3))
        self.in_time = self.forest.file(date(YEAR + 1, 1, 20))
        older = self.water.file(date(YEAR, 1, 20), YEAR - 1, **{IN_FORCE: "1"})
        deciding.accept(by=scope(self.office), filing=older)
        self.late = self.water.file(date(YEAR + 1, 2, 10))

    def below(self, name: str, slug: str) -> Agency:
        parent = Agency.objects.get(pk=self.agency.pk)
        return make_agency(name, parent, slug=slug)


def sign_in(page: "Page", user: User) -> None:
    page.goto("/account/sign-in/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/console/")


def row_of(page: "Page", name: str) -> "Locator":
    page.goto("/console/figures/-/returns/")
    return page.locator("tbody tr", has_text=name).first


def cell(key: str) -> str:
    return f"[id='cell-{key}']"


def file_it(page: "Page", found: Filing) -> None:
    page.goto(f"/console/figures/-/returns/{found.pk}/file/")
    for name, value in FOOT.items():
        page.fill(f"[name={name}]", value)
    page.click("form.confirm button[type=submit]")
    page.wait_for_url(f"**/returns/{found.pk}/")


def accept(page: "Page", found: Filing) -> None:
    page.goto(f"/console/figures/-/returns/{found.pk}/")
    page.click("a[href$='/accept/']")
    page.click("form.confirm button[type=submit]")
    page.wait_for_url(f"**/returns/{found.pk}/")


def filled(template: bytes) -> bytes:
    """As a township types it: two applications, both granted."""
    book: Any = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book[CASES]
    labels = {str(sheet.cell(row, 1).value): row for row in range(1, 40)}
    labels |= {str(sheet.cell(row, 2).value): row for row in range(1, 40)}
    for label in ("一、本年新收政府信息公开申请数量", "（一）予以公开", "（七）总计"):
        row = labels[label]
        sheet.cell(row, 4, 2)
        for column in range(5, 10):
            sheet.cell(row, column, 0)
        sheet.cell(row, 10, 2)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def snapshot(*found: Filing) -> list[Any]:
    rows = Filing.objects.filter(pk__in=[one.pk for one in found]).order_by("pk")
    cells = FilingCell.objects.filter(filing__in=rows).order_by("pk")
    return [
        *rows.values_list(),
        *(
            (one.key, one.computed, one.value, one.reason, bytes(one.records))
            for one in cells
        ),
    ]


def test_the_returns_of_a_year_are_taken_and_what_was_filed_stays(
    new_page: "NewPage",
) -> None:
    county = County()
    office, leader = new_page(accept_downloads=True), new_page()
    sign_in(office, county.office)
    sign_in(leader, county.leader)

    look_at_the_late_one(office)
    return_one_cell(office, county.late)
    accept(office, county.in_time)
    by_sheet = file_for_the_township(office, county.town)
    own = file_the_countys_own(office, leader, county)
    states = dict(Filing.objects.filter(first__year=YEAR).values_list("pk", "state"))
    assert states == {
        county.in_time.pk: "accepted",
        county.late.pk: "returned",
        by_sheet.pk: "accepted",
        own.pk: "filed",
    }

    before = snapshot(county.in_time, by_sheet, own)
    seen = figures_on(office, county.in_time)
    # Replied to in December after all: entered today.
    change_the_ledger(county.forest.agency, county.open_case)
    assert snapshot(county.in_time, by_sheet, own) == before
    assert figures_on(office, county.in_time) == seen
    shows_what_a_correction_would_change(office, new_page(), county)


def look_at_the_late_one(page: "Page") -> None:
    late = row_of(page, "霜桥县水务局")
    assert "迟报" in late.inner_text()
    missing = row_of(page, "苔岭乡人民政府")
    assert "逾期未报" in missing.inner_text()
    row_of(page, "霜桥县水务局").locator("th a").click()
    page.wait_for_selector(f"{cell(IN_FORCE)}.warn")
    told = page.inner_text("#relations")
    assert "0 ≠ 1 + 0 - 0" in told
    assert "上年多计一件纸质文件" in told
    page.click(f"{cell(NEW)} a")
    page.click(f"#records a:has-text('{SUBJECT}')")
    page.wait_for_url("**/console/cases/*/")
    assert SUBJECT in page.inner_text("main")


def return_one_cell(page: "Page", found: Filing) -> None:
    page.goto(f"/console/figures/-/returns/{found.pk}/")
    page.click(f"{cell(IN_FORCE)} a")
    page.fill("form[action$='/remark/'] [name=text]", "请附清理文件目录。")
    page.click("form[action$='/remark/'] button")
    page.wait_for_selector("#records .remark:has-text('请附清理文件目录')")
    page.click("form[action$='/return/'] button")
    page.wait_for_selector(".bar :text('已退回')")
    assert found.remarks.get().key == IN_FORCE


def file_for_the_township(page: "Page", town: Agency) -> Filing:
    row_of(page, town.name).locator("a[href*='/template/']").click()
    with page.expect_download() as download:
        page.click("a[href*='template.xlsx']")
    template = download.value.path().read_bytes()
    page.set_input_files(
        "[name=file]",
        {"name": "苔岭乡.xlsx", "mimeType": XLSX, "buffer": filled(template)},
    )
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile(r"/returns/\d+/$"))
    draft = Filing.objects.get(agency=town)
    assert page.inner_text(f"{cell(GRANTED)} a") == "2"
    file_it(page, draft)
    accept(page, draft)
    return draft


def file_the_countys_own(office: "Page", leader: "Page", county: County) -> Filing:
    address = f"/console/figures/{county.agency.slug}/{YEAR}/"
    office.goto(address)
    office.click("form[action$='/return/'] button")
    office.wait_for_url(re.compile(r"/returns/\d+/$"))
    own = Filing.objects.get(agency=county.agency, reach=Reach.OWN)
    file_it(leader, own)
    return own


def figures_on(page: "Page", found: Filing) -> list[str]:
    page.goto(f"/console/figures/-/returns/{found.pk}/")
    return page.locator(".grid td").all_inner_texts()


def change_the_ledger(agency: Agency, case: Case) -> None:
    desk = Desk(agency)
    handling.take_up(actor=desk.clerk, case=case)
    handling.reply(
        actor=desk.clerk, case=case, on=date(YEAR, 12, 29), result="R1", files=[REPLY]
    )


def shows_what_a_correction_would_change(
    office: "Page", page: "Page", county: County
) -> None:
    office.goto(f"/console/figures/-/returns/{county.in_time.pk}/")
    office.click("#changes a")
    told = office.locator("#changes tbody tr").all_inner_texts()
    assert any(re.search(r"予以公开·总计\s+0\s+1", line) for line in told), told
    sign_in(page, county.forest.office)
    page.goto(f"/console/figures/-/returns/{county.in_time.pk}/")
    page.fill("form[action$='/return/'] [name=public_note]", "补计一件年底答复。")
    page.click("form[action$='/return/'] button")
    page.wait_for_selector("main :text('补计一件年底答复')")
    assert page.inner_text(f"{cell(GRANTED)} a") == "1"
    page.click("a[href$='/versions/']")
    rows = page.locator("tbody tr").all_inner_texts()
    assert any(re.search(r"予以公开·总计\s+0\s+1", line) for line in rows), rows
