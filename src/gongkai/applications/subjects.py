"""Replies go through a review flow of their own."""

from django.utils.translation import gettext_lazy as _

from gongkai.items.choices import StepKind
from gongkai.items.subjects import Subject, register

REPLIES = "reply"

register(
    Subject(
        name=REPLIES,
        label=_("Replies to applications"),
        needs=StepKind.SIGN_OFF,
        why=_("A reply is signed: its flow needs a sign-off. Add that step."),
        without=_(
            "No flow yet: replies are signed on paper, and entered as they were sent."
        ),
    )
)
