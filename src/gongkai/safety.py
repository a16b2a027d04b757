"""Why a production start is refused: each unsafe setting, its reason and remedy."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection

SHORTEST_SECRET = 50
SECRETS = ("SECRET_KEY", "AUDIT_KEY", "PERSONAL_KEY")


class UnsafeStart(SystemExit):
    """The installation must not serve anybody as it is set up now."""

    def __init__(self, problems: list[str]) -> None:
        listed = "\n".join(f"- {problem}" for problem in problems)
        super().__init__(f"Gongkai does not start, because:\n{listed}")
        self.problems = problems


def refuse_unsafe_start() -> None:
    """Raises UnsafeStart in production where a setting endangers people or records."""
    if settings.ENVIRONMENT == "production":
        problems = [*_settings(), *_database()]
        if problems:
            raise UnsafeStart(problems)


def _settings() -> Iterator[str]:
    if settings.DEBUG:
        yield "GONGKAI_DEBUG is 1: error pages would show records. Remove it."
    for name in SECRETS:
        value = str(getattr(settings, name))
        if len(value) < SHORTEST_SECRET or len(set(value)) < 10:
            yield (
                f"GONGKAI_{name} is short or simple. Give it {SHORTEST_SECRET} random "
                "characters or more."
            )
    if len({getattr(settings, name) for name in SECRETS}) < len(SECRETS):
        yield "Two of the secret keys are equal. Give each a value of its own."
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        yield "GONGKAI_HOSTS is empty or *. Name the addresses of the site."
    if not settings.BEHIND_TLS:
        yield "GONGKAI_TLS is 0: passwords would travel in the clear. Remove it."


def _database() -> Iterator[str]:
    from gongkai.accounts.models import User
    from gongkai.audit import guards

    tables = connection.introspection.table_names()
    if User._meta.db_table not in tables:
        yield "The database is empty. Run `gongkai migrate` first."
        return
    yield from _durability()
    for name in guards.missing(connection):
        yield f"The audit guard {name} is missing. Run `gongkai migrate` to remake it."
    names = User.objects.filter(has_demo_password=True, is_active=True)
    for username in names.values_list("username", flat=True):
        yield f"The account {username} has the demo's password. Change or close it."


def _durability() -> Iterator[str]:
    """A commit that was acknowledged must survive a power cut."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            if cursor.fetchone()[0] < 2:
                yield "SQLite runs without synchronous=FULL. Restore the setting."
        else:
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                cursor.execute(f"SHOW {name}")
                value = cursor.fetchone()[0]
                if value == "off":
                    yield f"PostgreSQL runs with {name} = off. Set it to on."
