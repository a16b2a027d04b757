"""The table of transitions: complete, without a dead end, each need with a field."""

from datetime import date

import pytest

from gongkai import law
from gongkai.applications.choices import Stage
from gongkai.applications.forms.acts import BUILDERS, LABELS, OPTIONAL, result_choices
from gongkai.applications.notices import TEMPLATES
from gongkai.applications.services.handling import WITHDRAWN
from gongkai.applications.transitions import TRANSITIONS, Transition
from gongkai.applications.views.console.doing import DO, IRREVERSIBLE
from gongkai.law import fees

REGIMES = law.regime_names()
ROWS = list(TRANSITIONS.values())


def moves(regime: str) -> dict[Stage, set[Stage]]:
    """From each stage, those that one act reaches."""
    found: dict[Stage, set[Stage]] = {stage: set() for stage in Stage}
    for row in ROWS:
        if regime in row.regimes and row.to is not None:
            for source in row.sources:
                found[source].add(row.to)
    return found


def reached(start: Stage, steps: dict[Stage, set[Stage]]) -> set[Stage]:
    known, new = set(), {start}
    while new:
        known |= new
        new = {stage for one in new for stage in steps[one]} - known
    return known


@pytest.mark.parametrize("regime", REGIMES)
def test_every_stage_has_a_way_to_the_archive(regime: str) -> None:
    steps = moves(regime)
    for stage in reached(Stage.RECEIVED, steps):
        assert Stage.ARCHIVED in reached(stage, steps), stage


def test_every_stage_can_be_reached() -> None:
    assert reached(Stage.RECEIVED, moves("2019")) == set(Stage)


@pytest.mark.parametrize("regime", REGIMES)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_an_act_begins_where_a_case_can_be(row: Transition, regime: str) -> None:
    if regime in row.regimes:
        assert reached(Stage.RECEIVED, moves(regime)) & set(row.sources)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_an_act_has_a_service_and_a_field_for_each_need(row: Transition) -> None:
    assert row.name in DO
    for name in (*row.needs, *OPTIONAL.get(row.name, ())):
        assert name in BUILDERS
        assert name in LABELS
    assert not row.notice or row.notice in TEMPLATES


def test_what_ends_a_case_is_confirmed_first() -> None:
    ends = {
        row.name
        for row in ROWS
        if row.to in {Stage.WITHDRAWN, Stage.CLOSED, Stage.REPLIED, Stage.ARCHIVED}
    }
    assert ends == set(IRREVERSIBLE)


def test_the_clock_knows_what_moves_it() -> None:
    kinds = {row.clock for row in ROWS if row.clock}
    assert kinds == set(law.KINDS)


@pytest.mark.parametrize("regime", REGIMES)
def test_each_result_of_the_regime_is_offered_once(regime: str) -> None:
    offered = []
    for value, label in result_choices(regime)[1:]:
        offered += [code for code, _ in label] if isinstance(label, list) else [value]
    assert offered == list(law.regime(regime).results)
    assert WITHDRAWN.keys() == {*REGIMES}


def test_refusals_stand_under_the_heading_of_the_official_table() -> None:
    groups = {value: label for value, label in result_choices("2019") if value}
    assert [code for code, _ in groups["（三）不予公开"]][:2] == ["D1", "D2"]
    assert groups["R1"].startswith("（一）予以公开")


def test_the_fee_bears_its_first_day() -> None:
    assert not fees.is_charged_on(date(2020, 12, 31))
    assert fees.is_charged_on(date(2021, 1, 1))
