"""Reconsideration first, or a free choice: Reconsideration Law (2023) Art. 23."""

from datetime import date

import pytest

from gongkai import law
from gongkai.law.remedies import remedy, remedy_without_reply

REGIME = law.regime("2019")
REVIEW_FIRST = {"R2", "D1", "D2", "D3", "D4", "D5", "D6", "D7"}  # R2: its withheld part
NEW_LAW = date(2024, 1, 1)


@pytest.mark.parametrize("code", list(REGIME.results))
def test_since_2024_a_refusal_goes_to_reconsideration_first(code: str) -> None:
    found = remedy(REGIME, REGIME.result(code), NEW_LAW)
    assert found.review_first == (code in REVIEW_FIRST)
    assert (found.sue_direct is None) == found.review_first
    assert not remedy(REGIME, REGIME.result(code), date(2023, 12, 31)).review_first


def test_refusals_under_the_text_of_2007_follow_the_day_as_well() -> None:
    regime = law.regime("2008")
    refusal = regime.result("3.3.4.1")
    assert remedy(regime, refusal, NEW_LAW).review_first
    assert not remedy(regime, refusal, date(2018, 6, 1)).review_first


def test_the_terms_are_told() -> None:
    first = remedy(REGIME, REGIME.result("D1"), NEW_LAW)
    assert "应当" in first.words("zh-hans")
    assert "60 日" in first.words("zh-hans")
    assert "15 days" in first.words("en")
    choice = remedy(REGIME, REGIME.result("N1"), NEW_LAW)
    assert "6 个月" in choice.words("zh-hans")
    assert "6 months" in choice.words("en")


def test_the_ground_is_told() -> None:
    found = remedy(REGIME, REGIME.result("D1"), NEW_LAW)
    assert "第二十三条第一款第（四）项" in found.citation.zh


@pytest.mark.parametrize("day", [date(2024, 6, 1), date(2025, 6, 1)])
def test_no_reply_leaves_the_choice(day: date) -> None:
    found = remedy_without_reply(REGIME, day)
    assert not found.review_first
    assert ("法释" in found.citation.zh) == (day >= date(2025, 6, 1))
