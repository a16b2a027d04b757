"""Each cell against its own records, and against a recount in plain SQL."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from gongkai import law, returns
from gongkai.agencies.models import Agency
from gongkai.agencies.tests.factories import make_agency
from gongkai.applications import measures
from gongkai.applications.models import Case
from gongkai.applications.services import asking, handling
from gongkai.applications.tests.factories import REPLY, Desk, noon
from gongkai.applications.tests.ledgers import fill
from gongkai.registry.measures import Asked, Period, measure_for

pytestmark = pytest.mark.django_db
NOW = noon(date(2026, 6, 1))
KINDS = [column.key for column in returns.load_form("2021").tables[4].columns]


def values(
    agency: Agency, year: int = 2025, as_of: datetime = NOW
) -> Mapping[str, Any]:
    asked = Asked((agency.pk,), Period.year(year), as_of)
    return {**measures.table_values(asked), **measures.older_values(asked)}


@pytest.mark.parametrize("as_of", [NOW, noon(date(2025, 7, 1))])
@pytest.mark.parametrize("whole_tree", [False, True])
def test_the_grouped_query_equals_the_records_of_every_cell(
    as_of: datetime, whole_tree: bool
) -> None:
    root = make_agency()
    fill([root, make_agency(parent=root), make_agency(parent=root)], 150, seed=7)
    tree = Agency.objects.at_or_below(root).values("pk")
    asked = Asked(tree if whole_tree else (root.pk,), Period.year(2025), as_of)
    grouped = {**measures.table_values(asked), **measures.older_values(asked)}
    keys = [*dict(measures._cells()), *measures.OLDER]
    assert len(keys) > 180
    counted = {}
    for key in keys:
        measure = measure_for(key)
        assert measure is not None
        counted[key] = measure.records(asked).count()
    assert {key: grouped.get(key, 0) for key in keys} == counted
    assert set(grouped) <= set(keys)
    assert counted["applications.new_received.total"] > 0


# Written apart from the measures: nothing of theirs is used here.
RECOUNT = """
WITH ended AS (
  SELECT c.id, (SELECT MIN(a.at) FROM applications_act a WHERE a.case_id = c.id
         AND a.to_stage IN ('replied', 'withdrawn', 'closed', 'archived')) AS known_at
  FROM applications_case c
), stood AS (
  SELECT c.*, CASE WHEN e.known_at <= %(as_of)s THEN c.closed_on END AS end_on
  FROM applications_case c JOIN ended e ON e.id = c.id
  WHERE c.registered_at <= %(as_of)s AND c.agency_id = %(agency)s
    AND NOT (c.joined_into_id IS NOT NULL AND e.known_at <= %(as_of)s)
    AND (%(kind)s = 'total' OR c.applicant_kind = %(kind)s)
)
SELECT
  SUM(CASE WHEN received_on >= %(first)s AND received_on <= %(last)s THEN 1 END),
  SUM(CASE WHEN received_on < %(first)s
           AND (end_on IS NULL OR end_on >= %(first)s) THEN 1 END),
  SUM(CASE WHEN end_on >= %(first)s AND end_on <= %(last)s THEN 1 END),
  SUM(CASE WHEN received_on <= %(last)s
           AND (end_on IS NULL OR end_on > %(last)s) THEN 1 END){leaves}
FROM stood
"""


def recount(agency: Agency, form: str, kind: str, year: int, as_of: datetime) -> Any:
    results = law.regime("2019").results
    rows = sorted({result.row(form) for result in results.values()})
    leaves = ""
    for row in rows:
        codes = [code for code, result in results.items() if result.row(form) == row]
        listed = ", ".join(f"'{code}'" for code in codes)
        leaves += f""", SUM(CASE WHEN result IN ({listed}) AND end_on >= %(first)s
                           AND end_on <= %(last)s THEN 1 END)"""
    told = {
        "as_of": as_of,
        "agency": agency.pk,
        "kind": kind,
        "first": date(year, 1, 1),
        "last": date(year, 12, 31),
    }
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT.format(leaves=leaves), told)
        found = [int(one or 0) for one in cursor.fetchone()]
    names = [f"applications.{name}" for name in measures.BALANCE]
    return dict(zip([*names, *rows], found, strict=True))


@pytest.mark.engines
@pytest.mark.parametrize("seed", range(3))
def test_every_cell_equals_a_recount_in_plain_sql(seed: int) -> None:
    agency = make_agency()
    fill([agency, make_agency()], 200, seed)
    for as_of in (NOW, noon(date(2025, 3, 1))):
        for year in (2024, 2025):
            got = values(agency, year, as_of)
            for form in ("2019", "2021"):
                for kind in KINDS:
                    for row, number in recount(agency, form, kind, year, as_of).items():
                        assert got.get(f"{row}.{kind}", 0) == number, (row, kind)


OLDER_RECOUNT = """
WITH ended AS (
  SELECT c.id, (SELECT MIN(a.at) FROM applications_act a WHERE a.case_id = c.id
         AND a.to_stage IN ('replied', 'withdrawn', 'closed', 'archived')) AS known_at
  FROM applications_case c
), stood AS (
  SELECT c.*, CASE WHEN e.known_at <= %(as_of)s THEN c.closed_on END AS end_on
  FROM applications_case c JOIN ended e ON e.id = c.id
  WHERE c.registered_at <= %(as_of)s AND c.agency_id = %(agency)s
    AND NOT (c.joined_into_id IS NOT NULL AND e.known_at <= %(as_of)s)
)
SELECT 'received ' || channel, COUNT(*) FROM stood
  WHERE received_on >= %(first)s AND received_on <= %(last)s GROUP BY channel
UNION ALL
SELECT CASE WHEN was_extended OR end_on > due_on THEN 'beyond' ELSE 'within' END,
  COUNT(*) FROM stood WHERE end_on >= %(first)s AND end_on <= %(last)s GROUP BY 1
UNION ALL
SELECT result, COUNT(*) FROM stood
  WHERE end_on >= %(first)s AND end_on <= %(last)s GROUP BY result
"""


@pytest.mark.engines
@pytest.mark.parametrize("seed", range(2))
def test_every_row_of_2014_equals_a_recount_in_plain_sql(seed: int) -> None:
    agency = make_agency()
    fill([agency, make_agency()], 200, seed, regime="2008")
    form = returns.load_form("2014")
    for as_of in (NOW, noon(date(2025, 3, 1))):
        told = {
            "as_of": as_of,
            "agency": agency.pk,
            "first": date(2024, 1, 1),
            "last": date(2024, 12, 31),
        }
        with connection.cursor() as cursor:
            cursor.execute(OLDER_RECOUNT, told)
            sql = dict(cursor.fetchall())
        got = values(agency, 2024, as_of)
        by_letter = sql["received letter"] + sql["received signed_post"]
        assert got["applications_by_letter"] == by_letter
        assert got["applications_by_fax"] == sql["received fax"]
        by_network = sql["received network"] + sql["received email"]
        assert got["applications_by_network"] == by_network
        in_person = sql["received in_person"] + sql["received oral"]
        assert got["applications_in_person"] == in_person
        assert got["closed_extended"] == sql["beyond"]
        assert got["closed_on_time"] == sql["within"]
        for code, result in law.regime("2008").results.items():
            assert got[result.key] == sql.get(code, 0), code
        rows = {key: got[key] for key in form.by_key if key in got}
        assert returns.check(form, rows).errors == ()


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_relations_of_rows_and_columns_hold(form: str) -> None:
    agency = make_agency()
    fill([agency], 200, seed=11)
    official = returns.load_form(form)
    before = full(official, values(agency, 2024))
    result = returns.check(official, full(official, values(agency, 2025)), before)
    assert result.errors == ()


def full(form: returns.Form, found: Mapping[str, Any]) -> dict[str, object]:
    keys = [key for key in form.by_key if key.startswith("applications.")]
    return {key: found.get(key, 0) for key in keys}


def test_what_is_entered_later_changes_no_older_figure() -> None:
    desk = Desk()
    case = desk.case(received_on=date(2025, 12, 1))
    moment = noon(date(2025, 12, 20))
    before = values(desk.agency, as_of=moment)
    assert before["applications.carried_out.total"] == 1
    handling.take_up(actor=desk.clerk, case=case, now=noon(date(2026, 1, 5)))
    # Replied to in December, entered in January.
    handling.reply(
        actor=desk.clerk,
        case=case,
        on=date(2025, 12, 15),
        result="R1",
        files=[REPLY],
        now=noon(date(2026, 1, 5)),
    )
    desk.case(received_on=date(2025, 12, 10), now=noon(date(2026, 1, 6)))
    assert values(desk.agency, as_of=moment) == before
    after = values(desk.agency)
    assert after["applications.new_received.natural_person"] == 2
    assert after["applications.granted.natural_person"] == 1
    assert after["applications.carried_out.total"] == 1


def test_a_joined_case_is_counted_where_it_went() -> None:
    desk = Desk()
    first, second = (desk.case(received_on=date(2025, 3, 3)) for _each in range(2))
    handling.join(actor=desk.clerk, case=second, into=first, now=noon(date(2025, 3, 4)))
    assert values(desk.agency)["applications.new_received.total"] == 1
    assert (
        values(desk.agency, as_of=noon(date(2025, 3, 3)))[
            "applications.new_received.total"
        ]
        == 2
    )


def test_the_older_form_counts_by_channel_and_by_reply() -> None:
    desk = Desk()
    day = date(2016, 3, 3)
    case = desk.case(received_on=day, channel="email", now=noon(day))
    desk.case(received_on=day, channel="signed_post", now=noon(day))
    handling.take_up(actor=desk.clerk, case=case, now=noon(day))
    handling.reply(
        actor=desk.clerk,
        case=case,
        on=date(2016, 3, 9),
        result="3.3.4.3",
        files=[REPLY],
        now=noon(date(2016, 3, 9)),
    )
    known = values(desk.agency, 2016)
    found = {key: number for key, number in known.items() if number}
    of_2014 = {
        key: n for key, n in found.items() if not key.startswith("applications.")
    }
    assert of_2014 == {
        "applications_received": 2,
        "applications_by_network": 1,
        "applications_by_letter": 1,
        "applications_closed": 1,
        "closed_on_time": 1,
        "applications_replied": 1,
        "refused": 1,
        "refused_privacy": 1,
    }


def test_a_case_of_the_older_text_falls_into_the_newer_forms_rows() -> None:
    desk = Desk()
    day = date(2019, 5, 10)
    for result in ("3.3.2", "3.3.7", "3.3.4.5"):
        case = desk.case(received_on=day, now=noon(day))
        handling.take_up(actor=desk.clerk, case=case, now=noon(day))
        handling.reply(
            actor=desk.clerk,
            case=case,
            on=day + timedelta(days=9),
            result=result,
            files=[REPLY],
            now=noon(day + timedelta(days=9)),
        )
    taken_back = desk.case(received_on=day, now=noon(day))
    handling.withdraw(actor=desk.clerk, case=taken_back, now=noon(day))
    found = values(desk.agency, 2019)
    assert found["applications.granted.total"] == 1
    assert found["applications.other.total"] == 3
    assert found["applications.other.rest.total"] == 3
    form = returns.load_form("2019")
    assert returns.check(form, full(form, found)).errors == ()


def test_late_and_extended_are_closed_beyond_the_term() -> None:
    desk = Desk()
    for received_on, days in ((date(2016, 3, 1), 3), (date(2016, 4, 1), 60)):
        case = desk.case(received_on=received_on, now=noon(received_on))
        on = received_on + timedelta(days=days)
        handling.take_up(actor=desk.clerk, case=case, now=noon(on))
        handling.reply(
            actor=desk.clerk,
            case=case,
            on=on,
            result="3.3.2",
            files=[REPLY],
            now=noon(on),
        )
    found = values(desk.agency, 2016)
    assert (found["closed_on_time"], found["closed_extended"]) == (1, 1)


def test_a_fee_counts_in_the_year_in_which_it_was_paid() -> None:
    desk = Desk()
    case = desk.case(received_on=date(2025, 3, 3))
    handling.take_up(actor=desk.clerk, case=case, now=noon(date(2025, 3, 4)))
    asking.charge(
        actor=desk.clerk,
        case=Case.objects.get(pk=case.pk),
        basis="volume",
        quantity=100,
        on=date(2025, 3, 5),
        now=noon(date(2025, 3, 5)),
    )
    measure = measure_for("fees_yuan")
    assert measure is not None
    asked = Asked((desk.agency.pk,), Period.year(2025), NOW)
    assert measure.value(asked) == 0
    asking.fee_paid(
        actor=desk.clerk,
        case=Case.objects.get(pk=case.pk),
        on=date(2025, 3, 12),
        now=noon(date(2025, 3, 12)),
    )
    assert measure.value(asked) == Decimal(700)
    assert [measure.describe(fee).note for fee in measure.records(asked)] == [
        "700.00 元"
    ]
