"""Browsers for tests: a stranger's, and those of signed-in people."""

from collections.abc import Sequence

from django.test import Client

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import Scope
from gongkai.agencies.tests.factories import make_user

BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(who: User | Scope) -> Client:
    user = who if isinstance(who, User) else User.objects.get(pk=who.user)
    client = Client()
    client.force_login(user, BACKEND)
    return client


def client_of(agency: Agency, *roles: Role) -> Client:
    """Of a new person who holds these posts."""
    return signed_in(make_user(agency, *roles))


def said(response: object) -> Sequence[str]:
    """The notices that the page after this answer shows."""
    from django.contrib.messages import get_messages

    return [str(one) for one in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]
