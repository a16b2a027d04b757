import pytest

from gongkai import search
from gongkai.search.tests.factories import ids, make_document

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture(autouse=True)
def _archive() -> None:
    search.put(
        make_document(1, doc_no="安政办发〔2026〕3号", index_no="MB1/2026-00001")
    )
    search.put(
        make_document(2, doc_no="安政办发〔2026〕31号", index_no="MB1/2026-00011")
    )
    search.put(make_document(3, body="根据安政办发〔2026〕3号"))


@pytest.mark.parametrize(
    "typed",
    [
        "安政办发〔2026〕3号",
        "安政办发[2026]3号",
        "安政办发（２０２６）３号",
        " 安政办发〔2026〕 3 号 ",
        "MB1/2026-00001",
        "mb1/2026—00001",
    ],
)
def test_a_number_typed_whole_is_its_document_alone(typed: str) -> None:
    assert ids(search.exact(typed)) == [1]


@pytest.mark.parametrize(
    "typed", ["", "安政办发", "安政办发〔2026〕", "MB1/2026", "2026", "%", "〔〕"]
)
def test_a_part_of_a_number_is_no_number(typed: str) -> None:
    assert search.exact(typed) == []


def test_a_number_that_two_documents_bear_gives_both_newest_first() -> None:
    search.put(make_document(4, doc_no="安政办发〔2026〕3号"))
    assert ids(search.exact("安政办发〔2026〕3号")) == [4, 1]


def test_a_removed_document_is_not_found_by_its_number() -> None:
    search.remove("item", 1)
    assert search.exact("MB1/2026-00001") == []


def test_documents_without_a_number_are_not_found_by_an_empty_one() -> None:
    assert search.exact("　") == []
