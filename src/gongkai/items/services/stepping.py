"""Moving through the steps of a review flow, whatever is reviewed.

The ledger whose work it is locks the work first, brings the rules that are its own, and
writes the audit event; what every review has in common is here.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.utils.translation import gettext as _

from gongkai.agencies.scope import Scope
from gongkai.items.choices import Outcome
from gongkai.items.exceptions import AlreadyDecided, ItemRefused, NotAllowedNow
from gongkai.items.models import FlowStep
from gongkai.items.models.flow import ReviewDecision, ReviewStep

Step = TypeVar("Step", bound=ReviewStep)


def flow_of(agency_id: int, subject: str) -> list[FlowStep]:
    """The steps in force, in order; empty where the agency has no such flow."""
    steps = FlowStep.objects.filter(flow__agency_id=agency_id, flow__subject=subject)
    return list(steps.select_related("agency"))


def has_flow(agency_id: int, subject: str) -> bool:
    steps = FlowStep.objects.filter(flow__agency_id=agency_id, flow__subject=subject)
    return steps.exists()


def open_steps(
    model: type[ReviewStep], work: Model, *, agency_id: int, subject: str, now: datetime
) -> None:
    """Copy the flow of today: a later change of it does not touch this work."""
    model._default_manager.bulk_create(
        model(
            **{model.reviewed: work},
            position=position,
            kind=wanted.kind,
            role=wanted.role,
            agency_id=wanted.agency_id or agency_id,
            is_current=position == 0,
            since=now if position == 0 else None,
        )
        for position, wanted in enumerate(flow_of(agency_id, subject))
    )


def close_steps(model: type[ReviewStep], work: Model) -> None:
    """Nobody decides on it any more: it was taken back."""
    waiting: dict[str, Any] = {model.reviewed: work, "is_current": True}
    model._default_manager.filter(**waiting).update(is_current=False)


def check_waits(step: ReviewStep, *, by: Scope, seen_hash: str) -> None:
    """Raises PermissionDenied, AlreadyDecided, or NotAllowedNow for another content."""
    if not by.holds(step.agency_id, step.role):
        raise PermissionDenied
    if hasattr(step, "decision"):
        raise AlreadyDecided(_("This step was decided already. Nothing was changed."))
    if not step.is_current:
        raise NotAllowedNow(_("The version does not wait for this step now."))
    if seen_hash != step.work.content_hash:
        raise NotAllowedNow(_("You looked at another version. Open this one."))


def obstacles_of_person(
    step: ReviewStep, by: Scope, *, author_id: int | None, worked: bool
) -> Iterator[str]:
    """Why this person may not approve: four eyes, under whatever account.

    ``author_id`` handed the work in; ``worked`` is whether the person worked on it.
    """
    if by.person_id is None:
        yield _("Only a person reviews.")
        return
    if by.person_id == author_id:
        yield _("Nobody reviews their own draft, under no account of theirs.")
    elif worked:
        yield _("You worked on this item yourself. Another person has to review it.")
    own = {**step.siblings, "decision__person_id": by.person_id}
    if type(step)._default_manager.filter(**own).exists():
        yield _("You decided an earlier step of this version. Two people must look.")


def check_decision(
    step: ReviewStep,
    *,
    outcome: str,
    opinion: str,
    worked: bool,
    obstacles: Callable[[], list[str]],
    current_hash: Callable[[], str],
) -> None:
    """Raises ItemRefused: own work, a return without a word, an approval that something
    stands against. The last two are asked for an approval alone."""
    if worked:
        raise ItemRefused(
            _("Nobody reviews their own draft, under no account of theirs.")
        )
    if outcome == Outcome.RETURNED:
        if not opinion.strip():
            raise ItemRefused(_("Write what has to be changed before you return it."))
        return
    found = obstacles()
    if current_hash() != step.work.content_hash:
        found.append(_("The content is not the one that was submitted."))
    if found:
        raise ItemRefused(*found)


def record(
    model: type[ReviewDecision],
    step: ReviewStep,
    *,
    by: Scope,
    outcome: str,
    opinion: str,
    now: datetime,
) -> ReviewDecision:
    """The decision on the content as it was handed in; the step waits no longer."""
    fields: dict[str, Any] = {
        "step": step,
        "outcome": outcome,
        "opinion": opinion.strip(),
        "content_hash": step.work.content_hash,
        "decided_at": now,
        "decided_by_id": by.user,
        "person_id": by.person,
    }
    step.is_current = False
    step.save(update_fields=["is_current"])
    return model._default_manager.create(**fields)


def move_on(step: Step, now: datetime) -> Step | None:
    """Let the next step wait; None after the last one."""
    following = (
        type(step)
        ._default_manager.filter(**step.siblings, position__gt=step.position)
        .order_by("position")
        .first()
    )
    if following is not None:
        following.is_current, following.since = True, now
        following.save(update_fields=["is_current", "since"])
    return following


def passed_every_step(
    steps: Iterable[ReviewStep], content_hash: str, author_id: int | None
) -> bool:
    """Whether each step approved exactly this content, and none by its author."""
    found = list(steps)
    return bool(found) and all(
        (decision := getattr(step, "decision", None)) is not None
        and decision.outcome == Outcome.APPROVED
        and decision.content_hash == content_hash
        and decision.person_id != author_id
        for step in found
    )
