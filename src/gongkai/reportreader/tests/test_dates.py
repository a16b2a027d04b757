"""Days in every way that reports write them; what no calendar has is no day."""

from datetime import date

import pytest

from gongkai.reportreader.dates import find_dates, find_labelled_date
from gongkai.reportreader.folding import fold


def days(text: str) -> list[date]:
    return [dated.on for dated in find_dates(fold(text))]


@pytest.mark.parametrize(
    "text",
    [
        "2018年3月28日",
        "2018 年 3 月 28 日",
        "２０１８年３月２８日",
        "2018-03-28",
        "2018-3-28 16:24:38",
        "2018/03/28",
        "2018.3.28",
        "二〇一八年三月二十八日",
        "二○一八年三月二十八日",
        "二零一八年三月二十八日",
        "二0一八年三月二十八日",
        "二O一八年三月二十八日",
    ],
)
def test_day_is_read(text: str) -> None:
    assert days(text) == [date(2018, 3, 28)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇一二年十二月三十一日", date(2012, 12, 31)),
        ("二〇一二年十月十日", date(2012, 10, 10)),
        ("二〇一二年十一月十九日", date(2012, 11, 19)),
        ("二〇一二年元月二十日", date(2012, 1, 20)),
        ("1999年1月5日", date(1999, 1, 5)),
    ],
)
def test_chinese_numbers_up_to_thirty_one(text: str, day: date) -> None:
    assert days(text) == [day]


@pytest.mark.parametrize(
    "text",
    [
        "2018年2月30日",
        "2018-13-01",
        "12018-01-01",
        "2018-01-011",
        "2018-01/01",
        "2018年3月",
        "2018   年3月28日",
        "黔府发〔2018〕3号",
        "20180328",
    ],
)
def test_what_is_no_day_is_left_out(text: str) -> None:
    assert days(text) == []


def test_days_come_in_order_with_their_places() -> None:
    text = "自2018-01-01起至2018年12月31日止"
    found = find_dates(text, offset=100)
    assert [text[day.start - 100 : day.end - 100] for day in found] == [
        "2018-01-01",
        "2018年12月31日",
    ]


def test_eight_figures_are_a_day_behind_a_label_only() -> None:
    found = find_labelled_date("20180328", 10)
    assert found
    assert (found.on, found.start, found.end) == (date(2018, 3, 28), 10, 18)
    assert find_labelled_date("20181328") is None
    assert find_labelled_date("无") is None
