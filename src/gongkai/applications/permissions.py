"""Who may do what at the application desk, beside the transitions' own rows."""

from gongkai.agencies.roles import Role
from gongkai.agencies.scope import Scope
from gongkai.applications.models import Case
from gongkai.applications.transitions import HANDLERS, REPLYING

DESK = (Role.CLERK, Role.SECTION_HEAD, Role.LEADER, Role.OGI_OFFICE)
"""Who sees applicants. The inspector counts and reads cases without their persons."""


def can_register(by: Scope, agency_id: int) -> bool:
    return by.holds(agency_id, *HANDLERS)


def can_see_person(by: Scope, case: Case) -> bool:
    return by.holds(case.agency_id, *DESK)


def can_answer(by: Scope, case: Case) -> bool:
    """May write at the case's reply and prepare what goes out with it."""
    return (
        by.holds(case.agency_id, *HANDLERS)
        and case.stage in REPLYING
        and not case.is_purged
    )


def can_import(by: Scope, agency_id: int) -> bool:
    return by.holds(agency_id, Role.OGI_OFFICE, Role.SECTION_HEAD)
