"""The cast of the console's tests: each person of an office at their own browser."""

from functools import cached_property
from typing import Any

from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of, signed_in
from gongkai.agencies.tests.factories import make_agency
from gongkai.items.models import Item
from gongkai.items.tests.factories import Office


class Desks(Office):
    """An office, and browsers in which its people and an outsider are signed in."""

    @cached_property
    def clerks(self) -> Client:
        return signed_in(self.clerk)

    @cached_property
    def heads(self) -> Client:
        return signed_in(self.head)

    @cached_property
    def secrecys(self) -> Client:
        return signed_in(self.secrecy)

    @cached_property
    def administrators(self) -> Client:
        return client_of(self.agency, Role.ADMINISTRATOR)

    @cached_property
    def outsiders(self) -> Client:
        """Holds every post, in another agency."""
        return client_of(self.other, *Role)

    @cached_property
    def other(self) -> Agency:
        return make_agency()


def at(name: str, item: Item, *more: object) -> str:
    return reverse(f"items-console:{name}", args=[item.pk, *more])


def form_of(answer: Any, name: str = "form") -> Any:
    """The form of a page that came back instead of a redirect."""
    assert answer.status_code == 200, answer.headers.get("Location")
    return answer.context[name]


def fresh(item: Item) -> Item:
    return Item.objects.select_related("draft", "live", "agency").get(pk=item.pk)
