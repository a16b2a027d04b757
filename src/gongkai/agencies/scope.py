"""What a person may see and do: one object, made from their posts, asked everywhere."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency, Post
from gongkai.agencies.roles import READERS, SUBTREE_READERS, Role


@dataclass(frozen=True)
class HeldPost:
    agency_id: int
    path: str
    role: str


@dataclass(frozen=True)
class Scope:
    """One signed-in person's reach. ``user_id`` is None for the system itself."""

    user_id: int | None
    person_id: int | None
    posts: tuple[HeldPost, ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(post.role for post in self.posts)

    def holds(self, agency_id: int, *roles: str) -> bool:
        """Whether the person holds one of the roles in this very agency."""
        return any(
            post.agency_id == agency_id and post.role in roles for post in self.posts
        )

    def holds_above(self, agency: Agency, *roles: str) -> bool:
        """Whether one of the roles is held in this agency or in one above it."""
        return any(
            agency.path.startswith(post.path) and post.role in roles
            for post in self.posts
        )

    def agency_ids(self, *roles: str) -> frozenset[int]:
        return frozenset(post.agency_id for post in self.posts if post.role in roles)

    def reading(self, prefix: str = "agency__") -> Q:
        """Condition on records whose agency's unpublished work the person reads.

        ``prefix`` leads from the record to its agency; empty on agencies themselves.
        """
        condition = Q(**{f"{prefix}pk__in": self.agency_ids(*READERS)})
        for post in self.posts:
            if post.role in SUBTREE_READERS:
                condition |= Q(**{f"{prefix}path__startswith": post.path})
        return condition

    @property
    def person(self) -> int:
        """Id of the person who acts; PermissionDenied where nobody or the system does.

        The same of ``user``.
        """
        return _somebody(self.person_id)

    @property
    def user(self) -> int:
        return _somebody(self.user_id)

    def administering(self, prefix: str = "agency__") -> Q:
        """Condition on records whose agency the person sets up; as ``reading``."""
        condition = Q(**{f"{prefix}pk__in": ()})
        for post in self.posts:
            if post.role == Role.ADMINISTRATOR:
                condition |= Q(**{f"{prefix}path__startswith": post.path})
        return condition


def _somebody(known: int | None) -> int:
    if known is None:
        raise PermissionDenied
    return known


SYSTEM = Scope(user_id=None, person_id=None)
"""The installation itself, for commands that a person at the machine runs."""

NOBODY = Scope(user_id=None, person_id=None)
"""A visitor: holds no post, reads nothing unpublished."""


def scope_of(user: User, on: date) -> Scope:
    """The scope from the posts held on a day. One query."""
    posts = (
        Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
        .filter(person_id=user.person_id, starts_on__lte=on)
        .values_list("agency_id", "agency__path", "role")
    )
    return Scope(
        user_id=user.pk,
        person_id=user.person_id,
        posts=tuple(HeldPost(*post) for post in posts),
    )
