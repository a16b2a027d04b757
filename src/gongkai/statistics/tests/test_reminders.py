"""Mails before and after the last day of a year's return, once each."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail

from gongkai.accounts.models import User
from gongkai.applications.tests.factories import noon
from gongkai.registry.models import OutboxEntry
from gongkai.registry.outbox import run_next
from gongkai.statistics import jobs
from gongkai.statistics.services.setting import set_deadline
from gongkai.statistics.tests.factories import NOW, Body

pytestmark = pytest.mark.django_db
DUE = date(2026, 1, 26)  # a Monday


def county_with_calendar() -> Body:
    county = Body()
    for scope in (county.office, county.leader):
        User.objects.filter(pk=scope.user).update(email=f"u{scope.user}@example.org")
    set_calendar(county, DUE)
    return county


def set_calendar(county: Body, due_on: date) -> None:
    set_deadline(
        by=county.office,
        agency=county.agency,
        year=2025,
        due_on=due_on,
        source="县政办函〔2025〕41号",
        now=NOW - timedelta(days=20),
    )


def on(day: date) -> list[int]:
    """Days left of the reminders that stand after the day's jobs ran twice."""
    with time_machine.travel(noon(day)):
        jobs.remind()
        jobs.remind()
    entries = OutboxEntry.objects.filter(topic=jobs.TOPIC).order_by("pk")
    return [int(str(entry.payload["days"])) for entry in entries]


def work(day: date = DUE) -> list[str]:
    with time_machine.travel(noon(day) + timedelta(hours=1)):
        while run_next("test"):
            pass
    return [str(message.subject) for message in mail.outbox]


@pytest.mark.parametrize(
    ("day", "left"),
    [
        (date(2026, 1, 9), []),
        (date(2026, 1, 19), [5]),
        (date(2026, 1, 23), [1]),
        (DUE, [0]),
        (date(2026, 1, 27), [-1]),
        (date(2026, 1, 28), []),
        (date(2026, 2, 2), [-5]),
    ],
)
def test_each_reminder_is_promised_once(day: date, left: list[int]) -> None:
    county_with_calendar()
    assert on(day) == left


def test_who_prepares_and_who_signs_are_told_what_is_due() -> None:
    county = county_with_calendar()
    on(DUE)
    [subject] = work()
    assert "今天截止" in subject
    [message] = mail.outbox
    assert len(message.to) == 2
    assert county.agency.name in str(message.body)
    assert "2026-01-26" in str(message.body)


def test_a_draft_is_not_a_return_and_a_filed_one_reminds_nobody() -> None:
    county = county_with_calendar()
    draft = county.draft()
    on(DUE)
    assert len(work()) == 1
    on(date(2026, 1, 27))
    county.file(draft)
    assert len(work(date(2026, 1, 27))) == 1
    assert on(date(2026, 2, 2)) == [0, -1]


def test_a_day_that_was_moved_since_is_not_reminded_of() -> None:
    county = county_with_calendar()
    on(DUE)
    set_calendar(county, date(2026, 2, 13))
    assert work() == []
