"""What holds for every text: offsets quote their words, hostile text stays linear."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.reportreader import Report, SourceText, analyse
from gongkai.reportreader.numbers import chinese_value, find_numbers

TITLE = "云雾县林业局2016年政府信息公开工作年度报告\n"
WORDS = (
    *("主动公开", "政府信息", "收到", "申请", "行政复议", "行政诉讼", "网站", "微信"),
    *("12条", "3件", "三百二十一", "1,036条", "１２ 件", "未", "没有", "无", "其中"),
    *("，", "。", "；", "、", "：", "\n", "\r\n", "　", " ", "|", "\t", "（", "）"),
    *(
        "2016年",
        "2015年",
        "100%",
        "办结",
        "办结率",
        "分别",
        "各",
        "為",
        "报(bào)",
    ),
    *("一、", "（二）", "1.", "统计指标", "（一）收到申请数", "件", "0", "13812345678"),
)
texts = st.lists(
    st.one_of(st.sampled_from(WORDS), st.text(max_size=3)), max_size=60
).map("".join)


def read(text: str) -> Report:
    return analyse(SourceText("报告.txt", TITLE + text))


@given(texts)
@settings(max_examples=150, deadline=None)
def test_every_quote_stands_where_it_says(text: str) -> None:
    report = read(text)
    source = report.source.text
    quotes = [claim.quote for claim in report.claims]
    quotes += [quote for finding in report.findings for quote in finding.quotes]
    assert all(source[quote.start : quote.end] == quote.text for quote in quotes)
    assert all(quote.text for quote in quotes)


@given(texts)
@settings(max_examples=40, deadline=None)
def test_reading_twice_gives_the_same(text: str) -> None:
    first, second = read(text), read(text)
    assert (first.claims, first.findings) == (second.claims, second.findings)


@given(st.text(alphabet="〇零一二两三四五六七八九十百千万", max_size=24))
def test_chinese_numbers_never_fail(word: str) -> None:
    value = chinese_value(word) if word else None
    assert value is None or value >= 0


@given(st.text(max_size=80))
def test_numbers_lie_in_their_text(text: str) -> None:
    for number in find_numbers(text):
        assert 0 <= number.start < number.end <= len(text)
        assert number.end <= number.unit_end <= len(text)


HOSTILE = {
    "digits": "1",
    "commas": "1,",
    "units": "公开12条",
    "counts": "共1条,其中",
    "rates": "收到1件,办结1件,办结率1%,",
    "denials": "未",
    "brackets": "（",
    "quotes": "《",
    "bars": "| ",
    "lines": "1\n",
    "cells": "信息 | 1 |\n",
    "blanks": " ",
    "chinese": "十百千万",
    "respectively": "甲、乙分别为",
    "addresses": "a.",
    "dates": "2018年1月1日至",
    "ordinals": "第1、",
    "channels": "网站、微信和",
    "readings": "報(bào",
    "headings": " 三、收到和处理情况 ",
    "tables": "信息内容 1 2 3 ",
    "old rows": "主动公开信息数\n条\n3\n",
    "asides": "公开信息(含甲、乙、丙三类内容)",
    "lists": "解读3篇、图文解读",
}


def seconds(text: str) -> float:
    started = time.process_time()
    read(text)
    return time.process_time() - started


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_takes_time_in_proportion(piece: str) -> None:
    short = seconds(piece * (8_000 // len(piece)))
    long = seconds(piece * (32_000 // len(piece)))
    # Four times the text; sixteen times the time would be quadratic.
    assert long < 9 * short + 0.3
