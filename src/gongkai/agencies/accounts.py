"""What administrators do with the accounts of the people whom they set up."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts import services
from gongkai.accounts.models import Person, User
from gongkai.accounts.passwords import temporary_password
from gongkai.agencies.administration import (
    check_administrator_remains,
    keeps_accounts_of,
    not_ended,
)
from gongkai.agencies.models import Post
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import Scope
from gongkai.audit import services as audit


@transaction.atomic
def open_account_for(
    *, by: Scope, person: Person, username: str, email: str = ""
) -> tuple[User, str]:
    """The first account of a person, and its temporary password, told this once.

    A second account would carry all the person's posts, too. Raises PermissionDenied
    in that case and where ``keeps_accounts_of`` says no, ValidationError for a taken
    name.
    """
    _check_keeps_accounts_of(by, person)
    if person.accounts.exists():
        raise PermissionDenied
    if User.objects.filter(username=username).exists():
        raise ValidationError(
            {
                "username": _("“%(name)s” is taken. Choose another user name.")
                % {"name": username}
            }
        )
    password = temporary_password()
    user = services.open_account(
        person=person,
        username=username,
        password=password,
        email=email,
        temporary_until=timezone.now() + services.TEMPORARY_FOR,
        by_id=by.user_id,
    )
    return user, password


@transaction.atomic
def reset_password(*, by: Scope, account: User) -> str:
    """The new temporary password, told this once. Raises PermissionDenied.

    A closed account is reopened instead, which says so in the record.
    """
    _check_keeps_accounts_of(by, account.person)
    if not account.is_active:
        raise PermissionDenied
    return services.reset_password(user=account, by_id=by.user_id)


@transaction.atomic
def unlock_account(*, by: Scope, account: User) -> None:
    """Raises PermissionDenied."""
    _check_keeps_accounts_of(by, account.person)
    services.unlock_account(user=account, by_id=by.user_id)


@transaction.atomic
def close_account(*, by: Scope, account: User) -> None:
    """Raises PermissionDenied, and ValidationError for the last administrator's."""
    _check_keeps_accounts_of(by, account.person)
    _check_leaves_administrators(account)
    if account.is_active:
        services.close_account(user=account, by_id=by.user_id)


@transaction.atomic
def reopen_account(*, by: Scope, account: User) -> str:
    """The temporary password, told this once. Raises PermissionDenied."""
    _check_keeps_accounts_of(by, account.person)
    if account.is_active:
        raise PermissionDenied
    return services.reopen_account(user=account, by_id=by.user_id)


@transaction.atomic
def rename_person(*, by: Scope, person: Person, name: str) -> None:
    """Correct a person's name; what they signed before shows it too."""
    _check_keeps_accounts_of(by, person)
    person.name = name
    person.save(update_fields=["name"])
    audit.record("person.renamed", about=person, user_id=by.user_id)


def _check_keeps_accounts_of(by: Scope, person: Person) -> None:
    if not keeps_accounts_of(by, person):
        raise PermissionDenied


def _check_leaves_administrators(account: User) -> None:
    others = account.person.accounts.exclude(pk=account.pk)
    if not account.is_active or others.filter(is_active=True).exists():
        return
    today: date = timezone.localdate()
    held = Post.objects.filter(
        not_ended(today), person=account.person, role=Role.ADMINISTRATOR
    )
    for post in held.select_related("agency"):
        check_administrator_remains(post.agency, account.person_id, today)
