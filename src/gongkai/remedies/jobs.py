"""What the house does for remedies: reminders by mail, days moved with the calendar."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from gongkai.applications.mailing import addresses_of
from gongkai.applications.transitions import HANDLERS
from gongkai.registry import calendars
from gongkai.registry.outbox import Lease, enqueue, handles
from gongkai.registry.schedules import repeats
from gongkai.remedies import clock, recounting
from gongkai.remedies.models import Remedy

calendars.register_dependent(recounting.NAME, recounting.preview, recounting.apply)

TOPIC = "remedies.mail"
REMIND_AT = (3, 1, 0)
"""Working days left for the defence at which handlers are reminded."""


@handles(TOPIC)
def send(lease: Lease) -> None:
    """It names the remedy by number only: mail is not a safe place."""
    remedy = Remedy.objects.select_related("agency").get(
        pk=int(str(lease.payload["remedy"]))
    )
    addresses = addresses_of(remedy.handler_id, remedy.agency_id, HANDLERS)
    if remedy.due_on is None or not addresses:
        return
    told = {"remedy": remedy, "days": lease.payload["days"]}
    with translation.override("zh-hans"):
        text = render_to_string("remedies/mail/due.txt", told)
    subject, _blank, body = text.strip().partition("\n")
    send_mail(subject, body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, addresses)


@repeats("remedies.remind", every=timedelta(hours=1))
def remind() -> int:
    """Promise one reminder each at 3, 1 and 0 working days before the last day."""
    today, promised = timezone.localdate(), 0
    last = today + timedelta(days=4 * max(REMIND_AT))
    due = Remedy.objects.due_by(last).filter(due_on__gte=today)
    for remedy in due.select_related("agency").iterator(500):
        left = clock.days_left(remedy, today)
        if left in REMIND_AT:
            with transaction.atomic():
                enqueue(
                    TOPIC,
                    key=f"remedy-due-{remedy.pk}-{remedy.due_on}-{left}",
                    payload={"remedy": remedy.pk, "days": left},
                )
            promised += 1
    return promised
