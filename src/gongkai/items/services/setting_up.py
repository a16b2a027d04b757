"""An agency's review flow and outlets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import SYSTEM, Scope
from gongkai.audit import services as audit
from gongkai.items import permissions, subjects
from gongkai.items.choices import Channel, StepKind
from gongkai.items.exceptions import ItemRefused
from gongkai.items.models import FlowStep, Outlet, ReviewFlow
from gongkai.items.models.flow import ITEMS

OWN_SITE = "政府信息公开专栏"


@dataclass(frozen=True)
class WantedStep:
    kind: str
    role: str
    agency: Agency | None = None


STANDARD_FLOW = (
    WantedStep(StepKind.CONTENT, Role.SECTION_HEAD),
    WantedStep(StepKind.SECRECY, Role.SECRECY_REVIEWER),
)
"""The least that the law asks: the content, and the secrecy review of Art. 17."""


@transaction.atomic
def set_flow(
    *, by: Scope, agency: Agency, steps: Sequence[WantedStep], subject: str = ITEMS
) -> ReviewFlow:
    """Replace the agency's flow; what is under review keeps the one it began with.

    Raises ItemRefused for a flow without the step that its subject needs,
    PermissionDenied.
    """
    if by is not SYSTEM and not permissions.can_set_flow(by, agency.pk):
        raise PermissionDenied
    needed = subjects.subject(subject)
    if not any(step.kind == needed.needs for step in steps):
        raise ItemRefused(needed.why)
    flow, _made = ReviewFlow.objects.get_or_create(agency=agency, subject=subject)
    flow.steps.all().delete()
    FlowStep.objects.bulk_create(
        FlowStep(
            flow=flow,
            position=position,
            kind=step.kind,
            role=step.role,
            agency=step.agency,
        )
        for position, step in enumerate(steps)
    )
    flow.save()
    audit.record(
        "flow.changed",
        about=flow,
        user_id=by.user_id,
        agency_id=agency.pk,
        data={"of": subject, "steps": [[step.kind, step.role] for step in steps]},
    )
    return flow


@transaction.atomic
def add_outlet(*, by: Scope, agency: Agency, name: str, channel: str) -> Outlet:
    """Another place to publish at. Raises PermissionDenied, ItemRefused."""
    if by is not SYSTEM and not permissions.can_set_outlets(by, agency.pk):
        raise PermissionDenied
    if not name.strip():
        raise ItemRefused(_("The outlet's name is empty. Enter it."))
    outlet, made = Outlet.objects.get_or_create(
        agency=agency, name=name.strip(), defaults={"channel": Channel(channel)}
    )
    if not made:
        raise ItemRefused(
            _("There is an outlet called “%(name)s” already.") % {"name": outlet.name}
        )
    audit.record("outlet.added", about=outlet, user_id=by.user_id, agency_id=agency.pk)
    return outlet


@transaction.atomic
def retire_outlet(*, by: Scope, outlet: Outlet, on: date) -> Outlet:
    """Take an outlet out of use; what came out there stays counted.

    Raises ItemRefused for the own site, PermissionDenied.
    """
    if not permissions.can_set_outlets(by, outlet.agency_id):
        raise PermissionDenied
    if outlet.is_own_site:
        raise ItemRefused(_("The own site stays in use as long as the agency does."))
    if outlet.retired_on is None:
        outlet.retired_on = on
        outlet.save(update_fields=["retired_on"])
        audit.record(
            "outlet.retired",
            about=outlet,
            user_id=by.user_id,
            agency_id=outlet.agency_id,
        )
    return outlet


def make_standard_set_up(agency: Agency) -> None:
    """What a new agency begins with. Part of the act that adds the agency."""
    Outlet.objects.create(
        agency=agency, name=OWN_SITE, channel=Channel.WEBSITE, is_own_site=True
    )
    set_flow(by=SYSTEM, agency=agency, steps=STANDARD_FLOW)
