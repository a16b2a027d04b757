"""Mails about a case. They say that something waits and where, and nothing of it."""

from gongkai.applications.models import Act, Case
from gongkai.registry.outbox import enqueue

TOPIC = "applications.mail"


def acknowledge(act: Act) -> None:
    """Tell the applicant, where there is an address, that the case is registered."""
    enqueue(TOPIC, key=f"act-{act.pk}", payload={"act": act.pk})


def tell_applicant(act: Act) -> None:
    """There is a letter to read at the query page."""
    enqueue(TOPIC, key=f"act-{act.pk}", payload={"act": act.pk})


def remind(case: Case, days: int) -> None:
    """Tell the handlers once that so many working days are left."""
    enqueue(
        TOPIC,
        key=f"due-{case.pk}-{case.due_on}-{days}",
        payload={"case": case.pk, "days": days},
    )
