"""Agencies and people for tests, made by the services that the console calls."""

from datetime import date
from itertools import count

from gongkai.accounts.models import Person, User
from gongkai.accounts.services import add_person, open_account
from gongkai.agencies.models import Agency, AgencyKind
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import SYSTEM, Scope, scope_of
from gongkai.agencies.services import add_agency, appoint

PASSWORD = "Correct-horse-7"
_numbers = count(1)


def make_agency(
    name: str = "", parent: Agency | None = None, **fields: object
) -> Agency:
    number = next(_numbers)
    told: dict[str, object] = {
        "name": name or f"测试机关{number}",
        "slug": f"agency-{number}",
        "kind": AgencyKind.DEPARTMENT if parent else AgencyKind.GOVERNMENT,
        **fields,
    }
    return add_agency(by=SYSTEM, parent=parent, **told)


def make_user(
    agency: Agency | None = None, *roles: Role, person: Person | None = None
) -> User:
    number = next(_numbers)
    person = person or add_person(name=f"张{number}", staff_no=f"T{number}", by_id=None)
    user = open_account(
        person=person, username=f"user{number}", password=PASSWORD, by_id=None
    )
    for role in roles:
        assert agency is not None
        appoint(
            by=SYSTEM,
            person=person,
            agency=agency,
            role=role,
            starts_on=date(2000, 1, 1),
        )
    return user


def scope(user: User) -> Scope:
    return scope_of(user, date(2026, 11, 24))


def make_scope(agency: Agency, *roles: Role) -> Scope:
    return scope(make_user(agency, *roles))
