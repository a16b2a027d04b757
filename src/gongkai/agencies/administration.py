"""Who may set up whom: administrators, their part of the tree, and the last of them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.models import Person
from gongkai.agencies.models import Agency, Post
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import SYSTEM, Scope


def administers(by: Scope, agency: Agency | None) -> bool:
    if by is SYSTEM:
        return True
    return agency is not None and by.holds_above(agency, Role.ADMINISTRATOR)


def keeps_accounts_of(by: Scope, person: Person) -> bool:
    """Whether all the person's work is for bodies that the administrator sets up.

    An account carries all the posts of its person. So whoever could reset the password
    of somebody with a post elsewhere could sign in as another body's reviewer. Nobody
    keeps their own account. Two queries.
    """
    if by is SYSTEM:
        return True
    if person.pk == by.person_id:
        return False
    posts, here = Post.objects.filter(person=person), by.administering()
    elsewhere = posts.exclude(here).filter(not_ended(timezone.localdate()))
    return posts.filter(here).exists() and not elsewhere.exists()


def not_ended(on: date) -> Q:
    """Condition on posts that are held on the day or will be."""
    return Q(ends_on__isnull=True) | Q(ends_on__gt=on)


def check_not_ended(post: Post, today: date) -> None:
    """Raises ValidationError: what is over is on record and stays so."""
    if post.ends_on is not None and post.ends_on <= today:
        raise ValidationError(
            _("The post ended on %(day)s already. Give a new one where it goes on.")
            % {"day": post.ends_on.isoformat()}
        )


def check_not_own_administration(by: Scope, post: Post) -> None:
    if post.person_id == by.person_id:
        raise ValidationError(
            _(
                "Nobody ends their own post of administrator. Ask another "
                "administrator, of this body or of one above it."
            )
        )


def check_administrator_remains(agency: Agency, without: int, on: date) -> None:
    """Raises ValidationError where nobody but ``without``, a person, administers it.

    Administrators of a body above count; those whose post has an end, or who have no
    open account, do not. Holds the rows until commit: of two who end each other's
    posts at once, the second is refused.
    """
    others = (
        Post.objects.select_for_update(of=("self",))
        .filter(
            agency__path__in=_paths_above(agency),
            role=Role.ADMINISTRATOR,
            starts_on__lte=on,
            ends_on__isnull=True,
            person__in=Person.objects.filter(accounts__is_active=True),
        )
        .order_by("pk")
        .values_list("person_id", flat=True)
    )
    if not {*others} - {without}:
        raise ValidationError(
            _(
                "Nobody else administers %(agency)s. Give another person the post of "
                "administrator, with an account, before."
            )
            % {"agency": agency.name}
        )


def _paths_above(agency: Agency) -> list[str]:
    step = Agency.steplen
    ends = range(step, len(agency.path) + 1, step)
    return [agency.path[:end] for end in ends]
