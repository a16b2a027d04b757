"""What the worker does for returns: mails before the last day, and after it."""

from datetime import date, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency, Post
from gongkai.registry.outbox import Lease, enqueue, handles
from gongkai.registry.schedules import repeats
from gongkai.statistics import deadlines, figures, todos
from gongkai.statistics.deadlines import Calendar
from gongkai.statistics.permissions import ROLES

TOPIC = "statistics.due"
REMIND_AT = (10, 5, 1, 0, -1, -5)
"""Working days left at which the people of a body are reminded; below nought, late."""


@repeats("statistics.remind", every=timedelta(hours=6))
def remind() -> int:
    """Promise one reminder each to the bodies from which no return stands."""
    today, promised = timezone.localdate(), 0
    period = todos.season(today)
    calendar = Calendar.of_year(period.first.year)
    for agency in todos.owing(period).iterator(500):
        due_on = calendar.due_on(agency, period)
        days = todos.days_left(agency, today, due_on)
        if days in REMIND_AT:
            _promise(agency, due_on, days)
            promised += 1
    return promised


@transaction.atomic
def _promise(agency: Agency, due_on: date, days: int) -> None:
    payload = {"agency": agency.pk, "due_on": due_on.isoformat(), "days": days}
    enqueue(TOPIC, key=f"return-{agency.pk}-{due_on}-{days}", payload=payload)


@handles(TOPIC)
def send(lease: Lease) -> None:
    """Nothing where the return was filed since, or its day was moved."""
    told = lease.payload
    due_on = date.fromisoformat(str(told["due_on"]))
    period = todos.season(due_on)
    agency = todos.owing(period).filter(pk=int(str(told["agency"]))).first()
    if agency is None or deadlines.due_on(agency, period) != due_on:
        return
    context = {
        "agency": agency,
        "days": told["days"],
        "due_on": due_on,
        "title": figures.official_of(period.first.year).title,
        "year": period.first.year,
    }
    text = render_to_string("statistics/mail/due.txt", context)
    subject, _blank, body = text.strip().partition("\n")
    if addresses := _addresses(agency):
        send_mail(subject, body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, addresses)


def _addresses(agency: Agency) -> list[str]:
    """Of who prepares the return and who signs it."""
    current = Q(ends_on=None) | Q(ends_on__gt=timezone.localdate())
    posts = Post.objects.filter(current, agency=agency, role__in=ROLES)
    people = User.objects.filter(person__in=posts.values("person"), is_active=True)
    return list(people.exclude(email="").values_list("email", flat=True))
