"""Reading what offices send: sheets and CSV in their own encodings and habits."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from gongkai.registry.imports import guessing, tables
from gongkai.registry.imports.importers import Column
from gongkai.registry.imports.tables import NotReadable, is_cut_number, rows_of

COLUMNS = (
    Column("serial", "序号"),
    Column("received_on", "收到日期", ("收到时间", "申请日期"), required=True),
    Column("name", "申请人", ("申请人姓名",), required=True),
    Column("kind", "申请人类型", ("类型",)),
    Column("result", "答复结果", ("办理结果",)),
)


def book(*rows: list[object], hidden: bool = False) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if hidden:
        made.create_sheet("说明").append(["先看这里"])
        sheet.sheet_state = "hidden"
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_csv_in_the_encodings_of_offices(encoding: str, sign: str) -> None:
    text = f"序号{sign}申请人\r\n1{sign}柳青河\r\n\r\n2{sign}𠮷某\r\n"
    rows = list(rows_of(text.encode(encoding)))
    assert rows == [(1, ("序号", "申请人")), (2, ("1", "柳青河")), (4, ("2", "𠮷某"))]


def test_cells_become_plain_text() -> None:
    data = book(
        [
            date(2024, 3, 18),
            datetime.fromisoformat("2024-03-18 09:05"),
            7.0,
            2.5,
            True,
            " 甲\u3000",
        ]
    )
    assert list(rows_of(data)) == [
        (1, ("2024-03-18", "2024-03-18 09:05", "7", "2.5", "是", "甲"))
    ]


def test_a_number_that_lost_its_digits_is_seen() -> None:
    (_number, (card, phone)), *_rest = rows_of(book([350121198511021237, 13800138000]))
    assert is_cut_number(card)
    assert not is_cut_number(phone)


def test_empty_rows_are_left_out_and_numbers_stay() -> None:
    assert [number for number, _row in rows_of(book(["a"], [None], ["b"]))] == [1, 3]


def test_a_hidden_sheet_is_not_offered() -> None:
    assert tables.sheet_names(book(["a"], hidden=True)) == ["说明"]


@pytest.mark.parametrize(
    "data", [b"", b"\0\1\2", b"\xd0\xcf\x11\xe0old", b"PK\x03\x04broken"]
)
def test_what_is_no_table_is_refused_with_a_remedy(data: bytes) -> None:
    if not data:
        assert list(rows_of(data)) == []
        return
    with pytest.raises(NotReadable):
        list(rows_of(data))


def test_a_zip_that_is_no_spreadsheet_is_refused() -> None:
    import zipfile

    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(NotReadable):
        tables.sheet_names(held.getvalue())


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    with pytest.raises(NotReadable):
        list(rows_of(b"a\nb\nc\n"))


def test_the_headings_are_found_below_titles_and_notes() -> None:
    rows = [
        (1, ("霜桥县财政局依申请公开台账",)),
        (2, ("填表日期：2024-03-18",)),
        (4, ("序号", "收到时间", "申请人姓名")),
        (5, ("1", "2024-03-18", "柳青河")),
    ]
    assert guessing.find_header(rows, COLUMNS) == 4


def test_columns_are_guessed_by_words_whole_words_first() -> None:
    headings = ("序号", "申请人类型（必填）", "申请人姓名/名称", "收到申请日期")
    found = guessing.guess(headings, COLUMNS, {})
    assert found == {"serial": 0, "kind": 1, "name": 2, "received_on": 3}


def test_what_was_mapped_before_goes_before_the_words() -> None:
    index = guessing.heading_index
    remembered = {index("办结意见"): "result", index("申请人"): ""}
    found = guessing.guess(("办结意见", "申请人", "答复结果"), COLUMNS, remembered)
    assert found == {"result": 0}
