"""The tables of the annual report since 2021 (国办公开办函〔2021〕30号)."""

from collections.abc import Mapping

import pytest

from gongkai.returns import Form, check, form_in_force, load_form
from gongkai.returns.tests.vectors import RESULTS_2025


@pytest.fixture
def form() -> Form:
    return load_form("2021")


def natural_persons(form: Form) -> dict[str, int]:
    table = next(table for table in form.tables if table.prefix == "applications")
    column = table.columns[0]
    outside = {"new_received", "carried_in", "results_total", "carried_out"}
    results = [line for line in table.lines if line.key not in outside]
    figures = {
        table.key(line, column): figure
        for line, figure in zip(results, RESULTS_2025, strict=True)
    }
    return figures | {
        "applications.new_received.natural_person": 13612,
        "applications.carried_in.natural_person": 535,
        "applications.results_total.natural_person": 13364,
        "applications.carried_out.natural_person": 783,
    }


def errors(form: Form, figures: Mapping[str, object]) -> list[str]:
    return [str(broken.relation) for broken in check(form, figures).errors]


def test_in_force_since_2021(form: Form) -> None:
    assert form_in_force(2021) == form_in_force(2030) == form


def test_results_of_a_year_take_22_rows(form: Form) -> None:
    (table,) = (table for table in form.tables if table.prefix == "applications")
    assert len([line for line in table.lines if line.code.startswith("3.3.")]) == 22
    assert [line.key for line in table.lines][-5:-2] == [
        "other.no_correction",
        "other.no_fee",
        "other.rest",
    ]


def test_applicants_stand_in_seven_columns(form: Form) -> None:
    (table,) = (table for table in form.tables if table.prefix == "applications")
    applicants = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"
    assert [column.label for column in table.columns] == applicants.split()
    assert {c.group for c in table.columns[1:-1]} == {"法人或其他组织"}


def test_a_real_column_holds(form: Form) -> None:
    assert errors(form, natural_persons(form)) == []


def test_every_result_counts_into_the_total(form: Form) -> None:
    figures = natural_persons(form)
    for key in figures:
        changed = figures | {key: figures[key] + 1}
        assert errors(form, changed), key


def test_the_totals_of_a_real_table_balance(form: Form) -> None:
    figures = {
        "applications.new_received.total": 14069,
        "applications.carried_in.total": 560,
        "applications.results_total.total": 13810,
        "applications.carried_out.total": 819,
    }
    assert errors(form, figures) == []


def test_the_two_sides_are_spelled_out(form: Form) -> None:
    figures = {
        "applications.new_received.total": 14069,
        "applications.carried_in.total": 560,
        "applications.results_total.total": 13810,
        "applications.carried_out.total": 820,
    }
    (broken,) = check(form, figures).errors
    assert "14069 + 560 ≠ 13810 + 820" in broken.message
    assert "本年新收政府信息公开申请数量·总计" in broken.message


def test_a_row_adds_up_across_applicants(form: Form) -> None:
    row = "applications.denied.state_secret"
    kinds = (
        *("natural_person", "enterprise", "research"),
        *("social_welfare", "legal_service", "other_org"),
    )
    figures = {f"{row}.{kind}": 1 for kind in kinds}
    assert errors(form, figures | {f"{row}.total": 6}) == []
    (broken,) = errors(form, figures | {f"{row}.total": 7})
    assert broken.startswith(f"{row}.total = {row}.natural_person + ")


def test_carried_in_is_what_the_year_before_carried_out(form: Form) -> None:
    figures = {"applications.carried_in.total": 560}
    before = {"applications.carried_out.total": 561}
    assert errors(form, figures) == []
    (broken,) = check(form, figures, previous=before).errors
    assert "560 ≠ 561" in broken.message


@pytest.mark.parametrize(
    ("block", "results"),
    [
        ("reconsideration", (376, 97, 196, 121, 790)),
        ("direct_suit", (16, 1, 12, 27, 56)),
        ("suit_after_reconsideration", (74, 1, 30, 51, 156)),
    ],
)
def test_each_block_of_remedies_adds_up(
    form: Form, block: str, results: tuple[int, ...]
) -> None:
    names = ("upheld", "corrected", "other", "pending", "total")
    keys = [f"remedies.{block}.{name}" for name in names]
    figures = dict(zip(keys, results, strict=True))
    assert errors(form, figures) == []
    assert len(errors(form, figures | {keys[0]: 0})) == 1


def test_documents_in_force_follow_from_the_year_before(form: Form) -> None:
    item = "disclosure.normative_documents"
    figures = {f"{item}.made": 3, f"{item}.repealed": 1, f"{item}.in_force": 12}
    assert check(form, figures, previous={f"{item}.in_force": 10}).warnings == ()
    result = check(form, figures, previous={f"{item}.in_force": 11})
    assert "12 ≠ 11 + 3 - 1" in result.warnings[0].message
    assert result.errors == ()


def test_series_run_on_through_the_change_of_form(form: Form) -> None:
    same = {row.same_as: row.key for row in form.figures if row.same_as}
    assert same["applications_received"] == "applications.new_received.total"
    assert same["reviews_upheld"] == "remedies.reconsideration.upheld"
    assert "litigations" not in same


def test_the_older_name_of_normative_documents_is_read(form: Form) -> None:
    (row,) = form.rows_labelled("规范性文件·现行有效件数")
    assert row.key == "disclosure.normative_documents.in_force"


def test_fees_are_printed_in_ten_thousands_and_kept_in_yuan(form: Form) -> None:
    row = form.by_key["disclosure.fees.amount_yuan"]
    assert (row.unit, row.json_unit) == ("万元", "元")
