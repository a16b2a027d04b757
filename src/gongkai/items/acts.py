"""What a person may do with an item now, and in words why not the rest."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.agencies.roles import Role
from gongkai.agencies.scope import Scope
from gongkai.items import permissions
from gongkai.items.choices import Stage
from gongkai.items.models import Item

Predicate = Callable[[Scope, Item], bool]


@dataclass(frozen=True)
class Act:
    """``name`` is the URL name of the act's page; ``why_not`` is empty if allowed."""

    name: str
    label: str
    allowed: bool
    why_not: str = ""


@dataclass(frozen=True)
class _Kind:
    name: str
    label: object
    is_allowed: Predicate
    roles: tuple[Role, ...]
    needs: object


_KINDS = (
    _Kind(
        "edit",
        gettext_lazy("Go on drafting"),
        permissions.can_edit,
        permissions.EDITORS,
        gettext_lazy("Only a draft can be changed; take the item back first."),
    ),
    _Kind(
        "submit",
        gettext_lazy("Check and hand in"),
        permissions.can_edit,
        permissions.EDITORS,
        gettext_lazy("It was handed in already."),
    ),
    _Kind(
        "publish",
        gettext_lazy("Publish"),
        permissions.can_publish,
        permissions.PUBLISHERS,
        gettext_lazy("It has not passed its review."),
    ),
    _Kind(
        "revise",
        gettext_lazy("Take back to change"),
        permissions.can_revise,
        permissions.EDITORS,
        gettext_lazy("It is being drafted."),
    ),
    _Kind(
        "release-add",
        gettext_lazy("Enter a release"),
        permissions.can_release,
        permissions.EDITORS,
        gettext_lazy("Nothing of it is public."),
    ),
    _Kind(
        "repeal",
        gettext_lazy("Repeal"),
        permissions.can_repeal,
        (*permissions.EDITORS, Role.LEADER),
        gettext_lazy("Nothing of it is public."),
    ),
    _Kind(
        "withdraw",
        gettext_lazy("Withdraw"),
        permissions.can_withdraw,
        permissions.WITHDRAWERS,
        gettext_lazy("Nothing of it is public."),
    ),
    _Kind(
        "discard",
        gettext_lazy("Discard the draft"),
        permissions.can_discard,
        permissions.EDITORS,
        gettext_lazy("It was handed in before, so its record stays."),
    ),
)


def acts_for(by: Scope, item: Item) -> dict[str, Act]:
    """Every act by its name. One query, for the versions of a draft."""
    return {kind.name: _act(kind, by, item) for kind in _KINDS}


def _act(kind: _Kind, by: Scope, item: Item) -> Act:
    label = _label(kind, item)
    if kind.is_allowed(by, item):
        return Act(kind.name, label, True)
    if by.holds(item.agency_id, *kind.roles):
        return Act(kind.name, label, False, str(kind.needs))
    return Act(kind.name, label, False, needs_one_of(kind.roles))


def _label(kind: _Kind, item: Item) -> str:
    if kind.name == "revise" and item.stage in {Stage.PUBLISHED, Stage.WITHDRAWN}:
        return _("Correct")
    return str(kind.label)


def needs_one_of(roles: Iterable[str]) -> str:
    posts = _(", ").join(str(Role(role).label) for role in roles)
    return _("Needs one of these posts in the agency: %(posts)s.") % {"posts": posts}
