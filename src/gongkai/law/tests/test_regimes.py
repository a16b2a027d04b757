"""The regimes' data: complete, in force one after the other, and tied to the forms."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from gongkai import law
from gongkai.law import regimes
from gongkai.law.texts import numeral, sentences
from gongkai.returns import load_form

# domain.md §3, the deadline table: length and unit under the texts of 2019 and of 2007.
TERMS = [
    ("confirm_mail", (None, "same_day"), (None, "same_day")),
    ("correction_notice", (7, "wd"), None),
    ("correction_due", (None, "set_by_office"), (None, "set_by_office")),
    ("reply", (20, "wd"), (15, "wd")),
    ("extension", (20, "wd"), (15, "wd")),
    ("third_party_opinion", (15, "wd"), None),
    ("comaker_opinion", (15, "wd"), None),
    ("fee_payment", (20, "wd"), None),
    ("publish", (20, "wd"), (20, "wd")),
    ("interpretation", (3, "wd"), (3, "wd")),
    ("penalty_withdrawal", (3, "wd"), None),
    ("review_defence", (10, "wd"), (10, "wd")),
    ("review_defence_simple", (5, "wd"), (5, "wd")),
    ("court_defence", (15, "natural_days"), (15, "natural_days")),
    ("review_apply", (60, "natural_days"), (60, "natural_days")),
    ("sue_after_review", (15, "natural_days"), (15, "natural_days")),
    ("sue_direct", (6, "months"), (6, "months")),
    ("review_decision", (60, "natural_days"), (60, "natural_days")),
    ("review_decision_simple", (30, "natural_days"), (30, "natural_days")),
    ("review_extension", (30, "natural_days"), (30, "natural_days")),
    ("appeal", (15, "natural_days"), (15, "natural_days")),
    ("annual_dept", (None, "date"), (None, "date")),
    ("annual_gov", (None, "date"), (None, "date")),
]


@pytest.mark.parametrize(("key", "of_2019", "of_2008"), TERMS)
def test_terms(key: str, of_2019: object, of_2008: object) -> None:
    for name, wanted in (("2019", of_2019), ("2008", of_2008)):
        term = law.regime(name).terms.get(key)
        assert (term and (term.length, term.unit.value)) == wanted


def test_the_table_of_terms_is_whole() -> None:
    assert {key for key, _, _ in TERMS} == set(law.regime("2019").terms)


def test_report_days() -> None:
    # 2019 text, Art. 49; 2007 text: 31 March for all
    assert law.regime("2019").term("annual_dept").month_day == (1, 31)
    assert law.regime("2019").term("annual_gov").month_day == (3, 31)
    assert law.regime("2008").term("annual_dept").month_day == (3, 31)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2008-05-01", "2008"),
        ("2019-05-14", "2008"),
        ("2019-05-15", "2019"),
        ("2026-12-10", "2019"),
    ],
)
def test_the_day_of_receipt_decides_the_regime(day: str, name: str) -> None:
    assert law.regime_on(date.fromisoformat(day)).name == name


def test_before_the_first_regime_there_is_none() -> None:
    with pytest.raises(law.UnknownRegime, match="2008-04-30.*2008、2019"):
        law.regime_on(date(2008, 4, 30))


def test_an_unknown_regime_names_the_known() -> None:
    with pytest.raises(law.UnknownRegime) as caught:
        law.regime("2007")
    assert caught.value.known == ("2008", "2019")


def test_each_day_has_one_regime() -> None:
    every = [law.regime(name) for name in law.regime_names()]
    day = date(2008, 5, 1)
    while day < date(2028, 1, 1):
        assert sum(regime.is_in_force(day) for regime in every) == 1
        day += timedelta(days=1)


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_every_result_of_2019_has_its_row_and_every_row_a_result(form: str) -> None:
    rows = {result.row(form) for result in law.regime("2019").results.values()}
    leaves = {
        key.removesuffix(".total")
        for key in load_form(form).by_key
        if key.startswith("applications.") and key.endswith(".total")
    }
    others = {"new_received", "carried_in", "carried_out", "results_total"}
    assert rows == leaves - {f"applications.{row}" for row in others}


def test_every_result_of_2008_has_its_row() -> None:
    form = load_form("2014")
    for code, result in law.regime("2008").results.items():
        row = form.by_key[result.row("2014")]
        assert row.code == code
        assert row.key == result.key


def test_results_of_2019_are_those_of_the_law() -> None:
    results = law.regime("2019").results
    assert " ".join(results) == (
        "R1 R2 D1 D2 D3 D4 D5 D6 D7 D8 N1 N2 N3 P1 P2 P3 P4 P5 O1 O2 O3"
    )
    refusals = [code for code, result in results.items() if result.is_refusal]
    assert refusals == ["D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8"]
    assert not results["R1"].is_adverse


@pytest.mark.parametrize(
    ("code", "articles"),
    [
        ("R1", "Art. 36 item 1, Art. 36 item 2"),
        ("R2", "Art. 37"),
        ("D1", "Art. 14"),
        ("D2", "Art. 14"),
        ("D3", "Art. 14"),
        ("D4", "Art. 15"),
        ("D5", "Art. 16"),
        ("D6", "Art. 16"),
        ("D7", "Art. 16"),
        ("D8", "Art. 36 item 7"),
        ("N1", "Art. 36 item 4, Art. 36 item 5"),
        ("N2", "Art. 38"),
        ("N3", "Art. 30"),
        ("P1", "Art. 39"),
        ("P2", "Art. 36 item 6"),
        ("P3", "Art. 39"),
        ("P4", "Art. 35"),
        ("O1", "Art. 30"),
    ],
)
def test_legal_grounds(code: str, articles: str) -> None:
    citation = law.regime("2019").result(code).citation
    assert citation.en == (
        f"Open Government Information Regulations (Order 711 of 2019), {articles}"
    )


def test_a_ground_reads_in_chinese() -> None:
    citation = law.regime("2019").result("D8").citation
    assert citation.zh.endswith("第三十六条第（七）项")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (16, "十六"),
        (20, "二十"),
        (36, "三十六"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (203, "二百零三"),
    ],
)
def test_numerals(number: int, text: str) -> None:
    assert numeral(number) == text


def test_unknown_words_are_refused_with_the_known() -> None:
    regime = law.regime("2019")
    with pytest.raises(law.UnknownTerm, match="reply"):
        regime.term("replies")
    with pytest.raises(law.UnknownResult, match="R1"):
        regime.result("R9")


@pytest.mark.parametrize("name", ["2008", "2019"])
def test_every_suspending_act_and_the_reply_have_their_notice(name: str) -> None:
    regime = law.regime(name)
    acts = {"apply", "register", "extension", "reply", *regime.suspensions}
    for act in acts:
        assert regime.notices_of(act), act


def test_suspensions() -> None:
    kinds = {key: s.kind.value for key, s in law.regime("2019").suspensions.items()}
    assert kinds == {
        "correction": "restart",
        "third_party": "pause",
        "organ_consult": "pause",
        "fee": "restart",
        "reasons": "running",
    }
    assert set(law.regime("2008").suspensions) == {"correction", "third_party"}


def test_every_sentence_has_the_same_places_in_both_languages() -> None:
    for code, text in sentences().texts.items():
        places = [set(re.findall(r"{(\w+)}", words)) for words in (text.zh, text.en)]
        assert places[0] == places[1], code


def test_every_step_of_every_suspension_has_its_sentence() -> None:
    known = set(sentences().texts)
    for suspension in law.regime("2019").suspensions.values():
        ways = {
            "pause": ["pause.{}.answered", "pause.{}.silent", "pause.{}.open"],
            "restart": ["stopped.{}", "stopped.{}.open", "restart.{}"],
            "running": [],
        }[suspension.kind.value]
        for way in ways:
            assert f"segment.{way.format(suspension.key)}" in known


GOOD = (regimes.REGIMES / "2008.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("unit: wd", "unit: weeks", "weeks.*wd"),
        ("length: 15", "length: many", "整数"),
        ("    length: 15\n    unit: wd", "    unit: wd", "length"),
        ("citation: R08 24", "citation: R09 24", "R09"),
        ("citation: R08 24", "citation: R08 24a", "24a"),
        ("- key: reply\n", "- key: answer\n", "reply"),
        ("- key: fax\n", "- key: email\n", "两次"),
        ("first: 2008-05-01, ", "", "first"),
        ("first: 2008-05-01", "first: May", "日期"),
        ("fees: cost", "fees: free", "cost"),
        ("adverse: true", "adverse: maybe", "true"),
        ("month_day: 03-31", "month_day: 02-30", "month_day"),
        ("withheld_grounds: [3.3.4.1", "withheld_grounds: [9.9", "9.9"),
        ("citation: R08\n", "citation: R08\ncolour: red\n", "colour"),
        ("fees: cost", "fees: cost\nfees: cost", "重复"),
        ("in_force: {first: 2008-05-01, last: 2019-05-14}", "in_force: x", "键值对"),
        ("withheld_grounds: [", "withheld_grounds: {} #", "列表"),
        ("notices:\n", "notices: x\nother:\n", "other"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in GOOD
    path = tmp_path / "2008.yaml"
    path.write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(law.DataError, match=f"2008.yaml.*{said}"):
        regimes.read_regime(path)
