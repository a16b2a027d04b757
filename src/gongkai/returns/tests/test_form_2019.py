"""The tables of the annual reports of 2019 and 2020 (国办公开办函〔2019〕60号)."""

import pytest

from gongkai.returns import BadValues, Form, check, form_in_force, load_form


@pytest.fixture
def form() -> Form:
    return load_form("2019")


def test_in_force_in_2019_and_2020(form: Form) -> None:
    assert form_in_force(2019) == form_in_force(2020) == form


def test_disclosure_takes_the_items_and_columns_of_the_form(form: Form) -> None:
    keys = [key for key in form.by_key if key.startswith("disclosure.")]
    documents = [
        f"disclosure.{item}.{column}"
        for item in ("rules", "normative_documents")
        for column in ("made", "newly_disclosed", "total_disclosed")
    ]
    projects = [
        f"disclosure.{item}.{column}"
        for item in ("permits", "other_services", "penalties", "coercion")
        for column in ("previous_projects", "change", "decisions")
    ]
    fees = ["disclosure.fees.previous_projects", "disclosure.fees.change"]
    purchases = [
        "disclosure.procurement.purchases",
        "disclosure.procurement.amount_yuan",
    ]
    assert keys == [*documents, *projects, *fees, *purchases]


def test_results_of_a_year_take_20_rows_with_one_for_other(form: Form) -> None:
    (table,) = (table for table in form.tables if table.prefix == "applications")
    assert len([line for line in table.lines if line.code.startswith("3.3.")]) == 20
    assert "applications.other.total" in form.by_key


def test_a_real_filing_balances(form: Form) -> None:
    figures = {
        "applications.new_received.total": 821,
        "applications.carried_in.total": 18,
        "applications.results_total.total": 767,
        "applications.carried_out.total": 72,
    }
    assert check(form, figures).errors == ()


def test_newly_disclosed_is_part_of_all_disclosed(form: Form) -> None:
    item = "disclosure.rules"
    figures = {f"{item}.newly_disclosed": 2, f"{item}.total_disclosed": 1}
    (broken,) = check(form, figures).warnings
    assert "规章·本年新公开数量 2 件大于规章·对外公开总数量 1 件" in broken.message


@pytest.mark.parametrize("change", [-4, 4, "+4", "-4", 0])
def test_a_change_of_the_year_is_signed(form: Form, change: object) -> None:
    assert check(form, {"disclosure.permits.change": change}).errors == ()


def test_a_decision_is_not_signed(form: Form) -> None:
    with pytest.raises(BadValues, match="小于 0"):
        check(form, {"disclosure.permits.decisions": -4})
