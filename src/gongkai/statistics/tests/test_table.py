"""Figures asked for freely: any period, any body, chosen indicators."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of, said, signed_in
from gongkai.applications.models import Case
from gongkai.applications.tests.ledgers import fill
from gongkai.statistics.models import SavedTable
from gongkai.statistics.tests.factories import Body

pytestmark = pytest.mark.django_db
TABLE = reverse("statistics:table")
KEYS = ["applications_received", "applications.granted.total", "meetings"]


def question(body: Body, **told: Any) -> dict[str, Any]:
    known = {"reach": "own", "unit": "quarter", "year": "2025", "key": KEYS}
    return {"agency": body.agency.slug, **known, **told}


def test_quarters_and_months_add_up_to_the_year() -> None:
    county = Body()
    fill([county.agency], 80, seed=4)
    client = signed_in(county.office)
    sums = {}
    for unit in ("year", "quarter", "month"):
        answer = client.get(TABLE, question(county, unit=unit))
        line, values = answer.context["lines"][0]
        assert line.key == KEYS[0]
        counted = [value for _place, value in values]
        sums[unit] = counted[-1] if unit == "year" else sum(counted)
    assert sums["year"] == sums["quarter"] == sums["month"]
    expected = Case.objects.filter(joined_into=None, received_on__year=2025)
    assert sums["year"] == expected.count()


def test_a_figure_opens_exactly_its_records() -> None:
    county = Body()
    fill([county.agency], 60, seed=4)
    client = signed_in(county.office)
    asked = question(county, cell=KEYS[0], column="1")
    answer = client.get(TABLE, asked)
    value = dict(answer.context["lines"][0][1])[1]
    assert answer.context["opened"].page.paginator.count == value > 0
    for column in ("9", "x", "²"):
        wrong = client.get(TABLE, {**asked, "column": column})
        assert wrong.context["opened"] is None


def test_any_days_and_the_whole_area() -> None:
    county = Body()
    bureau = county.below()
    fill([bureau.agency], 60, seed=4)
    client = signed_in(county.office)
    asked = question(
        county, unit="dates", first="2025-02-03", last="2025-05-20", reach="area"
    )
    answer = client.get(TABLE, asked)
    days = (date(2025, 2, 3), date(2025, 5, 20))
    expected = Case.objects.filter(joined_into=None, received_on__range=days).count()
    assert answer.context["lines"][0][1] == [(0, expected)]
    clerk = client_of(county.agency, Role.CLERK)
    assert clerk.get(TABLE, asked).status_code == 404
    assert clerk.get(TABLE, question(bureau)).context["form"].errors


def test_backward_days_and_too_many_indicators_are_told() -> None:
    county = Body()
    client = signed_in(county.office)
    wrong = question(county, unit="dates", first="2025-05-01", last="2025-01-01")
    assert "first" in client.get(TABLE, wrong).context["form"].errors
    assert (
        "key"
        in client.get(TABLE, question(county, key=["no_such"])).context["form"].errors
    )


def test_it_goes_out_as_csv_and_as_spreadsheet() -> None:
    county = Body()
    fill([county.agency], 40, seed=4)
    client = signed_in(county.office)
    shown = client.get(TABLE, question(county)).context["lines"][0][1]
    text = client.get(TABLE, question(county, **{"as": "csv"})).content.decode()
    cells = text.splitlines()[1].split(",")
    assert cells[3:] == [str(value) for _place, value in shown]
    data = client.get(TABLE, question(county, **{"as": "xlsx"})).content
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert [cell.value for cell in sheet[2]][3:] == [value for _place, value in shown]


def test_a_view_is_kept_found_again_and_removed() -> None:
    county = Body()
    client = signed_in(county.office)
    query = client.get(TABLE, question(county)).context["kept"]
    save = reverse("statistics:table-save")
    assert client.post(save, {"name": "季度", "query": query}).status_code == 302
    again = client.post(save, {"name": "季度", "query": query})
    assert "季度" in "".join(said(again))
    one = SavedTable.objects.get()
    assert client.get(f"{TABLE}?{one.query}").context["asked"].keys == tuple(KEYS)
    forget = reverse("statistics:table-forget", args=[one.pk])
    assert signed_in(county.leader).post(forget).status_code == 404
    assert client.post(forget).status_code == 302
    assert not SavedTable.objects.exists()


def test_the_first_page_shows_the_year_by_quarters() -> None:
    answer = signed_in(Body().office).get(TABLE)
    assert len(answer.context["asked"].columns) == 4


def test_twelve_months_of_many_rows_cost_few_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    county = Body()
    keys = [f"applications.{row}.total" for row in ("new_received", "granted")]
    client = signed_in(county.office)
    with django_assert_max_num_queries(30):
        client.get(TABLE, question(county, unit="month", key=keys))
