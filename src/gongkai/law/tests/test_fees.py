"""The processing fee: 国办函〔2020〕109号, the values of domain.md §3."""

from datetime import date
from decimal import Decimal

import pytest

from gongkai.law import BadNumber, fees


@pytest.mark.parametrize(
    ("n", "yuan"),
    [
        (0, 0),
        (10, 0),
        (11, 100),
        (30, 2000),
        (31, 2200),
        (40, 4000),
        (45, 5500),
        (50, 7000),
    ],
)
def test_by_item(n: int, yuan: int) -> None:
    assert fees.by_item(n).total_yuan == Decimal(yuan)


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [(0, 0), (30, 0), (31, 10), (100, 700), (101, 720), (200, 2700), (250, 4700)],
)
def test_by_volume(pages: int, yuan: int) -> None:
    assert fees.by_volume(pages).total_yuan == Decimal(yuan)


def test_by_item_is_the_sum_of_each_item() -> None:
    def one(k: int) -> int:
        if k <= 10:
            return 0
        return 100 if k <= 30 else 100 * (-(-(k - 30) // 10) + 1)

    total = 0
    for n in range(1, 301):
        total += one(n)
        assert fees.by_item(n).total_yuan == total


def test_items_of_the_month_go_before() -> None:
    for already in range(60):
        both = fees.by_item(already + 7).total_yuan - fees.by_item(already).total_yuan
        assert fees.by_item(7, already).total_yuan == both


def test_the_brackets_explain_the_sum() -> None:
    fee = fees.by_item(45)
    assert [(line.first, line.last, int(line.unit_yuan)) for line in fee.lines] == [
        (1, 10, 0),
        (11, 30, 100),
        (31, 40, 200),
        (41, 45, 300),
    ]
    assert fee.explain("zh-hans")[1:] == [
        "第 11 至 30 件（共 20 件）每件 100.00 元，计 2000.00 元。",
        "第 31 至 40 件（共 10 件）每件 200.00 元，计 2000.00 元。",
        "第 41 至 45 件（共 5 件）每件 300.00 元，计 1500.00 元。",
        "合计 5500.00 元。",
    ]
    assert fee.explain("en")[-1] == "In all 5500.00 yuan."


def test_nothing_asked_costs_nothing() -> None:
    assert fees.by_item(0).explain("zh-hans") == ["合计 0.00 元。"]


@pytest.mark.parametrize("bad", [-1, 100_001, True, 1.0, "3", None])
def test_a_number_that_cannot_be_is_refused(bad: int) -> None:
    for reckon in (fees.by_item, fees.by_volume):
        with pytest.raises(BadNumber, match="请写 0 到 100000 的整数"):
            reckon(bad)
    with pytest.raises(BadNumber, match="already"):
        fees.by_item(1, bad)


def test_the_schedule_says_since_when() -> None:
    schedule = fees.schedule()
    assert schedule.citation.zh == "国办函〔2020〕109号"
    assert schedule.made_on == date(2020, 11, 17)
    assert not fees.is_charged_on(date(2020, 12, 31))
    assert fees.is_charged_on(date(2021, 1, 1))
