"""The days that the figures cover, and the year that the opening reports on."""

from datetime import date

import pytest

from gongkai.reportreader import SourceText
from gongkai.reportreader.lines import Page
from gongkai.reportreader.periods import find_period, find_year


def page(text: str) -> Page:
    return Page(SourceText("report.txt", text))


@pytest.mark.parametrize(
    "words",
    [
        "2017年1月1日至2017年12月31日",
        "2017年1月1日起,至2017年12月31日",
        "2017年1月1日—2017年12月31日",
        "2017年1月1日到12月31日",
        "2017年1月1日起至当年12月31日",
        "2017.1.1-2017.12.31",
    ],
)
def test_period_from_day_to_day(words: str) -> None:
    period = find_period(page(f"统计期限自{words}止。"))
    assert period
    assert (period.first, period.last) == (date(2017, 1, 1), date(2017, 12, 31))
    assert period.quote.text == words


def test_period_may_begin_later_where_it_is_called_so() -> None:
    period = find_period(page("数据统计期限为2008年5月1日至2008年12月31日。"))
    assert period
    assert period.first == date(2008, 5, 1)
    assert find_period(page("会议于2008年5月1日至2008年5月3日召开。")) is None


def test_period_that_only_ends() -> None:
    period = find_period(page("截至2017年12月20日,共公开信息3条。"))
    assert period
    assert (period.first, period.last) == (None, date(2017, 12, 20))
    assert period.quote.text == "2017年12月20日"


@pytest.mark.parametrize(
    "text", ["2017年1月1日施行,2018年2月1日修订。", "2017年1月1日至2月30日", "全年。"]
)
def test_days_that_do_not_belong_together_are_no_period(text: str) -> None:
    assert find_period(page(text)) is None


def test_year_of_most_mentions_with_its_first_place() -> None:
    found = find_year(page("2016年度好。2017年政务公开,2017年度公开。"))
    assert found
    assert (found[0], found[1].start) == (2017, 8)


def test_year_that_is_announced_outweighs_mentions() -> None:
    found = find_year(page("2016年度。2016年度。现公布2017年度报告。"))
    assert found
    assert found[0] == 2017


def test_years_of_documents_are_no_report_year() -> None:
    assert find_year(page("根据国办发〔2016〕80号和2016年3月的通知。")) is None
