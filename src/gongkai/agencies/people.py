"""The people whom an administrator looks after, as the list of people shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from gongkai.accounts.lockout import locked_names
from gongkai.accounts.models import Person, User
from gongkai.agencies.administration import not_ended
from gongkai.agencies.forms import PeopleFilter, State
from gongkai.agencies.models import Post
from gongkai.agencies.scope import Scope


@dataclass(frozen=True)
class Account:
    """An account with what stands in the way of signing in, if anything."""

    user: User
    is_locked: bool

    @property
    def state(self) -> str:
        if not self.user.is_active:
            return "closed"
        if self.is_locked:
            return "locked"
        return "temporary" if self.user.has_temporary_password else "open"


@dataclass(frozen=True)
class Row:
    person: Person
    posts: Sequence[Post]
    accounts: Sequence[Account]


def looked_after_by(scope: Scope) -> QuerySet[Person]:
    """Those who hold, held or will hold a post in the administrator's own tree."""
    posts = Post.objects.filter(scope.administering())
    return Person.objects.filter(pk__in=posts.values("person_id"))


def found(scope: Scope, filters: PeopleFilter, today: date) -> QuerySet[Person]:
    """Those whom the filter leaves, by name."""
    posts = Post.objects.filter(scope.administering())
    state, held = filters.value("state"), not_ended(today)
    if agency := filters.value("agency"):
        posts = posts.filter(agency=agency)
    if role := filters.value("role"):
        posts = posts.filter(role=role)
    ids = posts.values("person_id")
    people = Person.objects.filter(pk__in=ids)
    if state == State.FORMER:
        people = people.exclude(pk__in=posts.filter(held).values("person_id"))
    else:
        people = people.filter(pk__in=posts.filter(held).values("person_id"))
    return saying(_in_state(people, state), filters.value("q") or "")


def _in_state(people: QuerySet[Person], state: str | None) -> QuerySet[Person]:
    if state == State.NO_ACCOUNT:
        return people.filter(accounts=None)
    if state == State.CLOSED:
        return people.filter(accounts__is_active=False)
    if state == State.LOCKED:
        return people.filter(accounts__username__in=locked_names())
    return people


def saying(people: QuerySet[Person], words: str) -> QuerySet[Person]:
    """With these words in name, staff number or user name."""
    named = Q(name__icontains=words) | Q(staff_no__icontains=words)
    return people.filter(named | Q(accounts__username__icontains=words)).distinct()


def with_posts_and_accounts(people: QuerySet[Person], scope: Scope) -> QuerySet[Person]:
    """Their posts within the administrator's tree only. Three queries."""
    posts = Post.objects.filter(scope.administering()).select_related("agency")
    accounts = User.objects.order_by("pk")
    return people.order_by("name", "staff_no").prefetch_related(
        Prefetch("posts", posts.order_by("agency__path", "role", "starts_on")),
        Prefetch("accounts", accounts),
    )


def rows(people: Sequence[Person], today: date) -> list[Row]:
    """One query, for the locks."""
    users = [user for person in people for user in person.accounts.all()]
    locked = locked_names([user.username for user in users])
    return [
        Row(
            person,
            [post for post in person.posts.all() if is_held(post, today)],
            [Account(user, user.username in locked) for user in person.accounts.all()],
        )
        for person in people
    ]


def is_held(post: Post, today: date) -> bool:
    """Held on the day, or to be held."""
    return post.ends_on is None or post.ends_on > today
