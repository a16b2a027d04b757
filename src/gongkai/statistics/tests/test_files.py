"""One form, three kinds of file: what is on the screen is what goes out."""

import html
import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest
from django.urls import reverse

from gongkai import returns
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of, signed_in
from gongkai.applications.tests.factories import Desk
from gongkai.applications.tests.ledgers import fill
from gongkai.registry.measures import Period
from gongkai.registry.papers import RuledTable
from gongkai.returns.layout import grids
from gongkai.statistics import papers, sheets
from gongkai.statistics.models import Filing, Reach
from gongkai.statistics.services import filing
from gongkai.statistics.tests.factories import FOOT, Body

pytestmark = pytest.mark.django_db
NEW = "applications.new_received.total"


def of_xlsx(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    words = [str(cell.value) for cell in cells if cell.value is not None]
    return "\n".join([*book.sheetnames, *words])


def of_docx(data: bytes) -> str:
    document: Any = docx.Document(io.BytesIO(data))
    words = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        words += [cell.text for row in table.rows for cell in row.cells]
    return "\n".join(words)


def of_pdf(data: bytes) -> str:
    found = []
    with pypdfium2.PdfDocument(data) as document:
        for number in range(len(document)):
            page = document[number]
            words = page.get_textpage()
            found.append(words.get_text_range())
            words.close()
            page.close()
    return "\n".join(found)


KINDS: dict[str, Callable[[bytes], str]] = {
    "xlsx": of_xlsx,
    "docx": of_docx,
    "pdf": of_pdf,
}


def filed_one(body: Body) -> Filing:
    """733 new applications by an override that both sides of the balance carry."""
    draft = body.draft()
    for row in ("new_received", "carried_out"):
        for column in ("natural_person", "total"):
            filing.override(
                by=body.office,
                filing=draft,
                key=f"applications.{row}.{column}",
                value="733",
                reason="纸质登记漏录",
            )
    return body.file(draft)


@pytest.mark.parametrize("kind", KINDS)
def test_a_return_goes_out_with_figures_foot_quality_and_seal(kind: str) -> None:
    county = Body()
    found = filed_one(county)
    address = reverse(f"statistics:filing-{kind}", args=[found.pk])
    answer = signed_in(county.office).get(address)
    assert f"v1.{kind}" in answer["Content-Disposition"]
    text = KINDS[kind](answer.content).replace("\r\n", "")
    for word in (
        *(county.agency.name, "收到和处理政府信息公开申请情况", "尚未审结"),
        *("733", FOOT.head, FOOT.reviewer, "2026-01-20", "改动计算值 4 项"),
        found.content_hash[:16],
    ):
        assert word in text, word


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_says_that_it_is_one(kind: str) -> None:
    county = Body()
    draft = county.draft()
    address = reverse(f"statistics:filing-{kind}", args=[draft.pk])
    assert "草稿" in KINDS[kind](signed_in(county.office).get(address).content)


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_goes_out_for_the_period_and_scope_on_the_screen(kind: str) -> None:
    county = Body()
    bureau = county.below()
    Desk(bureau.agency).case(received_on=date(2025, 2, 20))
    client = signed_in(county.office)
    kwargs = {"slug": county.agency.slug, "year": 2025}
    address = reverse(f"statistics:form-{kind}", kwargs=kwargs)
    text = KINDS[kind](client.get(address, {"period": "q1", "reach": "area"}).content)
    assert "2025-01-01/2025-03-31" in text
    assert f"{county.agency.name}（全地区）" in text
    clerk = client_of(county.agency, Role.CLERK)
    assert clerk.get(address).status_code == 200
    assert clerk.get(address, {"reach": "area"}).status_code == 404


@pytest.mark.parametrize("as_of", ["", "2026-01-20"])
def test_every_file_that_the_form_page_offers_is_there(as_of: str) -> None:
    county = Body()
    client = signed_in(county.office)
    kwargs = {"slug": county.agency.slug, "year": 2025}
    page = client.get(reverse("statistics:form", kwargs=kwargs), {"as_of": as_of})
    links = re.findall(r'href="([^"]+/form\.\w+\?[^"]+)"', page.content.decode())
    assert len(links) == len(KINDS)
    for link in links:
        assert client.get(html.unescape(link)).status_code == 200, link


@pytest.mark.parametrize("name", returns.list_forms())
def test_every_figure_and_label_of_a_form_stands_on_its_paper(name: str) -> None:
    form = returns.load_form(name)
    body = Body()
    written = sheets.written_of(body.agency, form, Period.year(2025))
    values = {key: 100_000 + number for number, key in enumerate(form.by_key)}
    paper = papers.paper(written, values, {}, ())
    tables = [block for block in paper.blocks if isinstance(block, RuledTable)]
    shown = [cell.text for table in tables for cell in table.cells]
    for grid in grids(form):
        for box in grid.boxes:
            assert box.key or any(text.endswith(box.text) for text in shown)
    counts = [row for row in form.figures if row.unit != "万元"]
    for row in counts:
        assert f"{values[str(row.key)]:,}" in shown


def test_the_areas_return_is_named_as_one() -> None:
    county = Body()
    fill([county.agency], 20, seed=1)
    county.file()
    area = county.draft(reach=Reach.AREA)
    assert sheets.written_as(area).name == f"{county.agency.name}（全地区）"
