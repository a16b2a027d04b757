"""What the worker does for the desk: mails, reminders, what was never sent."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation

from gongkai.agencies.roles import Role
from gongkai.applications import clock, mailing, recounting
from gongkai.applications.models import Act, Case
from gongkai.applications.persons import open_case
from gongkai.applications.services import drafting, redacting, replying
from gongkai.applications.todos import left_waiting
from gongkai.registry import attempts, calendars
from gongkai.registry.outbox import Lease, handles
from gongkai.registry.schedules import repeats
from gongkai.registry.sealing import CannotOpen

calendars.register_dependent(recounting.NAME, recounting.preview, recounting.apply)

REMIND_AT = (5, 3, 1, 0)
"""Working days left at which handlers are reminded."""
ATTEMPTS_KEPT = timedelta(days=1)


@handles(replying.TOPIC)
def freeze_reply(lease: Lease) -> None:
    replying.freeze(_id(lease, "reply"))


@handles(redacting.TOPIC)
def redact(lease: Lease) -> None:
    redacting.work(_id(lease, "redaction"), lease)


@handles(mailing.TOPIC)
def send(lease: Lease) -> None:
    """Each mail names the case by number only: mail is not a safe place."""
    if "act" in lease.payload:
        act = Act.objects.select_related("case__agency").get(pk=_id(lease, "act"))
        _send("act", act.case, _of_applicant(act.case), {"act": act})
    else:
        case = Case.objects.select_related("agency", "handler").get(
            pk=_id(lease, "case")
        )
        if case.is_open:
            _send("due", case, _handlers(case), {"days": lease.payload["days"]})


def _id(lease: Lease, name: str) -> int:
    return int(str(lease.payload[name]))


def _send(
    template: str, case: Case, addresses: list[str], context: dict[str, object]
) -> None:
    if not addresses:
        return
    with translation.override("zh-hans"):
        text = render_to_string(
            f"applications/mail/{template}.txt", {"case": case, **context}
        )
    subject, _blank, body = text.strip().partition("\n")
    send_mail(subject, body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, addresses)


def _of_applicant(case: Case) -> list[str]:
    try:
        address = open_case(case).applicant.email
    except CannotOpen:
        return []
    return [address] if address else []


def _handlers(case: Case) -> list[str]:
    roles = (Role.CLERK, Role.OGI_OFFICE)
    return mailing.addresses_of(case.handler_id, case.agency_id, roles)


@repeats("applications.remind", every=timedelta(hours=1))
def remind() -> int:
    """Promise one reminder each at 5, 3, 1 and 0 working days before the last day."""
    today, promised = timezone.localdate(), 0
    last = today + timedelta(days=4 * max(REMIND_AT))
    # A clock that stands falls due on no day; it runs again once what was awaited did
    # not come in its term, whoever enters that when.
    runs = Q(is_stopped=False) | left_waiting(today)
    due = Case.objects.due_by(last).filter(runs, due_on__gte=today)
    for case in due.select_related("agency").iterator(500):
        left = clock.days_to_due(case, case.due_on or today, today)
        if left in REMIND_AT:
            with transaction.atomic():
                mailing.remind(case, left)
            promised += 1
    return promised


@repeats("applications.sweep", every=timedelta(hours=6))
def sweep() -> None:
    """Delete what was begun online and never sent, and old failed tries."""
    now = timezone.now()
    drafting.discard_unsent(now - drafting.KEPT)
    attempts.forget(now - ATTEMPTS_KEPT)
