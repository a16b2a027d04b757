"""The built-in letters of both regimes: filled, right in law, the same in each form."""

import re
from datetime import date

import pypdfium2
import pytest

from gongkai import law
from gongkai.applications.letters import replies
from gongkai.applications.letters.kinds import kind_of_act, kinds, reply_kind
from gongkai.applications.letters.layout import default_template
from gongkai.applications.tests.factories import Desk
from gongkai.applications.transitions import TRANSITIONS
from gongkai.registry.papers import filling
from gongkai.registry.papers.filling import FieldsMissing

REGIMES = law.regime_names()
KINDS = [kind for regime in REGIMES for kind in kinds(regime).values()]
REPLIES = [kind for kind in KINDS if kind.is_reply]
GIVEN = {name: f"（{name}的内容）" for name in replies.GIVEN} | {
    "文号": "霜林公复〔2025〕7号",
    "提供的信息": "1.《补助发放明细》\n2.《附表 <乙> & 丙》",
}
AFTER, BEFORE = date(2025, 3, 20), date(2023, 12, 31)


def name_of(kind: object) -> str:
    return f"{kind.regime}-{kind.key}"  # type: ignore[attr-defined]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def pdf_words(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    words = "".join(re.sub(r"—\s*\d+\s*—\s*$", "", page.strip()) for page in pages)
    return squeezed(words.replace("\ufffe", ""))


@pytest.mark.parametrize("kind", KINDS, ids=name_of)
def test_a_built_in_letter_asks_for_no_field_that_is_not_its_own(kind) -> None:  # type: ignore[no-untyped-def]
    asked = filling.asked(default_template(kind)).all
    assert set(asked) <= set(kind.fields)


@pytest.mark.parametrize("regime", REGIMES)
def test_every_letter_of_an_act_is_there(regime: str) -> None:
    for row in TRANSITIONS.values():
        if row.notice and regime in row.regimes:
            assert kind_of_act(regime, row.name).title == row.notice


@pytest.mark.parametrize("kind", KINDS, ids=name_of)
def test_no_letter_to_others_can_name_the_applicant(kind) -> None:  # type: ignore[no-untyped-def]
    if kind.to not in {"applicant", "file"}:
        assert not {"申请人", "申请描述", "申请人地址", "查询码"} & set(kind.fields)


def test_the_query_code_is_on_the_receipt_only() -> None:
    assert {kind.key for kind in KINDS if "查询码" in kind.fields} == {"receipt"}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", REPLIES, ids=name_of)
def test_a_reply_says_article_facts_organ_and_remedies(kind) -> None:  # type: ignore[no-untyped-def]
    desk = Desk()
    case = desk.case(regime=kind.regime)
    for day in (AFTER, BEFORE):
        made = replies.reply_document(
            case, result=kind.result, decided_on=day, fields=GIVEN
        )
        result = law.regime(kind.regime).result(kind.result)
        told = law.remedies.remedy(law.regime(kind.regime), result, day)
        first = "应当自知道之日起" in made.text
        assert first is told.review_first
        assert ("直接向" in made.text) is (told.sue_direct is not None)
        assert GIVEN["复议机关"] in made.text
        assert desk.agency.name in made.text
        assert GIVEN["文号"] in made.text
        assert "柳青河：" in made.text
        for article in re.findall(r"第[一二三四五六七八九十]+条", result.citation.zh):
            assert article in made.text
        if result.is_adverse:
            assert GIVEN["事实"] in made.text


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["R1", "R2", "D4", "N1", "O3"])
def test_word_and_pdf_hold_the_same_words(code: str) -> None:
    made = replies.reply_document(
        Desk().case(), result=code, decided_on=AFTER, fields=GIVEN
    )
    assert pdf_words(made.pdf) == squeezed(made.text)


@pytest.mark.django_db
def test_what_is_missing_is_named_before_anything_is_made() -> None:
    case = Desk().case()
    given = {"文号": "〔2025〕1号", "事实": "查明。"}
    missing = replies.missing_reply_fields(case, result="R2", fields=given)
    assert missing == ["提供的信息", "不予公开部分"]
    with pytest.raises(FieldsMissing) as refused:
        replies.reply_document(case, result="R2", decided_on=AFTER, fields=given)
    assert refused.value.names == missing


@pytest.mark.django_db
def test_a_published_document_is_pointed_to_instead_of_given() -> None:
    case, given = Desk().case(), {"文号": "〔2025〕1号"}
    assert replies.missing_reply_fields(case, result="R1", fields=given) == [
        "提供的信息"
    ]
    given["获取途径"] = "县政府网站"
    assert replies.missing_reply_fields(case, result="R1", fields=given) == []
    made = replies.reply_document(case, result="R1", decided_on=AFTER, fields=given)
    assert "第三十六条第（一）项" in made.text
    assert "第三十六条第（二）项" not in made.text


@pytest.mark.django_db
def test_a_made_reply_has_no_problems_and_a_template_has() -> None:
    made = replies.reply_document(
        Desk().case(), result="D5", decided_on=AFTER, fields=GIVEN
    )
    assert replies.problems_of(made.docx) == []
    blank = default_template(reply_kind("2019", "D5"))
    assert any("{{ 文号 }}" in one for one in replies.problems_of(blank))
