"""A start with an unsafe production setting is refused, with the reason."""

import string

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from gongkai import safety
from gongkai.accounts.models import User
from gongkai.agencies.tests.factories import make_user
from gongkai.audit import guards
from gongkai.safety import UnsafeStart, refuse_unsafe_start

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture(autouse=True)
def production(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ENVIRONMENT = "production"
    settings.DEBUG = False
    settings.SECRET_KEY = string.printable[:62]
    settings.AUDIT_KEY = string.printable[1:63]
    settings.PERSONAL_KEY = string.printable[2:64]
    settings.ALLOWED_HOSTS = ["www.example.gov.cn"]
    settings.BEHIND_TLS = True
    # The test database itself gives up durability for speed.
    monkeypatch.setattr("gongkai.safety._durability", lambda: iter(()))


def refused() -> str:
    with pytest.raises(UnsafeStart) as error:
        refuse_unsafe_start()
    return " ".join(error.value.problems)


def test_a_safe_setting_starts() -> None:
    refuse_unsafe_start()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DEBUG", True, "GONGKAI_DEBUG"),
        ("SECRET_KEY", "short", "GONGKAI_SECRET_KEY"),
        ("AUDIT_KEY", "a" * 80, "GONGKAI_AUDIT_KEY"),
        ("AUDIT_KEY", string.printable[:62], "equal"),
        ("ALLOWED_HOSTS", ["*"], "GONGKAI_HOSTS"),
        ("ALLOWED_HOSTS", [], "GONGKAI_HOSTS"),
        ("BEHIND_TLS", False, "GONGKAI_TLS"),
    ],
)
def test_an_unsafe_setting_is_named(
    settings: Settings, name: str, value: object, told: str
) -> None:
    setattr(settings, name, value)
    assert told in refused()


def test_a_missing_audit_guard_is_named() -> None:
    guards.lift(connection)
    try:
        assert "audit_event_no_update" in refused()
    finally:
        guards.install(connection)


def test_a_demo_password_is_named() -> None:
    user = make_user()
    User.objects.filter(pk=user.pk).update(has_demo_password=True)
    assert user.username in refused()


@pytest.mark.django_db(transaction=True)
def test_weak_durability_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")
    told = " ".join(safety._durability())
    connection.close()
    # The PostgreSQL cluster of the test run gives up fsync for speed.
    assert "synchronous=FULL" in told or "fsync = off" in told
