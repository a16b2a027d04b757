"""Who may do what with remedies, beside the transitions' own rows.

As at the application desk, on whose cases they hang: the desk's people handle, its
readers read without the parties.
"""

from gongkai.agencies.scope import Scope
from gongkai.applications.permissions import DESK
from gongkai.applications.transitions import HANDLERS
from gongkai.remedies.models import Remedy


def can_register(by: Scope, agency_id: int) -> bool:
    return by.holds(agency_id, *HANDLERS)


def can_see_parties(by: Scope, remedy: Remedy) -> bool:
    return by.holds(remedy.agency_id, *DESK)
