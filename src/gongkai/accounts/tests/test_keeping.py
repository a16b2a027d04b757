"""A session that ends under a form takes nothing that was typed with it."""

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.accounts import keeping
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import PASSWORD, make_agency, make_user
from gongkai.items.tests.desks import at
from gongkai.items.tests.factories import Office

pytestmark = pytest.mark.django_db

SIGN_IN = reverse("accounts:sign-in")
TYPED = {"title": "会话结束时\r\n正在写的题目", "act": "save", "keywords": "甲"}


def test_what_was_typed_is_sent_after_signing_in_again() -> None:
    office, client = Office(), Client()
    user = make_user(office.agency, Role.CLERK)
    address = at("edit", office.draft())
    asked = client.post(address, TYPED)
    assert asked.status_code == 401
    kept = asked.context["kept"]
    told = {"username": user.username, "password": "nope", "kept": kept}
    assert client.post(SIGN_IN, told).context["kept"] == kept
    again = client.post(SIGN_IN, told | {"password": PASSWORD})
    assert again.context["kept"].path == address
    assert dict(again.context["kept"].fields) == TYPED
    assert "会话结束时\r\n正在写的题目" in again.content.decode()


def test_a_script_is_told_that_the_session_ended() -> None:
    address = at("edit", Office().draft())
    script = {"X-Requested-With": "autosave"}
    answer = Client(headers=script).post(address, TYPED)
    assert answer.status_code == 401
    assert "保存" in answer.json()["problem"] or "Save" in answer.json()["problem"]


def test_passwords_are_never_kept() -> None:
    answer = Client().post(
        reverse("agencies:account-open", args=[1]),
        {"username": "li", "password": "Secret-words-1", "new_password": "x"},
    )
    kept = keeping.unsealed(answer.context["kept"])
    assert kept is not None
    assert kept.fields == [("username", "li")]


def test_a_kept_form_that_we_did_not_seal_is_ignored() -> None:
    user = make_user(make_agency(), Role.CLERK)
    told = {"username": user.username, "password": PASSWORD, "kept": "eyJ4IjoxfQ:1:2"}
    assert Client().post(SIGN_IN, told).status_code == 302


@pytest.mark.parametrize(
    ("origin", "is_kept"), [("http://testserver", True), ("http://evil.example", False)]
)
def test_an_expired_form_is_offered_again_to_our_own_page_only(
    origin: str, is_kept: bool
) -> None:
    client = Client(enforce_csrf_checks=True, headers={"Origin": origin})
    answer = client.post(at("edit", Office().draft()), TYPED)
    assert answer.status_code == 403
    assert ("正在写的题目" in answer.content.decode()) is is_kept
