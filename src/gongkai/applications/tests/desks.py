"""Browsers in which the people of an application desk are signed in."""

from typing import Any

from django.test import Client
from django.urls import reverse

from gongkai.agencies.tests.clients import signed_in
from gongkai.applications.models import Case
from gongkai.applications.rules import Actor
from gongkai.applications.tests.factories import Desk

LIST = reverse("applications-console:list")
NEW = reverse("applications-console:new")
FIND = reverse("applications-console:find")


def at(name: str, case: Case, *more: object) -> str:
    return reverse(f"applications-console:{name}", args=[case.pk, *more])


def browser(actor: Actor) -> Client:
    assert actor.scope is not None
    return signed_in(actor.scope)


def clerk_of(desk: Desk) -> Client:
    return browser(desk.clerk)


def head_of(desk: Desk) -> Client:
    return browser(desk.head)


def do(client: Client, case: Case, act: str, **typed: Any) -> Any:
    """Send the act's form; 302 where it was done."""
    return client.post(at("act", case, act), typed)


def errors_of(answer: Any) -> dict[str, list[str]]:
    """Of a page that came back instead of a redirect."""
    assert answer.status_code == 200, answer.headers.get("Location")
    return dict(answer.context["form"].errors)


def now(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)
