"""Who signed and when: a line that is only a day, an organ's name on it or beside."""

from datetime import date

import pytest

from gongkai.reportreader import SourceText
from gongkai.reportreader.lines import Page
from gongkai.reportreader.signatures import Signature, find_signature


def signature(text: str) -> Signature | None:
    return find_signature(Page(SourceText("report.txt", text)))


@pytest.mark.parametrize(
    "text",
    [
        "云雾县水务局\n2019年3月1日",
        "2019年3月1日\n云雾县水务局",
        "云雾县水务局 2019年3月1日",
        "云雾县水务局\n(二〇一九年三月一日)",
        "云 雾 县 水 务 局\n2019-03-01 10:20",
        "云雾县水务局\n2019年3月1日\n附件:统计表\n1 | 2 |",
        "2018年5月5日\n云雾县水务局\n2019年3月1日",
        "云雾县水务局\n2019年3月1日\n印发\n2020年1月1日",
    ],
)
def test_name_and_day_belong_together(text: str) -> None:
    signed = signature(f"开头。\n{text}")
    assert signed
    assert (signed.name, signed.on) == ("云雾县水务局", date(2019, 3, 1))


def test_day_alone_signs_without_a_name() -> None:
    signed = signature("我局公开信息。\n2019年3月1日")
    assert signed
    assert (signed.name, signed.name_quote, signed.on) == ("", None, date(2019, 3, 1))


def test_name_alone_signs_as_the_last_words_of_a_text() -> None:
    text = "一\n二\n三\n四\n五\n六\n云雾县水务局"
    signed = signature(text)
    assert signed
    assert (signed.name, signed.on, signed.date_quote) == ("云雾县水务局", None, None)
    assert signature("云雾县水务局\n" + "字\n" * 6) is None


@pytest.mark.parametrize(
    "text",
    [
        "2019年3月1日起施行。",
        "2019年3月1日至2019年3月5日",
        "发布日期:2019年3月1日",
        "公开 | 2019年3月1日 |",
    ],
)
def test_day_in_other_company_is_no_signature(text: str) -> None:
    assert signature(text) is None
