"""Printed forms are read row by row, however the page flattened them."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from gongkai.reportreader import SourceText, read_bytes
from gongkai.reportreader.formtables import read_form
from gongkai.reportreader.lines import Page
from gongkai.reportreader.tests.tables import (
    LAYOUTS,
    Row,
    as_html,
    figures_of,
    rows_of,
    with_bars,
)
from gongkai.returns import load_form

FORMS = ("2014", "2019", "2021")
Layout = Callable[[list[Row]], str]


def read(text: str, form: str) -> dict[str, Decimal]:
    source = SourceText("报告.txt", text)
    table = read_form(source.folded, Page(source).lines, form)
    assert table
    for figure in table.figures:
        assert (
            text[figure.start : figure.end].strip() == text[figure.start : figure.end]
        )
    return table.values


def in_yuan(form: str, figures: dict[str, int]) -> dict[str, Decimal]:
    rows = load_form(form).by_key
    return {
        key: Decimal(value) * (10_000 if rows[key].unit == "万元" else 1)
        for key, value in figures.items()
    }


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_figure_of_a_form(form: str, layout: Layout) -> None:
    figures = figures_of(load_form(form))
    text = f"一、概述\n全年工作正常。\n{layout(rows_of(form, figures))}"
    assert read(text, form) == in_yuan(form, figures)


@pytest.mark.parametrize("form", FORMS)
def test_every_figure_of_a_web_page(form: str) -> None:
    figures = figures_of(load_form(form))
    page = as_html(rows_of(form, figures))
    source = read_bytes(page.encode(), "报告.html")
    table = read_form(source.folded, Page(source).lines, form)
    assert table and table.values == in_yuan(form, figures)


@pytest.mark.parametrize("form", FORMS)
def test_blank_cells_do_not_shift_the_others(form: str) -> None:
    figures = figures_of(load_form(form))
    kept = {key: value for key, value in figures.items() if value % 3}
    found = read(with_bars(rows_of(form, kept)), form)
    assert found == in_yuan(form, kept)


@pytest.mark.parametrize("form", FORMS)
def test_missing_rows_do_no_harm(form: str) -> None:
    figures = figures_of(load_form(form))
    rows = [row for n, row in enumerate(rows_of(form, figures)) if n % 5 != 3]
    found = read(with_bars(rows), form)
    expected = in_yuan(form, figures)
    assert len(found) > len(expected) / 2
    assert all(found[key] == expected[key] for key in found)
