"""A report comes in once, is read, and is read anew without losing a verdict."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import make_agency, make_scope
from gongkai.audit.models import Event
from gongkai.items.services import publishing
from gongkai.items.tests.factories import Office
from gongkai.registry import files
from gongkai.registry.models import OutboxEntry
from gongkai.registry.outbox import run_next
from gongkai.reportreader import Claim as ReadClaim
from gongkai.reportreader import analyse
from gongkai.reports import carrying
from gongkai.reports.exceptions import Unreadable
from gongkai.reports.models import Claim, Figure, Reading, Verdict
from gongkai.reports.services import judging, reading
from gongkai.reports.tests.factories import (
    YEAR,
    accepted_report,
    docx,
    html_of,
    published_report,
    read_report,
    text_of,
    upload,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> Agency:
    return make_agency("霜桥县人民政府")


@pytest.fixture
def office(county: Agency) -> Office:
    return Office(make_agency("霜桥县林业局", parent=county))


def claim(found: Reading, indicator: str) -> Claim:
    return found.claims.get(indicator=indicator)


def test_an_upload_is_read_with_every_figure_at_its_place(office: Office) -> None:
    found = upload(office)
    assert (found.year, found.agency_read) == (YEAR, "霜桥县林业局")
    assert found.state == Reading.State.OPEN
    told = {one.indicator: one.value for one in found.claims.all()}
    assert told["proactive_total"] == 320
    assert told["applications_received"] == 25
    for one in found.claims.all():
        assert found.text[one.start : one.end] == one.quote
    assert Event.objects.filter(verb="reading.added").count() == 1


def test_the_same_file_for_the_same_body_is_one_reading(
    office: Office, county: Agency
) -> None:
    first = upload(office)
    data = text_of(office.agency.name).encode()
    again = reading.add_file(
        by=office.clerk, agency=office.agency, name="另一个名字.txt", data=data
    )
    assert (again.is_new, again.reading) == (False, first)
    assert Event.objects.filter(verb="reading.added").count() == 1
    other = Office(make_agency(parent=county))
    assert upload(other, text_of(office.agency.name)) != first


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "空"), (b"\x00\x01" * 50, "不是文字"), ("今天天气很好。".encode(), "不像")],
)
def test_what_is_no_report_leaves_nothing_behind(
    office: Office, data: bytes, words: str
) -> None:
    before = Event.objects.count()
    with pytest.raises(Unreadable, match=words):
        reading.add_file(by=office.clerk, agency=office.agency, name="x", data=data)
    assert not Reading.objects.exists()
    assert Event.objects.count() == before


def test_a_large_file_is_read_by_the_worker_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "AT_ONCE_BYTES", 10)
    found = upload(office)
    assert found.state == Reading.State.WAITING
    assert not found.claims.exists()
    assert run_next("test")
    found.refresh_from_db()
    count = found.claims.count()
    assert (found.state, count > 4) == (Reading.State.OPEN, True)
    judging.accept_all(by=office.clerk, reading=found)
    reading.read_waiting(found.pk)
    assert found.claims.filter(verdict=Verdict.ACCEPTED).count() == count


def test_a_large_file_without_a_report_says_why(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "AT_ONCE_BYTES", 1)
    found = upload(office, "今天天气很好。")
    assert run_next("test")
    found.refresh_from_db()
    assert found.state == Reading.State.UNREADABLE
    assert "不像政府信息公开年度报告" in found.problem
    assert not found.claims.exists()


def test_what_could_not_be_read_may_be_tried_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "AT_ONCE_BYTES", 1)
    found = upload(office)
    stored = files.path_of(found.stored.sha256 if found.stored else "")
    data = stored.read_bytes()
    stored.write_bytes(b"spoilt")
    assert run_next("test")
    found.refresh_from_db()
    assert found.state == Reading.State.UNREADABLE
    stored.write_bytes(data)
    assert reading.read_again(by=office.clerk, reading=found) is False
    assert run_next("test")
    found.refresh_from_db()
    assert found.state == Reading.State.OPEN
    assert found.problem == ""


def test_a_published_report_is_read_from_its_text(office: Office) -> None:
    found = read_report(office)
    assert claim(found, "proactive_total").value == 320
    assert found.item is not None
    assert found.item is not None
    assert reading.add_item(by=office.clerk, item=found.item).is_new is False


def test_of_text_and_attachment_the_one_that_tells_more_is_read(office: Office) -> None:
    text = text_of(office.agency.name)
    item = office.published(
        files=[("年报.docx", docx(text, [["栏目", "说明"]]))],
        title=text.splitlines()[0],
        body="<p>年度报告全文见附件。</p>",
        kind="annual_report",
    )
    found = reading.add_item(by=office.clerk, item=item).reading
    assert found.name == "年报.docx"
    assert claim(found, "applications_received").value == 25


def test_what_is_not_public_is_not_picked(office: Office) -> None:
    item = published_report(office)
    withdrawn = publishing.withdraw(by=office.head, item=item, note="x")
    with pytest.raises(Unreadable):
        reading.add_item(by=office.clerk, item=withdrawn)


def test_verdicts_survive_another_reader(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = upload(office)
    judging.accept(by=office.clerk, claim=claim(found, "proactive_total"))
    judging.correct(
        by=office.clerk,
        claim=claim(found, "interpretations"),
        indicator="interpretations",
        value=Decimal(13),
    )
    judging.reject(by=office.clerk, claim=claim(found, "litigations"))
    judging.accept(by=office.clerk, claim=claim(found, "press_conferences"))
    report = analyse(reading.text_of(found))
    changed = [
        _with_value(one, {"proactive_total": 32, "interpretations": 13})
        for one in report.claims
        if one.indicator not in {"litigations", "press_conferences"}
    ]
    carrying.keep_claims(found, changed)
    verdicts = {
        one.indicator: (one.verdict, one.expected_value, one.is_read)
        for one in found.claims.exclude(verdict="")
    }
    assert verdicts == {
        "proactive_total": (Verdict.CORRECTED, 320, True),
        "interpretations": (Verdict.ACCEPTED, 13, True),
        "litigations": (Verdict.REJECTED, None, False),
        "press_conferences": (Verdict.ADDED, 3, False),
    }


def _with_value(one: ReadClaim, values: dict[str, int]) -> ReadClaim:
    value = values.get(one.indicator)
    return one if value is None else replace(one, value=Decimal(value))


def test_an_added_figure_that_the_reader_learns_is_not_there_twice(
    office: Office,
) -> None:
    found = upload(office)
    gone = claim(found, "interpretations")
    words, value = gone.quote, gone.value
    gone.delete()
    judging.add(
        by=office.clerk,
        reading=found,
        indicator="interpretations",
        value=value,
        quote=words,
    )
    reading.read_again(by=office.clerk, reading=found)
    (one,) = found.claims.filter(indicator="interpretations")
    assert (one.verdict, one.is_read) == (Verdict.ACCEPTED, True)


def test_a_verdict_on_a_finding_survives_reading_anew(office: Office) -> None:
    found = upload(office, text_of(office.agency.name, received=26))
    (finding,) = found.findings.filter(code="parts_total")
    judging.judge_finding(
        by=office.clerk, finding=finding, verdict="no_error", note="另有传真 1 件"
    )
    reading.read_again(by=office.clerk, reading=found)
    finding.refresh_from_db()
    assert (finding.verdict, finding.note) == ("no_error", "另有传真 1 件")
    assert finding.is_found


def test_the_published_text_takes_over_what_was_said_of_the_upload(
    office: Office,
) -> None:
    early = upload(office)
    judging.accept_all(by=office.clerk, reading=early)
    found = read_report(office)
    assert found != early
    assert found.state == Reading.State.CHECKED
    assert found.claims.exclude(verdict=Verdict.ACCEPTED).count() == 0


def test_a_corrected_report_is_read_again_by_itself(office: Office) -> None:
    before = accepted_report(office)
    assert before.item is not None
    text = text_of(office.agency.name, published=321)
    office.correct(before.item, body=html_of(text))
    version = office.submit(before.item)
    office.approve(version, office.head)
    publishing.publish(by=office.clerk, item=office.approve(version, office.secrecy))
    assert not Reading.objects.visible_to_public().exists()
    assert reading.read_corrected() == 1
    assert reading.read_corrected() == 0
    after = Reading.objects.visible_to_public().get()
    kept = Figure.objects.filter(reading=after).values_list("series", flat=True)
    assert "applications_received" in kept
    assert "proactive_total" not in kept  # another number: for a person to see


def test_last_years_accepted_figures_are_compared(office: Office) -> None:
    accepted_report(office, YEAR - 1, published=20_000)
    found = upload(office)
    (finding,) = found.findings.filter(code="out_of_line")
    assert "20000" in finding.message


def test_peers_are_those_beside_it_and_only_what_is_public(
    office: Office, county: Agency
) -> None:
    for number in range(5):
        other = Office(make_agency(f"霜桥县第{number}局", parent=county))
        if number < 4:
            accepted_report(other, published=30_000)
        else:
            hidden = upload(other, text_of(other.agency.name, published=30_000))
            judging.accept_all(by=other.clerk, reading=hidden)
    assert not upload(office).findings.filter(code="out_of_line").exists()
    fifth = Office(make_agency("霜桥县第五局", parent=county))
    accepted_report(fifth, published=31_000)
    found = Reading.objects.get(agency=office.agency)
    reading.read_again(by=office.clerk, reading=found)
    (finding,) = found.findings.filter(code="out_of_line")
    assert "中位数" in finding.message


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LEADER, Role.ADMINISTRATOR])
def test_who_only_looks_adds_and_judges_nothing(office: Office, role: Role) -> None:
    found = upload(office)
    by = make_scope(office.agency, role)
    with pytest.raises(PermissionDenied):
        reading.add_file(by=by, agency=office.agency, name="x", data=b"x")
    with pytest.raises(PermissionDenied):
        judging.accept_all(by=by, reading=found)
    with pytest.raises(PermissionDenied):
        judging.reject(by=by, claim=found.claims.all()[0])
    with pytest.raises(PermissionDenied):
        reading.read_again(by=by, reading=found)


def test_an_office_above_looks_and_does_not_judge(
    office: Office, county: Agency
) -> None:
    found = upload(office)
    above = make_scope(county, Role.OGI_OFFICE)
    assert Reading.objects.visible_to(above).get() == found
    with pytest.raises(PermissionDenied):
        judging.accept_all(by=above, reading=found)


def test_nothing_waits_once_it_was_read_at_once(office: Office) -> None:
    upload(office)
    assert not OutboxEntry.objects.filter(topic=reading.TOPIC).exists()
