"""Registration: one case, one number, sealed, acknowledged exactly once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection, connections

from gongkai.agencies.tests.factories import make_agency, make_scope
from gongkai.applications import rules
from gongkai.applications.choices import Flag
from gongkai.applications.exceptions import BadInput, NoSuchCase
from gongkai.applications.files import Prepared, chunks_of, name_of
from gongkai.applications.models import Act, Case
from gongkai.applications.persons import Wanted, masked_name, open_case
from gongkai.applications.rules import Actor
from gongkai.applications.services.following import find_case
from gongkai.applications.services.registering import register
from gongkai.applications.tests.factories import (
    APPLICANT,
    PDF,
    Desk,
    applicant,
    incoming,
    noon,
)
from gongkai.applications.transitions import TRANSITIONS
from gongkai.audit.models import Event
from gongkai.registry import attempts
from gongkai.registry.models import OutboxEntry
from gongkai.registry.outbox import run_next
from gongkai.registry.sealing import CannotOpen

DAY = date(2025, 3, 3)


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()


def test_a_paper_with_several_matters_becomes_as_many_cases(desk: Desk) -> None:
    receipts = desk.receive("补助明细", "会议纪要", "采购合同")
    assert [one.case.serial for one in receipts] == [1, 2, 3]
    assert len({one.case.paper_id for one in receipts}) == 1
    assert len({one.query_code for one in receipts}) == 3


def test_the_same_sending_makes_one_case_and_the_same_receipt(desk: Desk) -> None:
    paper = incoming("补助明细")
    first, again = (
        register(actor=APPLICANT, agency=desk.agency, incoming=paper, now=noon(DAY))
        for _each in range(2)
    )
    assert [(one.number, one.query_code) for one in first] == [
        (one.number, one.query_code) for one in again
    ]
    assert Case.objects.count() == Act.objects.count() == 1


def test_serials_begin_anew_with_the_year_in_china(desk: Desk) -> None:
    last = datetime(2025, 12, 31, 15, 59, tzinfo=UTC)
    first = datetime(2025, 12, 31, 16, 0, tzinfo=UTC)
    old = desk.receive(received_on=date(2025, 12, 31), now=last)[0]
    new = desk.receive(received_on=date(2026, 1, 1), now=first)[0]
    assert (old.case.year, old.case.serial) == (2025, 1)
    assert (new.case.year, new.case.serial) == (2026, 1)


def test_number_and_query_code_open_the_case_and_neither_alone(desk: Desk) -> None:
    receipt, other = desk.receive("补助明细", "会议纪要")
    code = receipt.query_code.lower()
    found = find_case(number=receipt.number, code=f" {code} ", address="10.0.0.1")
    assert found == receipt.case
    for number, code in (
        (receipt.number, other.query_code),
        (other.number, receipt.query_code),
        (receipt.number, ""),
    ):
        with pytest.raises(NoSuchCase):
            find_case(number=number, code=code, address="10.0.0.1")


def test_guessing_is_slowed_for_the_address_that_guesses(desk: Desk) -> None:
    receipt = desk.receive()[0]
    for _try in range(10):
        with pytest.raises(NoSuchCase):
            find_case(number=receipt.number, code="WRONG", address="10.0.0.1")
    with pytest.raises(attempts.TooMany):
        find_case(number=receipt.number, code=receipt.query_code, address="10.0.0.1")
    assert find_case(number=receipt.number, code=receipt.query_code, address="10.0.0.2")


def test_many_at_once_are_all_stored_and_flagged(desk: Desk) -> None:
    cases = [one.case for one in desk.receive(*(f"第{n}年度决算" for n in range(12)))]
    assert [case.flag for case in cases[:10]] == [""] * 10
    assert {case.flag for case in cases[10:]} == {Flag.MANY}


def test_a_likely_repeat_is_flagged_not_refused(desk: Desk) -> None:
    desk.receive("补助明细")
    assert desk.receive("补助明细")[0].case.flag == Flag.REPEAT
    other = desk.receive("补助明细", applicant=applicant("钱某", identity_no=""))
    assert other[0].case.flag == ""


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"kind": "robot"}, "kind"),
        ({"applicant": applicant(" ")}, "name"),
        ({"received_on": date(2025, 3, 4)}, "received_on"),
        ({"wanted": ()}, "subject"),
        ({"wanted": (Wanted(" "),)}, "subject"),
        ({"wanted": (Wanted("长" * 201),)}, "subject"),
        ({"confirmed_on": date(2025, 3, 2)}, "confirmed_on"),
        ({"confirmed_on": DAY}, "confirmed_on"),
    ],
)
def test_bad_input_names_its_field(
    desk: Desk, told: dict[str, object], field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        desk.receive(now=noon(DAY), **{"received_on": DAY, **told})  # type: ignore[arg-type]
    assert refused.value.field == field
    assert not Case.objects.exists()


def test_an_agency_that_is_gone_takes_no_application(desk: Desk) -> None:
    gone = Desk(make_agency(dissolved_on=date(2024, 1, 1)))
    with pytest.raises(BadInput) as refused:
        gone.receive()
    assert refused.value.field == "agency"


def test_a_colleague_elsewhere_registers_nothing_here(desk: Desk) -> None:
    stranger = Actor(make_scope(make_agency(), "clerk"))  # type: ignore[arg-type]
    with pytest.raises(PermissionDenied):
        desk.receive(by=stranger)


def test_files_come_back_as_they_were(desk: Desk) -> None:
    data = PDF + b"x" * 700_000
    file = Prepared("identity", "身份证复印件.pdf", "application/pdf", data)
    case = desk.receive(files=[file])[0].case
    kept = case.files.get()
    assert name_of(kept) == "身份证复印件.pdf"
    assert b"".join(chunks_of(kept)) == data


def test_a_destroyed_key_opens_nothing_any_more(desk: Desk) -> None:
    file = Prepared("identity", "a.pdf", "application/pdf", PDF)
    case = desk.receive(files=[file])[0].case
    Case.objects.filter(pk=case.pk).update(data_key=None)
    case = Case.objects.get()
    with pytest.raises(CannotOpen):
        open_case(case)
    with pytest.raises(CannotOpen):
        b"".join(chunks_of(case.files.get()))
    assert masked_name(case) == "—"


def test_one_case_s_seal_does_not_open_another_s(desk: Desk) -> None:
    one, other = (receipt.case for receipt in desk.receive("甲", "乙"))
    one.sealed = other.sealed
    with pytest.raises(CannotOpen):
        open_case(one)


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_numbers_are_gapless_from_sixteen_threads() -> None:
    desk = Desk()

    def file_one(number: int) -> int:
        try:
            return desk.receive(f"第{number}件", key=f"thread-{number}")[0].case.serial
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        serials = list(pool.map(file_one, range(48)))
    assert sorted(serials) == list(range(1, 49))


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_the_same_sending_from_many_threads_is_one_case() -> None:
    desk, paper = Desk(), incoming("补助明细")

    def send(_number: int) -> str:
        try:
            receipts = register(
                actor=APPLICANT, agency=desk.agency, incoming=paper, now=noon(DAY)
            )
            return receipts[0].query_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        codes = set(pool.map(send, range(16)))
    assert len(codes) == 1
    assert Case.objects.count() == 1


MARKS = {
    "name": "欧阳标记",
    "identity_no": "350121198511021237",
    "phone": "13911112222",
    "email": "marker@example.org",
    "address": "标记路八百号",
    "contact_person": "司徒标记",
    "agent_name": "慕容标记",
}


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_person_lies_open_anywhere(
    caplog: pytest.LogCaptureFixture,
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("reads SQLite's own file")
    desk = Desk()
    description = "标记描述四百字"
    file = Prepared(
        "identity", "标记文件名.pdf", "application/pdf", PDF + b"MARKER-BYTES"
    )
    desk.receive(
        applicant=applicant(**MARKS),
        wanted=(Wanted("补助明细", description=description),),
        files=[file],
    )
    while run_next("test"):
        pass
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database = Path(str(connection.settings_dict["NAME"])).read_bytes()
    stored = b"".join(
        path.read_bytes() for path in settings.FILES_ROOT.rglob("*") if path.is_file()
    )
    told = [str(entry.payload) for entry in OutboxEntry.objects.all()]
    told += [event.data for event in Event.objects.all()]
    told += [f"{sent.subject} {sent.body}" for sent in mail.outbox]
    told += [caplog.text]
    for mark in (*MARKS.values(), description, "标记文件名", "MARKER-BYTES"):
        assert mark.encode() not in database, mark
        assert mark.encode() not in stored, mark
        assert all(mark not in text for text in told), mark
    assert mail.outbox[0].to == ["marker@example.org"]


@pytest.mark.parametrize("channel", ["email", "network"])
def test_what_is_acknowledged_at_once_waits_for_no_confirmation(
    desk: Desk, channel: str
) -> None:
    """Nobody moves its first day by looking at it later."""
    received_on = date(2025, 3, 3)
    case = desk.case(channel=channel, received_on=received_on)
    confirm = TRANSITIONS["confirm"]
    assert case.due_on == date(2025, 3, 31)
    assert rules.why_not(confirm, case, desk.clerk, date(2025, 3, 7))
    with pytest.raises(BadInput, match="2025-03-03"):
        now = noon(date(2025, 3, 7))
        later = {"channel": channel, "confirmed_on": now.date()}
        desk.case(received_on=received_on, now=now, **later)


def test_a_day_before_all_regulations_is_refused_with_its_value(desk: Desk) -> None:
    with pytest.raises(BadInput, match="2005-03-03") as refused:
        desk.case(received_on=date(2005, 3, 3), now=noon(DAY))
    assert refused.value.field == "received_on"
