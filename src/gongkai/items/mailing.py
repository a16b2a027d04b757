"""Mails that say that something waits. They tell no title: mail is not a safe place."""

from gongkai.items.models import Version
from gongkai.registry.outbox import enqueue

TOPIC = "items.mail"


def tell_reviewers(version: Version) -> None:
    """Tell whoever may decide the current step. Part of the caller's transaction."""
    step = version.steps.filter(is_current=True).first()
    if step is not None:
        enqueue(TOPIC, key=f"step-{step.pk}", payload={"step": step.pk})


def tell_author(version: Version) -> None:
    enqueue(TOPIC, key=f"returned-{version.pk}", payload={"returned": version.pk})
