"""One key, one meaning."""

import pytest

from gongkai.returns import indicator, indicators, list_forms, load_form

PROSE = ["hotline_received", "hotline_closed", "site_visits", "key_area_items"]


def test_every_row_of_the_2014_form_is_an_indicator() -> None:
    for row in load_form("2014").figures:
        found = indicator(str(row.key))
        assert found is not None
        assert (found.code, found.unit) == (row.code, row.json_unit)


@pytest.mark.parametrize("key", [*PROSE, "submissions"])
def test_figures_of_prose_have_no_row(key: str) -> None:
    found = indicator(key)
    assert found is not None
    assert (found.form, found.code) == (None, None)


def test_every_indicator_has_a_label_and_a_unit() -> None:
    assert all(i.label and i.unit for i in indicators().values())


def test_money_counts_in_yuan() -> None:
    in_yuan = {i.key for i in indicators().values() if i.unit == "元"}
    assert {"fees_yuan", "funds_yuan"} <= in_yuan
    assert all(key.endswith("_yuan") for key in in_yuan)


@pytest.mark.parametrize("form", list_forms())
def test_a_row_that_continues_another_names_an_existing_key(form: str) -> None:
    for row in load_form(form).figures:
        assert row.same_as is None or indicator(row.same_as) is not None
