"""Mails about a case. They say that something waits and where, and nothing of it."""

from collections.abc import Iterable

from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.agencies.models import Post
from gongkai.applications.models import Act, Case
from gongkai.registry.outbox import enqueue

TOPIC = "applications.mail"


def acknowledge(act: Act) -> None:
    """Tell the applicant, where there is an address, that the case is registered."""
    enqueue(TOPIC, key=f"act-{act.pk}", payload={"act": act.pk})


def tell_applicant(act: Act) -> None:
    """There is a letter to read at the query page."""
    enqueue(TOPIC, key=f"act-{act.pk}", payload={"act": act.pk})


def addresses_of(
    handler_id: int | None, agency_id: int, roles: Iterable[str]
) -> list[str]:
    """The handler's, else those of everybody who could take the work up."""
    people: set[int] = {handler_id} if handler_id else set()
    if not people:
        held = Post.objects.filter(agency_id=agency_id, role__in=list(roles))
        held = held.exclude(ends_on__lte=timezone.localdate())
        people = set(held.values_list("person_id", flat=True))
    users = User.objects.filter(person__in=people, is_active=True).exclude(email="")
    return list(users.values_list("email", flat=True))


def remind(case: Case, days: int) -> None:
    """Tell the handlers once that so many working days are left."""
    enqueue(
        TOPIC,
        key=f"due-{case.pk}-{case.due_on}-{days}",
        payload={"case": case.pk, "days": days},
    )
