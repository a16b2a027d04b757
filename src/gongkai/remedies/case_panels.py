"""The remedies of a case, on its page; and the way to register one."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.agencies.scope import Scope
from gongkai.applications.models import Case
from gongkai.applications.panels import Panel, register_panel
from gongkai.remedies.models import Remedy
from gongkai.remedies.permissions import can_register
from gongkai.remedies.views.parts import outcome_of, tag_of


@dataclass(frozen=True)
class Row:
    remedy: Remedy
    tag: tuple[str, str]
    outcome: str


@dataclass(frozen=True)
class OnCase:
    case: Case
    rows: Sequence[Row]
    can_register: bool


def panel_of(case: Case, scope: Scope) -> Panel | None:
    """One query."""
    found = case.remedies.standing().newest_first()
    rows = [Row(one, tag_of(one), outcome_of(one)) for one in found]
    may = can_register(scope, case.agency_id)
    if not rows and not may:
        return None
    return Panel("remedies/console/_on_case.html", OnCase(case, rows, may))


register_panel(panel_of)
