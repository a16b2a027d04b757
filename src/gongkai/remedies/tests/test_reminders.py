"""Reminders of defences at 3, 1 and 0 working days, once each, by number only."""

from datetime import date

import pytest
import time_machine
from django.core import mail

from gongkai.accounts.models import User
from gongkai.agencies.models import Post
from gongkai.agencies.roles import Role
from gongkai.applications.tests.factories import Desk, noon
from gongkai.registry.models import OutboxEntry
from gongkai.registry.outbox import run_next
from gongkai.remedies import jobs
from gongkai.remedies.models import Remedy
from gongkai.remedies.services import handling
from gongkai.remedies.tests.factories import DEFENCE, clerk, make_remedy

pytestmark = pytest.mark.django_db
DUE = date(2025, 4, 24)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def reminded(remedy: Remedy, day: date) -> list[int]:
    with time_machine.travel(noon(day)):
        jobs.remind()
        jobs.remind()
    found = OutboxEntry.objects.filter(key__startswith=f"remedy-due-{remedy.pk}-")
    return [int(str(entry.payload["days"])) for entry in found]


def give_mail(desk: Desk) -> None:
    people = Post.objects.filter(agency=desk.agency, role=Role.CLERK)
    users = User.objects.filter(person__in=people.values("person"))
    users.update(email="desk@example.org")


def work() -> None:
    while run_next("test"):
        pass


@pytest.mark.parametrize(
    ("day", "left"),
    [
        (date(2025, 4, 18), []),
        (date(2025, 4, 21), [3]),
        (date(2025, 4, 23), [1]),
        (DUE, [0]),
    ],
)
def test_each_reminder_is_promised_once(desk: Desk, day: date, left: list[int]) -> None:
    remedy = make_remedy(desk)
    assert remedy.due_on == DUE
    assert reminded(remedy, day) == left


def test_the_mail_names_the_remedy_by_number_only(desk: Desk) -> None:
    remedy = make_remedy(desk)
    give_mail(desk)
    reminded(remedy, DUE)
    work()
    [sent] = mail.outbox
    assert remedy.number in sent.subject
    assert remedy.subject not in f"{sent.subject} {sent.body}"
    assert "柳青河" not in sent.body


def test_a_defence_sent_meanwhile_is_not_reminded_of(desk: Desk) -> None:
    remedy = make_remedy(desk)
    give_mail(desk)
    reminded(remedy, DUE)
    handling.defend(
        by=clerk(desk), remedy=remedy, on=DUE, files=[DEFENCE], now=noon(DUE)
    )
    work()
    assert mail.outbox == []
