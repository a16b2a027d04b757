"""Sentences of the opening that say whose report it is, and which do not."""

import pytest

from gongkai.reportreader import SourceText
from gongkai.reportreader.lines import Page
from gongkai.reportreader.witnesses import outside_title


def names(text: str) -> list[str]:
    page = Page(SourceText("report.txt", "报告\n\n\n\n\n\n" + text))
    return [witness.name for witness in outside_title(page, None, (), None)]


@pytest.mark.parametrize(
    "text",
    [
        "本报告由云雾县水务局编制。",
        "本报告由云雾县水务局组织编制。",
        "本报告由云雾县水务局汇总。",
        "本报告由云雾县水务局负责。",
        "现将云雾县水务局2014年情况报告。",
        "现公布2014年度云雾县水务局信息公开情况。",
        "发布云雾县水务局政府信息公开情况。",
        "发布云雾县水务局政务公开情况。",
        "请与云雾县水务局联系。",
        "请与云雾县水务局党政办联系。",
        "联系:云雾县水务局(电话:123)",
        "联系云雾县水务局(地址:一号)",
        "2014年,云雾县水务局政府信息公开工作有序。",
        "  云雾县水务局政务公开工作有序。",
        "云雾县水务局认真公开。",
        "云雾县水务局深入落实。",
        "云雾县水务局严格落实。",
        "云雾县水务局坚持公开。",
        "云雾县水务局高度重视。",
        "云雾县水务局在县委领导下公开。",
    ],
)
def test_sentence_that_names_the_author(text: str) -> None:
    assert names(text) == ["云雾县水务局"]


@pytest.mark.parametrize(
    "text",
    [
        "会同云雾县水务局开展检查。",
        "向云雾县水务局提出申请。",
        "请与县水务局办公室联系。",
        "请与有关部门负责人联系。",
        "字" * 2_500 + "\n云雾县水务局认真公开。",
    ],
)
def test_sentence_that_names_another_or_nobody(text: str) -> None:
    assert names(text) == []
