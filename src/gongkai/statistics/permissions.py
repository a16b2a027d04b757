"""Who prepares, signs and takes a return."""

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import Scope
from gongkai.statistics.models import Filing

PREPARING = (Role.OGI_OFFICE, Role.SECTION_HEAD)
ROLES = (*PREPARING, Role.LEADER)


def can_enter(by: Scope, agency: Agency) -> bool:
    """Figures by hand, and the return while it is a draft."""
    return by.holds(agency.pk, *PREPARING)


def can_prepare(by: Scope, agency: Agency) -> bool:
    """An OGI office above prepares for a body that files on a sheet."""
    return can_enter(by, agency) or is_above(by, agency)


def can_file(by: Scope, filing: Filing) -> bool:
    """The leader signs; a sheet carries its signature on paper."""
    if filing.is_uploaded and is_above(by, filing.agency):
        return True
    return by.holds(filing.agency_id, Role.LEADER)


def can_decide(by: Scope, filing: Filing) -> bool:
    """The OGI office of a body above; of the root, its own."""
    if filing.agency.is_root():
        return by.holds(filing.agency_id, Role.OGI_OFFICE)
    return is_above(by, filing.agency)


def can_set_deadlines(by: Scope, agency: Agency) -> bool:
    return by.holds_above(agency, Role.OGI_OFFICE)


def is_above(by: Scope, agency: Agency) -> bool:
    return any(
        post.role == Role.OGI_OFFICE
        and agency.path.startswith(post.path)
        and agency.path != post.path
        for post in by.posts
    )
