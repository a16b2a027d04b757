"""Each pattern's own examples: the figure that it finds, and where it keeps silent."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from gongkai.reportreader.rules import Example, Rule, rules
from gongkai.reportreader.tests.sentences import claims_in
from gongkai.returns import indicators

# A sentence without a heading of its own stands in a report all the same.
HEADING = "政府信息公开工作情况"


def _examples(which: str) -> Iterator[tuple[str, Example]]:
    for rule in rules():
        for example in getattr(rule, which):
            yield rule.indicator, example


@pytest.mark.parametrize(("key", "example"), list(_examples("takes")), ids=str)
def test_example_gives_its_figure(key: str, example: Example) -> None:
    found = claims_in(example.text, heading=example.heading or HEADING)
    assert (key, Decimal(example.value)) in {(c.indicator, c.value) for c in found}


@pytest.mark.parametrize(("key", "example"), list(_examples("leaves")), ids=str)
def test_counter_example_does_not(key: str, example: Example) -> None:
    found = claims_in(example.text, heading=example.heading or HEADING)
    assert key not in {claim.indicator for claim in found}


def _name(rule: Rule) -> str:
    return f"{rule.indicator} {rule.say[:24]}"


@pytest.mark.parametrize("rule", rules(), ids=_name)
def test_pattern_is_of_a_known_indicator(rule: Rule) -> None:
    assert {rule.indicator, *rule.also} <= set(indicators())


def test_every_pattern_has_an_example_or_shares_one() -> None:
    """An indicator without any example would be a pattern that nobody has tried."""
    shown = {rule.indicator for rule in rules() if rule.takes}
    assert {rule.indicator for rule in rules()} <= shown
