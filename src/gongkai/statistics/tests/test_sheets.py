"""A template out and back: taken over whole, or refused with sheet, cell and value."""

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai import returns
from gongkai.agencies.tests.clients import signed_in
from gongkai.registry.measures import Period
from gongkai.returns.tests import vectors
from gongkai.statistics import filed, sheets
from gongkai.statistics.exceptions import MovedOn
from gongkai.statistics.models import Filing, FilingCell, Override
from gongkai.statistics.services.uploading import take_sheet
from gongkai.statistics.sheets import written_of
from gongkai.statistics.tests.factories import YEAR, Body

pytestmark = pytest.mark.django_db
FORM = returns.load_form("2021")
CASES = "收到和处理政府信息公开申请情况"
NEW = "applications.new_received"


def written(body: Body, form: str = "2021", year: int = 2025) -> sheets.Written:
    return written_of(body.agency, returns.load_form(form), Period.year(year))


def filled(body: Body, change: Callable[[Any], None] | None = None) -> bytes:
    """The template with noughts, but for two applications that were granted."""
    values: dict[str, Any] = dict.fromkeys(FORM.by_key, 0)
    for row in ("new_received", "granted", "results_total"):
        for kind in ("natural_person", "total"):
            values[f"applications.{row}.{kind}"] = 2
    values["disclosure.fees.amount_yuan"] = Decimal("123456.00")
    data = sheets.workbook(written(body), values, {})
    return changed(data, change) if change else data


def changed(data: bytes, change: Callable[[Any], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize("name", returns.list_forms())
def test_what_is_written_is_read_back(name: str) -> None:
    body = Body()
    form = returns.load_form(name)
    values: dict[str, Any] = {
        key: Decimal(number * 100) if row.is_money else number
        for number, (key, row) in enumerate(form.by_key.items())
    }
    told = written(body, name)
    assert sheets.read(told, sheets.workbook(told, values, {})) == values


def test_an_empty_cell_is_unknown_and_not_zero() -> None:
    body = Body()
    found = sheets.read(written(body), sheets.workbook(written(body), {}, {}))
    assert set(found) == set(FORM.by_key)
    assert set(found.values()) == {None}


def test_a_township_without_the_system_files_by_its_sheet() -> None:
    county = Body()
    town = county.below()
    draft = take_sheet(
        by=county.office,
        agency=town.agency,
        form=FORM,
        period=YEAR,
        data=filled(town),
    )
    values = filed.draft(draft).values
    assert values[f"{NEW}.total"] == 2
    assert values["disclosure.fees.amount_yuan"] == Decimal("123456.00")
    # Signed on paper: the office above files it in the body's name.
    found = Body.file(FiledBy(county, town), draft)
    assert found.state == Filing.State.FILED
    cell = FilingCell.objects.get(filing=found, key=f"{NEW}.total")
    assert (cell.computed, cell.record_model) == (None, "")


class FiledBy(Body):
    def __init__(self, above: Body, town: Body) -> None:
        self.agency, self.leader = town.agency, above.office


def _letters(book: Any) -> None:
    book[CASES]["D7"] = "二十"
    book[CASES]["E7"] = -1


def _typed_otherwise(book: Any) -> None:
    for address, typed in {"D7": "1,204", "E7": "２", "F7": "3件", "G7": 2.5}.items():
        book[CASES][address] = typed


def _formula(book: Any) -> None:
    book[CASES]["J7"] = "=SUM(D7:I7)"


def _swapped(book: Any) -> None:
    sheet = book[CASES]
    sheet["E6"], sheet["F6"] = sheet["F6"].value, sheet["E6"].value


def _without_sheet(book: Any) -> None:
    del book[CASES]


def _without_mark(book: Any) -> None:
    book.worksheets[0]["A2"] = "填报单位"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_letters, (CASES, "D7", "二十", "E7", "-1")),
        (_typed_otherwise, ("D7", "1,204", "E7", "２", "F7", "3件", "G7", "2.5")),
        (_formula, (CASES, "J7")),
        (_swapped, (CASES, "E6", "科研机构", "商业企业")),
        (_without_sheet, (CASES,)),
        (_without_mark, ("A2",)),
    ],
)
def test_a_bad_template_is_refused_by_sheet_cell_and_value(
    change: Callable[[Any], None], words: tuple[str, ...]
) -> None:
    body = Body()
    with pytest.raises(sheets.BadSheet) as refused:
        take_sheet(
            by=body.office,
            agency=body.agency,
            form=FORM,
            period=YEAR,
            data=filled(body, change),
        )
    told = "\n".join(refused.value.sentences)
    for word in words:
        assert word in told
    assert not Filing.objects.exists()
    assert not Override.objects.exists()


@pytest.mark.parametrize(
    ("form", "year", "word"), [("2021", 2024, "2024"), ("2019", 2025, "2019")]
)
def test_another_year_or_form_is_refused(form: str, year: int, word: str) -> None:
    body = Body()
    other = sheets.workbook(written(body, form, year), {}, {})
    with pytest.raises(sheets.BadSheet, match=word):
        sheets.read(written(body), other)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"a,b\n1,2\n"])
def test_what_is_no_template_is_refused(data: bytes) -> None:
    with pytest.raises(sheets.BadSheet):
        sheets.read(written(Body()), data)


def test_another_bodys_template_is_refused() -> None:
    body = Body()
    with pytest.raises(sheets.BadSheet):
        sheets.read(written(Body()), filled(body))


def test_a_sheet_does_not_overwrite_a_draft_from_the_ledgers() -> None:
    body = Body()
    body.draft()
    with pytest.raises(MovedOn):
        take_sheet(
            by=body.office,
            agency=body.agency,
            form=FORM,
            period=YEAR,
            data=filled(body),
        )


def test_a_sheet_brought_again_replaces_the_figures() -> None:
    body = Body()
    told: dict[str, Any] = {
        "by": body.office,
        "agency": body.agency,
        "form": FORM,
        "period": YEAR,
    }
    take_sheet(**told, data=filled(body))
    empty = sheets.workbook(written(body), {}, {})
    draft = take_sheet(**told, data=empty)
    assert set(filed.draft(draft).values.values()) == {None}


def test_the_page_lists_every_cell_and_keeps_nothing() -> None:
    county = Body()
    town = county.below()
    address = reverse(
        "statistics:upload", kwargs={"slug": town.agency.slug, "year": 2025}
    )
    client = signed_in(county.office)
    assert client.get(address).status_code == 200
    bad = SimpleUploadedFile("表.xlsx", filled(town, _letters))
    answer = client.post(address, {"file": bad})
    assert "D7" in answer.content.decode()
    assert not Filing.objects.exists()
    good = SimpleUploadedFile("表.xlsx", filled(town))
    assert client.post(address, {"file": good}).status_code == 302
    template = reverse(
        "statistics:template", kwargs={"slug": town.agency.slug, "year": 2025}
    )
    assert client.get(template).status_code == 200


def test_the_filled_form_of_2016_goes_out_and_comes_back() -> None:
    body = Body()
    form = returns.load_form("2014")
    told = written_of(body.agency, form, Period.year(2016))
    data = sheets.workbook(told, vectors.seed_003(form), {})
    values = sheets.read(told, data)
    result = returns.check(form, values)
    assert result.errors == ()
    assert result.warnings
    assert values["funds_yuan"] == Decimal(20000)


def test_the_day_stands_in_the_foot() -> None:
    found = Filing(head="陈立群", filled_on=date(2026, 1, 20))
    assert sheets.foot_of(found)["填报日期"] == "2026-01-20"
