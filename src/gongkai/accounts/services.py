from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from gongkai.accounts.models import Person, User
from gongkai.audit import services as audit


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
    by_id: int | None,
) -> User:
    """An account for the person.

    Raises ValidationError for a weak password and IntegrityError for a name in use.
    """
    user = User(
        username=username, person=person, email=email, has_demo_password=is_demo
    )
    validate_password(password, user)
    user.set_password(password)
    user.save(force_insert=True)
    audit.record("account.opened", about=user, user_id=by_id)
    return user


@transaction.atomic
def change_password(*, user: User, password: str) -> None:
    """Raises ValidationError for a weak password."""
    validate_password(password, user)
    user.set_password(password)
    user.has_demo_password = False
    user.save(update_fields=["password", "has_demo_password"])
    audit.record("account.password_changed", about=user, user_id=user.pk)
