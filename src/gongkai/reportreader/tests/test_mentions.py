"""Which organ the running text shows as its author, and that organ's name in full."""

import pytest

from gongkai.reportreader.mentions import find_author, in_full
from gongkai.reportreader.places import Surroundings

WE = "在市委、市政府领导下,我市平安。"


def author(text: str) -> str:
    found = find_author(Surroundings(text))
    return found.name if found else ""


def test_longest_of_the_names_that_shorten_one_another_is_the_authors() -> None:
    text = f"{WE}市移民局公开信息。市移民局开会。市水库和生态移民局开通网站。"
    found = find_author(Surroundings(text))
    assert found
    assert (found.name, found.start) == ("市水库和生态移民局", text.index("市水库"))


@pytest.mark.parametrize(
    "others",
    [
        "向市公安局、市环保局送信,报市公安局、市环保局备案,经市公安局、市环保局同意。",
        "市公安局等部门参加,市公安局等部门检查,市公安局联合执法。",
        "省公安厅,省公安厅,省公安厅。",
    ],
)
def test_organs_that_are_told_joined_or_higher_are_not_the_author(others: str) -> None:
    text = f"{WE}{others}市水务局公开信息。市水务局开会。"
    assert author(text) == "市水务局"


def test_kind_of_we_decides_between_two() -> None:
    two = "市水务局公开。市发改委公开。"
    assert author(f"{WE}{two}我委认真。委机关有序。") == "市发改委"
    assert author(f"{WE}{two}我局认真。局党组有序。") == "市水务局"


def test_field_that_the_text_turns_around_decides_between_two() -> None:
    two = "市水务局公开。市林业局公开。"
    assert author(f"{WE}{two}{'林业补贴,林业执法,林业资源,' * 3}") == "市林业局"
    assert author(f"{WE}{two}{'水务补贴,水务执法,水务资源,' * 3}") == "市水务局"


def test_name_in_passing_is_no_author() -> None:
    assert author(f"{WE}按照市水务局的要求。") == ""
    assert author("我们公开信息。") == ""


@pytest.mark.parametrize(
    "text",
    ["市政府办公室", "市直各局", "市委办公室", "市场监管局", "城市管理局", "市里的局"],
)
def test_words_around_a_level_are_no_names(text: str) -> None:
    assert author(f"{WE}{f'{text}公开。' * 5}我局,我办。") == ""


@pytest.mark.parametrize(
    ("name", "text", "full"),
    [
        ("区商务局", "张店区商务局公开。", "张店区商务局"),
        ("区商务局", "由张店区商务局公开。", "张店区商务局"),
        ("区商务局", "云雾县商务局公开,石湾区公开。", "石湾区商务局"),
        ("省管局", "发挥省管局作用,安徽省公开。", "安徽省管局"),
        ("区商务局", "我们公开。", ""),
    ],
)
def test_place_goes_in_front_as_printed_or_as_it_must_be(
    name: str, text: str, full: str
) -> None:
    assert in_full(name, Surroundings(text)) == full
