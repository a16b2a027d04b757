"""Reminders at 5, 3, 1 and 0 working days, once each, and never a word of the case."""

from datetime import date, timedelta
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail

from gongkai.applications import jobs
from gongkai.applications.models import Case, IntakeDraft
from gongkai.applications.services import asking, handling
from gongkai.applications.services.asking import Consulted
from gongkai.applications.tests.factories import REPLY, Desk, noon
from gongkai.registry import calendars
from gongkai.registry.models import OutboxEntry
from gongkai.registry.outbox import run_next

pytestmark = pytest.mark.django_db

RECEIVED = date(2025, 3, 3)
DUE = date(2025, 3, 31)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def work() -> None:
    while run_next("test"):
        pass


def reminded(case: Case, day: date) -> list[int]:
    """Days left of the reminders promised on the day, each hour anew."""
    with time_machine.travel(noon(day)):
        jobs.remind()
        jobs.remind()
    prefix = f"due-{case.pk}-"
    entries = OutboxEntry.objects.filter(key__startswith=prefix).order_by("pk")
    return [int(str(entry.payload["days"])) for entry in entries]


@pytest.mark.parametrize(
    ("day", "left"),
    [
        (date(2025, 3, 21), []),
        (date(2025, 3, 24), [5]),
        (date(2025, 3, 26), [3]),
        (date(2025, 3, 28), [1]),
        (date(2025, 3, 31), [0]),
    ],
)
def test_each_reminder_is_promised_once(desk: Desk, day: date, left: list[int]) -> None:
    case = desk.case(received_on=RECEIVED)
    assert case.due_on == DUE
    assert reminded(case, day) == left


def test_a_stopped_or_answered_case_reminds_nobody(desk: Desk) -> None:
    stopped, answered = (
        receipt.case for receipt in desk.receive("甲", "乙", received_on=RECEIVED)
    )
    now = noon(date(2025, 3, 4))
    for case in (stopped, answered):
        handling.take_up(actor=desk.clerk, case=case, now=now)
    asking.consult(
        actor=desk.clerk,
        case=stopped,
        of="third_party",
        party=Consulted("某公司", question="是否同意？"),
        now=now,
    )
    handling.reply(
        actor=desk.clerk,
        case=answered,
        on=date(2025, 3, 4),
        result="R1",
        files=[REPLY],
        now=now,
    )
    assert reminded(stopped, DUE) == reminded(answered, DUE) == []


def test_a_stopped_clock_is_not_reminded_until_silence_ends_it(desk: Desk) -> None:
    """Consulted with four days left: the term of the third party passes by first."""
    case = desk.case(received_on=RECEIVED)
    asked_on = date(2025, 3, 26)
    handling.take_up(actor=desk.clerk, case=case, now=noon(asked_on))
    party = Consulted("某公司", question="是否同意？")
    asked = asking.consult(
        actor=desk.clerk,
        case=case,
        of="third_party",
        party=party,
        on=asked_on,
        now=noon(asked_on),
    )
    asking.consulted_received(
        actor=desk.clerk, asked=asked, on=asked_on, now=noon(asked_on)
    )
    asked.refresh_from_db()
    case.refresh_from_db()
    silent_on, due_on = asked.due_on, case.due_on
    assert silent_on is not None
    assert due_on is not None
    calendar = calendars.calendar_of(desk.agency)
    assert calendar.working_days(silent_on, due_on) == 3
    day = asked_on
    while day <= silent_on:
        assert reminded(case, day) == []
        day += timedelta(days=1)
    while day <= due_on:
        told = reminded(case, day)
        day += timedelta(days=1)
    assert told == [1, 0]


def test_the_mail_names_the_case_and_tells_nothing(desk: Desk) -> None:
    from gongkai.accounts.models import User

    User.objects.filter(pk=desk.clerk.user_id or 0).update(email="clerk@example.org")
    case = desk.case(received_on=RECEIVED)
    work()
    mail.outbox.clear()
    reminded(case, date(2025, 3, 28))
    work()
    [sent] = mail.outbox
    assert sent.to == ["clerk@example.org"]
    assert case.number in sent.subject
    for word in ("柳青河", "补助", "13800138000"):
        assert word not in f"{sent.subject} {sent.body}"


def test_a_broken_mail_server_loses_no_case_and_no_mail(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_told: object) -> int:
        raise SMTPServerDisconnected

    now = noon(RECEIVED)
    with time_machine.travel(now):
        case = desk.case(received_on=RECEIVED)
        with monkeypatch.context() as patched:
            patched.setattr(jobs, "send_mail", broken)
            work()
        assert mail.outbox == []
    assert Case.objects.filter(pk=case.pk, number=case.number).exists()
    with time_machine.travel(now + timedelta(hours=1)):
        work()
    [sent] = mail.outbox
    assert case.number in sent.subject


def test_what_was_begun_and_never_sent_is_deleted_after_thirty_days() -> None:
    begun, kept = date(2025, 3, 1), date(2025, 3, 20)
    for number, day in enumerate((begun, kept)):
        IntakeDraft.objects.create(
            token_index=str(number),
            data_key=b"",
            sealed=b"",
            begun_at=noon(day),
            saved_at=noon(day),
        )
    with time_machine.travel(noon(date(2025, 4, 1))):
        jobs.sweep()
    assert [draft.token_index for draft in IntakeDraft.objects.all()] == ["1"]
