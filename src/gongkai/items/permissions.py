"""Who may do what with an item: one predicate an act, asked by view and service."""

from gongkai.agencies.roles import Role
from gongkai.agencies.scope import Scope
from gongkai.items.choices import Attribute, Stage
from gongkai.items.models import Item, Step, Version

EDITORS = (Role.CLERK, Role.SECTION_HEAD, Role.OGI_OFFICE)
PUBLISHERS = (Role.CLERK, Role.SECTION_HEAD, Role.OGI_OFFICE, Role.LEADER)
# Whoever sees a leak must be able to stop it.
WITHDRAWERS = (
    Role.SECTION_HEAD,
    Role.SECRECY_REVIEWER,
    Role.LEADER,
    Role.OGI_OFFICE,
)


def can_start(by: Scope, agency_id: int) -> bool:
    return by.holds(agency_id, *EDITORS)


def can_edit(by: Scope, item: Item) -> bool:
    """May type in the draft now."""
    return by.holds(item.agency_id, *EDITORS) and item.stage in {
        Stage.DRAFT,
        Stage.RETURNED,
    }


def can_revise(by: Scope, item: Item) -> bool:
    """May take the item back into drafting; what was approved is then void."""
    return by.holds(item.agency_id, *EDITORS) and item.stage in {
        Stage.IN_REVIEW,
        Stage.APPROVED,
        Stage.PLANNED,
        Stage.PUBLISHED,
        Stage.KEPT,
        Stage.WITHDRAWN,
    }


def can_decide(by: Scope, step: Step) -> bool:
    """Holds the step's post in the step's body; whose draft it is, a rule asks."""
    return step.is_current and by.holds(step.agency_id, step.role)


def can_publish(by: Scope, item: Item) -> bool:
    return by.holds(item.agency_id, *PUBLISHERS) and item.stage in {
        Stage.APPROVED,
        Stage.PLANNED,
    }


def can_withdraw(by: Scope, item: Item) -> bool:
    above = by.holds_above(item.agency, Role.OGI_OFFICE)
    return item.is_public and (above or by.holds(item.agency_id, *WITHDRAWERS))


def can_repeal(by: Scope, item: Item) -> bool:
    return item.is_public and by.holds(item.agency_id, *EDITORS, Role.LEADER)


def can_release(by: Scope, item: Item) -> bool:
    """May enter that the item came out at another outlet."""
    return item.is_public and by.holds(item.agency_id, *EDITORS)


def can_set_flow(by: Scope, agency_id: int) -> bool:
    return by.holds(agency_id, Role.ADMINISTRATOR)


def can_set_outlets(by: Scope, agency_id: int) -> bool:
    return by.holds(agency_id, Role.ADMINISTRATOR, Role.OGI_OFFICE)


def can_discard(by: Scope, item: Item) -> bool:
    """May delete a draft that was never handed in. One query."""
    return by.holds(item.agency_id, *EDITORS) and not item.versions.exists()


def is_publishable(version: Version) -> bool:
    """Only what is meant for everybody ever leaves the console."""
    return version.attribute == Attribute.PROACTIVE
