"""Sign-in: Argon2, lock-out by account and address, idle and absolute session end."""

from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from gongkai.accounts.models import User
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import PASSWORD, make_agency, make_user

pytestmark = pytest.mark.django_db

SIGN_IN = "/account/sign-in/"


@pytest.fixture
def user() -> User:
    return make_user(make_agency(), Role.CLERK)


def try_in(client: Client, username: str, password: str, address: str = "10.0.0.1"):  # type: ignore[no-untyped-def]
    return client.post(
        SIGN_IN, {"username": username, "password": password}, REMOTE_ADDR=address
    )


def test_the_right_password_opens_the_console(user: User) -> None:
    answer = try_in(Client(), user.username, PASSWORD)
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("console:home")


def test_the_production_hasher_is_argon2() -> None:
    from importlib import reload

    from gongkai import settings as production

    assert "Argon2" in reload(production).PASSWORD_HASHERS[0]


def test_a_wrong_name_and_a_wrong_password_read_the_same(user: User) -> None:
    wrong = try_in(Client(), user.username, "nope").content.decode()
    unknown = try_in(Client(), "nobody", "nope").content.decode()
    told = "用户名或密码不正确"
    assert (told in wrong) is (told in unknown) is True


def test_five_failures_lock_the_account(user: User) -> None:
    for _try in range(settings.AXES_FAILURE_LIMIT):
        try_in(Client(), user.username, "nope")
    assert try_in(Client(), user.username, PASSWORD).status_code == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert try_in(Client(), user.username, PASSWORD).status_code == 302


def test_an_attacker_elsewhere_is_locked_out_by_account_too(user: User) -> None:
    for number in range(settings.AXES_FAILURE_LIMIT):
        try_in(Client(), user.username, "nope", f"10.0.1.{number}")
    assert try_in(Client(), user.username, PASSWORD, "10.0.2.1").status_code == 429


def test_trying_on_does_not_keep_the_owner_out_for_longer(user: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _try in range(settings.AXES_FAILURE_LIMIT):
            try_in(Client(), user.username, "nope")
        clock.shift(timedelta(minutes=10))
        assert try_in(Client(), user.username, "nope").status_code == 429
        clock.shift(timedelta(minutes=6))
        assert try_in(Client(), user.username, PASSWORD).status_code == 302


def test_one_colleagues_forgotten_password_does_not_lock_the_office(user: User) -> None:
    forgetful = make_user(make_agency(), Role.CLERK)
    for _try in range(settings.SIGN_IN_NAMES_PER_ADDRESS + 5):
        try_in(Client(), forgetful.username, "nope")
    assert try_in(Client(), forgetful.username, PASSWORD).status_code == 429
    assert try_in(Client(), user.username, PASSWORD).status_code == 302


def guess_names(address: str, headers: dict[str, str] | None = None) -> None:
    for number in range(settings.SIGN_IN_NAMES_PER_ADDRESS):
        try_in(Client(headers=headers), f"guess{number}", "nope", address)


def test_one_address_trying_many_accounts_is_locked(user: User) -> None:
    guess_names("10.0.3.1")
    assert try_in(Client(), user.username, PASSWORD, "10.0.3.1").status_code == 429
    assert try_in(Client(), user.username, PASSWORD, "10.0.3.2").status_code == 302


def test_signing_in_between_does_not_free_an_address_that_guesses(user: User) -> None:
    for number in range(settings.SIGN_IN_NAMES_PER_ADDRESS):
        try_in(Client(), user.username, PASSWORD, "10.0.3.3")
        try_in(Client(), f"guess{number}", "nope", "10.0.3.3")
    assert try_in(Client(), user.username, PASSWORD, "10.0.3.3").status_code == 429


def test_behind_a_proxy_one_visitor_does_not_lock_the_others_out(
    user: User, settings: Settings
) -> None:
    settings.BEHIND_PROXY = True
    guess_names("10.0.0.1", {"X-Forwarded-For": "10.9.9.9, 10.0.4.1"})
    stranger = Client(headers={"X-Forwarded-For": "10.0.4.1"})
    assert try_in(stranger, user.username, PASSWORD, "10.0.0.1").status_code == 429
    colleague = Client(headers={"X-Forwarded-For": "10.0.4.2"})
    assert try_in(colleague, user.username, PASSWORD, "10.0.0.1").status_code == 302


def test_without_a_proxy_nobody_makes_up_an_address(user: User) -> None:
    for number in range(settings.SIGN_IN_NAMES_PER_ADDRESS):
        made_up = {"X-Forwarded-For": f"10.9.9.{number}"}
        try_in(Client(headers=made_up), f"guess{number}", "nope", "10.0.5.1")
    assert try_in(Client(), user.username, PASSWORD, "10.0.5.1").status_code == 429


def test_a_wrong_try_stores_neither_password_nor_what_was_typed_before(
    user: User,
) -> None:
    told = {"username": user.username, "password": "Wrong-words-1", "kept": "sealed-x"}
    Client().post(SIGN_IN, told)
    stored = str(AccessAttempt.objects.values_list("post_data", "get_data"))
    assert "Wrong-words-1" not in stored
    assert "sealed-x" not in stored


def test_an_idle_session_ends(user: User) -> None:
    client = Client()
    try_in(client, user.username, PASSWORD)
    assert client.get(reverse("console:home")).status_code == 200
    idle = timedelta(seconds=settings.SESSION_IDLE_SECONDS + 5)
    with time_machine.travel(timezone.now() + idle):
        answer = client.get(reverse("console:home"))
        assert answer.status_code == 302
        assert SIGN_IN in answer.headers["Location"]


def test_a_busy_session_ends_all_the_same(user: User) -> None:
    client = Client()
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        try_in(client, user.username, PASSWORD)
        step = timedelta(seconds=settings.SESSION_IDLE_SECONDS - 60)
        statuses = []
        while timezone.now() - start < timedelta(
            seconds=settings.SESSION_ABSOLUTE_SECONDS + 60
        ):
            clock.shift(step)
            statuses.append(client.get(reverse("console:home")).status_code)
    assert statuses[0] == 200
    assert statuses[-1] == 302


def test_an_account_that_was_closed_is_signed_out(user: User) -> None:
    client = Client()
    try_in(client, user.username, PASSWORD)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(reverse("console:home")).status_code == 302


@pytest.mark.parametrize("password", ["short-A1", "alllowercaseletters", "12345678901"])
def test_a_weak_password_is_refused(password: str) -> None:
    from django.core.exceptions import ValidationError

    from gongkai.accounts.services import add_person, open_account

    person = add_person(name="某人", staff_no="x1", by_id=None)
    with pytest.raises(ValidationError):
        open_account(person=person, username="u", password=password, by_id=None)
