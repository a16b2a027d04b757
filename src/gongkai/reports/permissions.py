"""Who has reports read and judges what was read."""

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import Scope
from gongkai.reports.models import Reading

EDITORS = (Role.CLERK, Role.SECTION_HEAD, Role.OGI_OFFICE)


def can_add(by: Scope, agency: Agency) -> bool:
    """In the agency itself; who reads a whole tree only looks at those below."""
    return by.holds(agency.pk, *EDITORS)


def can_judge(by: Scope, reading: Reading) -> bool:
    return by.holds(reading.agency_id, *EDITORS)
