"""Terms and ends of reconsideration, suits and complaints."""

from datetime import date

import pytest

from gongkai import law
from gongkai.law.proceedings import (
    ROWS,
    outcomes,
    outcomes_in,
    outcomes_of,
    proceedings,
)

CALENDAR = law.standard_calendar()
REGIME = law.regime("2019")


@pytest.mark.parametrize(
    ("kind", "is_simple", "copy_on", "due_on"),
    [
        # Working days over 清明 of 2025: Reconsideration Law (2023) Art. 48, 54, 88.
        ("reconsideration", False, date(2025, 3, 24), date(2025, 4, 8)),
        ("reconsideration", True, date(2025, 3, 31), date(2025, 4, 8)),
        # Natural days, Litigation Law Art. 67; the end on a rest day moves on.
        ("direct_suit", False, date(2025, 3, 3), date(2025, 3, 18)),
        ("suit_after_reconsideration", False, date(2025, 3, 7), date(2025, 3, 24)),
        ("direct_suit", False, date(2025, 9, 22), date(2025, 10, 9)),
    ],
)
def test_the_defence_is_due(
    kind: str, is_simple: bool, copy_on: date, due_on: date
) -> None:
    term = proceedings()[kind].defence_term(REGIME, is_simple=is_simple)
    assert term is not None
    assert law.term_end(term, copy_on, CALENDAR) == due_on


def test_a_complaint_has_no_term_of_its_own() -> None:
    assert proceedings()["complaint"].defence_term(REGIME) is None


@pytest.mark.parametrize(
    ("kind", "last_day"),
    [
        ("reconsideration", date(2025, 5, 6)),  # 60 days end on 2 May, a holiday
        ("direct_suit", date(2025, 9, 3)),  # six months
        ("suit_after_reconsideration", date(2025, 3, 18)),
    ],
)
def test_it_is_begun_within_its_term_from_knowledge(kind: str, last_day: date) -> None:
    known_on = date(2025, 3, 3)
    found = proceedings()[kind].last_day_to_begin(REGIME, known_on, CALENDAR)
    assert found == last_day


def test_a_decision_can_be_contested_for_fifteen_natural_days() -> None:
    served_on = date(2025, 9, 20)
    for kind in ("reconsideration", "direct_suit", "suit_after_reconsideration"):
        found = proceedings()[kind].last_day_to_contest(REGIME, served_on, CALENDAR)
        assert found == date(2025, 10, 9), kind


@pytest.mark.parametrize("name", law.regime_names())
def test_every_term_is_in_every_regime(name: str) -> None:
    regime = law.regime(name)
    for one in proceedings().values():
        one.defence_term(regime), one.decision_term(regime)
        one.last_day_to_begin(regime, date(2025, 3, 3), CALENDAR)
        one.last_day_to_contest(regime, date(2025, 3, 3), CALENDAR)
        if one.simple is not None:
            assert one.defence_term(regime, is_simple=True) is not None
            assert one.decision_term(regime, is_simple=True) is not None


# domain: 维持 = upheld, request or claim dismissed; 纠正 = changed, revoked, declared
# unlawful or void, ordered to perform; 其他 = rejected, withdrawn, settled, ...
@pytest.mark.parametrize(
    ("row", "keys"),
    [
        ("upheld", {"upheld", "dismissed", "unfounded"}),
        (
            "corrected",
            {"changed", "revoked", "unlawful", "void", "ordered", "founded"},
        ),
        (
            "other",
            {
                *("rejected", "withdrawn", "settled", "terminated", "transferred"),
                "remanded",
            },
        ),
    ],
)
def test_each_outcome_falls_into_one_row(row: str, keys: set[str]) -> None:
    assert outcomes_in(row) == keys


def test_the_three_rows_hold_every_outcome() -> None:
    assert set().union(*map(outcomes_in, ROWS)) == set(outcomes())


def test_sent_back_is_an_outcome_of_an_appeal_alone() -> None:
    first = {one.key for one in outcomes_of("direct_suit")}
    assert {one.key for one in outcomes_of("direct_suit", on_appeal=True)} - first == {
        "remanded"
    }
