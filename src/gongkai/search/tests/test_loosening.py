import pytest

from gongkai import search
from gongkai.search import Query
from gongkai.search.tests.factories import found, put_bodies

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture(autouse=True)
def _archive() -> None:
    put_bodies(
        "残疾人两项补贴的标准", "残疾人证办理", "各项补贴发放", "服务标准", "标准与规范"
    )


def test_a_run_of_words_is_cut_where_the_archive_cuts_it() -> None:
    looser = search.loosen(Query("残疾人补贴标准"))
    assert looser is not None
    assert looser.text == "残疾人 补贴 标准"
    assert found("残疾人补贴标准") == []
    assert found(looser.text) == [1]


def test_filters_stay_and_the_page_is_the_first() -> None:
    looser = search.loosen(Query("残疾人补贴标准", kind="item", page=3))
    assert looser is not None
    assert (looser.kind, looser.page) == ("item", 1)


UNCUT = ["", "补贴", "残疾人", "open data", "第3条", "甲乙丙丁"]


@pytest.mark.parametrize("text", UNCUT)
def test_what_cannot_be_cut_is_left_alone(text: str) -> None:
    assert search.loosen(Query(text)) is None
