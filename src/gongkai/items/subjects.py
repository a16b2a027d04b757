"""Kinds of work that go through a review flow; each ledger names its own."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.items.choices import StepKind
from gongkai.items.models.flow import ITEMS


@dataclass(frozen=True)
class Subject:
    """``needs`` is the step that every flow of this work has, ``why`` says so.

    Without a flow ``without`` is what happens, in words for the administrator.
    """

    name: str
    label: str | Promise
    needs: StepKind
    why: str | Promise
    without: str | Promise


_SUBJECTS: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    _SUBJECTS[subject.name] = subject


def subjects() -> list[Subject]:
    return list(_SUBJECTS.values())


def subject(name: str) -> Subject:
    """Raises KeyError for work that nothing registered."""
    return _SUBJECTS[name]


register(
    Subject(
        name=ITEMS,
        label=_("Items to be published"),
        needs=StepKind.SECRECY,
        why=_("Every flow needs a secrecy review (Art. 17). Add that step."),
        without=_("No flow yet: nothing can be handed in."),
    )
)
