"""Everybody changes their own password."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import signed_in
from gongkai.agencies.tests.factories import PASSWORD, make_agency, make_user
from gongkai.audit.models import Event

pytestmark = pytest.mark.django_db

OWN = "New-words-of-mine-8"
ADDRESS = reverse("accounts:password")


@pytest.fixture
def user() -> User:
    return make_user(make_agency(), Role.CLERK)


def change(client: Client, **more: str) -> Any:
    told = {"current": PASSWORD, "password": OWN, "again": OWN}
    return client.post(ADDRESS, told | more)


def test_a_changed_password_opens_and_the_old_one_does_not(user: User) -> None:
    client = signed_in(user)
    assert change(client).headers["Location"] == reverse("console:home")
    assert client.get(reverse("console:home")).status_code == 200
    user.refresh_from_db()
    assert user.check_password(OWN)
    assert Event.objects.latest("pk").verb == "account.password_changed"


def test_a_changed_password_ends_sessions_elsewhere(user: User) -> None:
    elsewhere = signed_in(user)
    change(signed_in(user))
    assert elsewhere.get(reverse("console:home")).status_code == 302


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("current", {"current": "Not-the-one-1"}),
        ("again", {"again": "Other-words-2"}),
        ("password", {"password": "short", "again": "short"}),
        ("password", {"password": PASSWORD, "again": PASSWORD}),
    ],
)
def test_a_password_that_is_not_taken_says_why(
    user: User, field: str, told: dict[str, str]
) -> None:
    assert set(change(signed_in(user), **told).context["form"].errors) == {field}
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
