"""Verdicts leave events, make figures, and grow into the reader's test set."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from gongkai.agencies.models import Agency
from gongkai.agencies.tests.factories import make_agency
from gongkai.audit.models import Event
from gongkai.items.tests.factories import Office
from gongkai.reports import corrections
from gongkai.reports.indicators import key_of, name_of, names, series_of
from gongkai.reports.models import Claim, Reading, Scope
from gongkai.reports.services import judging
from gongkai.reports.summing import settle
from gongkai.reports.tests.factories import accepted_report, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office(make_agency("霜桥县林业局", parent=make_agency("霜桥县人民政府")))


def claim(found: Reading, indicator: str) -> Claim:
    return found.claims.get(indicator=indicator)


def test_each_verdict_says_who_and_when(office: Office) -> None:
    found = upload(office)
    one = claim(found, "proactive_total")
    judging.accept(by=office.clerk, claim=one)
    judging.reject(by=office.head, claim=one)
    events = Event.objects.filter(object_id=str(one.pk), verb__startswith="claim.")
    told = [(event.verb, event.user_id) for event in events.order_by("seq")]
    assert told == [
        ("claim.accepted", office.clerk.user_id),
        ("claim.rejected", office.head.user_id),
    ]


def test_accepting_all_is_one_event_with_its_count(office: Office) -> None:
    found = upload(office)
    count = judging.accept_all(by=office.clerk, reading=found)
    (event,) = Event.objects.filter(verb="claims.accepted")
    assert f'"count":{count}' in event.data


def test_a_verdict_on_a_public_figure_makes_the_bodys_pages_anew(
    office: Office,
) -> None:
    found = accepted_report(office)
    before = Agency.objects.get(pk=office.agency.pk).generation
    judging.reject(by=office.clerk, claim=claim(found, "proactive_total"))
    assert Agency.objects.get(pk=office.agency.pk).generation > before


def test_the_form_counts_before_the_text_and_the_year_alone(office: Office) -> None:
    found = upload(office)
    judging.accept_all(by=office.clerk, reading=found)
    told = claim(found, "proactive_total")
    for number, (value, in_table, scope) in enumerate(
        [(999, False, Scope.YEAR), (321, True, Scope.YEAR), (5, True, Scope.PART)]
    ):
        told.pk, told.identity = None, f"{number}"
        told.value = told.expected_value = Decimal(value)
        told.in_table, told.scope = in_table, scope
        told.save()
    settle(found)
    assert found.figures.get(series="proactive_total").value == 321


def test_a_report_without_a_year_has_no_figures(office: Office) -> None:
    found = upload(office)
    found.year = None
    found.save()
    judging.accept_all(by=office.clerk, reading=found)
    assert not found.figures.exists()


def test_the_reader_is_measured_by_what_people_decided(office: Office) -> None:
    found = upload(office)
    judging.accept_all(by=office.clerk, reading=found)
    whole = corrections.measure(Reading.objects.all())
    assert (whole.precision, whole.recall) == (1.0, 1.0)
    judging.correct(
        by=office.clerk,
        claim=claim(found, "proactive_total"),
        indicator="proactive_total",
        value=Decimal(321),
    )
    judging.reject(by=office.clerk, claim=claim(found, "litigations"))
    after = corrections.measure(Reading.objects.all())
    assert after.expected == whole.expected - 1
    assert after.right == whole.right - 2
    assert after.wrong == 2
    kinds = {(one.kind, one.stated.indicator) for one in after.differences}
    assert kinds == {
        ("missed", "proactive_total"),
        ("wrong", "proactive_total"),
        ("wrong", "litigations"),
    }


def test_in_a_half_checked_report_only_the_refused_is_wrong(office: Office) -> None:
    found = upload(office)
    judging.reject(by=office.clerk, claim=claim(found, "litigations"))
    judging.accept(by=office.clerk, claim=claim(found, "proactive_total"))
    half = corrections.measure(Reading.objects.all())
    assert (half.expected, half.right, half.wrong) == (1, 1, 1)


def test_the_command_prints_shares_and_differences(office: Office) -> None:
    out = StringIO()
    call_command("measure_reader", stdout=out)
    assert "precision –, recall –" in out.getvalue()
    found = upload(office)
    judging.accept_all(by=office.clerk, reading=found)
    judging.reject(by=office.clerk, claim=claim(found, "litigations"))
    call_command("measure_reader", stdout=out)
    last = out.getvalue().splitlines()[-2:]
    assert name_of("litigations") in last[0]
    assert "recall 1.0000" in last[1]


def test_every_indicator_has_a_name_of_its_own() -> None:
    assert len(set(names().values())) == len(names())
    assert all(key_of(name) == key for key, name in names().items())
    assert key_of("没有这个指标") is None


def test_a_series_runs_through_the_change_of_form() -> None:
    assert series_of("applications.new_received.total") == "applications_received"
    assert series_of("proactive_total") == "proactive_total"
