from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from gongkai.accounts import lockout
from gongkai.accounts.models import Person, User
from gongkai.accounts.passwords import temporary_password
from gongkai.audit import services as audit

TEMPORARY_FOR = timedelta(days=3)
"""A password that an administrator handed over opens the account for so long."""


@transaction.atomic
def add_person(*, name: str, staff_no: str, by_id: int | None) -> Person:
    """The person with this staff number; made where there is none yet."""
    person, made = Person.objects.get_or_create(
        staff_no=staff_no, defaults={"name": name}
    )
    if made:
        audit.record("person.added", about=person, user_id=by_id)
    return person


@transaction.atomic
def open_account(
    *,
    person: Person,
    username: str,
    password: str,
    email: str = "",
    is_demo: bool = False,
    temporary_until: datetime | None = None,
    by_id: int | None,
) -> User:
    """An account for the person.

    Raises ValidationError for a weak password and IntegrityError for a name in use.
    """
    user = User(
        username=username,
        person=person,
        email=email,
        has_demo_password=is_demo,
        temporary_until=temporary_until,
    )
    validate_password(password, user)
    user.set_password(password)
    user.save(force_insert=True)
    audit.record("account.opened", about=user, user_id=by_id)
    return user


@transaction.atomic
def change_password(*, user: User, password: str) -> None:
    """The owner's own choice. Raises ValidationError for a weak password."""
    validate_password(password, user)
    user.set_password(password)
    user.has_demo_password = False
    user.temporary_until = None
    user.save(update_fields=["password", "has_demo_password", "temporary_until"])
    audit.record("account.password_changed", about=user, user_id=user.pk)


@transaction.atomic
def reset_password(*, user: User, by_id: int | None) -> str:
    """A temporary password, told this once; ends all sessions and any lock."""
    password = _give_temporary_password(user)
    lockout.unlock(user)
    audit.record("account.password_reset", about=user, user_id=by_id)
    return password


@transaction.atomic
def unlock_account(*, user: User, by_id: int | None) -> None:
    """Let the owner try again at once after too many wrong passwords."""
    lockout.unlock(user)
    audit.record("account.unlocked", about=user, user_id=by_id)


@transaction.atomic
def close_account(*, user: User, by_id: int | None) -> None:
    """Nobody signs in with it; whoever is signed in is out from the next click on.

    The password goes too, so that no old session wakes when the account is reopened.
    """
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    audit.record("account.closed", about=user, user_id=by_id)


@transaction.atomic
def reopen_account(*, user: User, by_id: int | None) -> str:
    """Open a closed account again, with a temporary password, told this once."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    password = _give_temporary_password(user)
    audit.record("account.reopened", about=user, user_id=by_id)
    return password


def _give_temporary_password(user: User) -> str:
    password = temporary_password()
    user.set_password(password)
    user.has_demo_password = False
    user.temporary_until = timezone.now() + TEMPORARY_FOR
    user.save(update_fields=["password", "has_demo_password", "temporary_until"])
    return password
