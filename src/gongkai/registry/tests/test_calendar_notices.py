import io
from datetime import date

import openpyxl
import pytest

from gongkai.registry.calendars.notices import (
    BadNotice,
    packaged_notice,
    packaged_years,
    read_notice,
)

ROWS = """日期,安排,名称
2027-01-01,休,元旦
2027/5/1，休，劳动节
2027年10月1日,休,国庆节
10月2日,休,国庆节
2027-10-03,休,国庆节
2027-10-09,班,国庆节调休
"""


def read(text: str) -> dict[date, tuple[bool, str]]:
    found = read_notice(text.encode(), 2027, "国办发明电〔2026〕7号")
    return {change.day: (change.is_working, change.source) for change in found}


def errors(text: str) -> list[str]:
    with pytest.raises(BadNotice) as refused:
        read(text)
    return refused.value.errors


def test_rows_are_read_with_their_headings_and_dates_as_offices_write_them() -> None:
    found = read(ROWS.replace("，", ","))
    assert len(found) == 6
    assert found[date(2027, 10, 2)] == (False, "国办发明电〔2026〕7号: 国庆节")
    assert found[date(2027, 10, 9)][0] is True


def test_a_spreadsheet_is_read_like_pasted_rows() -> None:
    book, held = openpyxl.Workbook(), io.BytesIO()
    sheet = book.create_sheet(index=0)
    for day, name in (((1, 1), "元旦"), ((5, 1), "劳动节"), ((10, 1), "国庆节")):
        sheet.append([date(2027, *day), "休", name])
    sheet.append(["2027.10.2", "休"])
    sheet.append(["10/3", "休"])
    book.save(held)
    assert len(read_notice(held.getvalue(), 2027, "通知")) == 5


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("2027-02-30,休,春节", "2027-02-30"),
        ("春节,休,春节1", "春节"),
        ("2026-02-06,休,春节", "2026-02-06"),
        ("2027-02-06,假,春节", "假"),
        ("2027-02-08,班,春节", "2027-02-08"),
        ("2027-10-01,休,国庆节", "2027-10-01"),
    ],
)
def test_a_bad_row_is_named_with_its_value(row: str, named: str) -> None:
    (error,) = errors(ROWS.replace("，", ",") + row + "\n")
    assert "8" in error
    assert named in error


def test_a_notice_that_was_pasted_in_part_is_refused() -> None:
    (error,) = errors(ROWS.replace("，", ",").replace("2027-01-01,休,元旦\n", ""))
    assert "2027-01-01" in error


def test_the_package_gives_the_years_that_it_knows_and_no_other() -> None:
    assert date(2026, 10, 10) in {change.day for change in packaged_notice(2026)}
    assert packaged_notice(packaged_years()[-1] + 1) == []
