"""Five real reports, one of them from a mirror that wrote its address over the name."""

from datetime import date
from pathlib import Path

import pytest

from gongkai.reportreader import read_bytes, recognise, to_html

SEEDS = Path(__file__).resolve().parents[5] / "shared" / "seeds"
EXPECTED = {
    "000_377d89af4d2d2130.txt": ("平凉市粮食局", 2017, None, ""),
    "001_8cc921f21954544f.txt": ("罗甸县人民政府", 2018, date(2019, 3, 31), ""),
    "002_fc4f34c734b4c5a9.txt": (
        "张店区商务局",
        2017,
        date(2018, 3, 28),
        "11370303004217100M/2018-1375077",
    ),
    "003_564ee96d51f4a710.txt": (
        "六盘水市水库和生态移民局",
        2016,
        date(2017, 2, 16),
        "",
    ),
    "004_1c9f5b88b79d940b.txt": (
        "安徽省机关事务管理局",
        2018,
        date(2018, 12, 29),
        "",
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_real_report_is_recognised(name: str) -> None:
    path = SEEDS / name
    if not path.exists():
        pytest.skip("the five real reports are not beside this checkout")
    source = read_bytes(path.read_bytes(), name)
    told = recognise(source)
    found = (told.agency, told.year, told.issued_on, told.index_no)
    assert found == EXPECTED[name]
    assert to_html(source, told).count("<p>") > 10
