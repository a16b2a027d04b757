"""Triggers that refuse UPDATE, DELETE and TRUNCATE on tables that only grow.

An app names such models in ``append_only`` of its AppConfig.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

_PG_FUNCTION = """
CREATE OR REPLACE FUNCTION gongkai_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME; END
$$ LANGUAGE plpgsql
"""


def tables() -> Iterator[str]:
    for config in apps.get_app_configs():
        for name in getattr(config, "append_only", ()):
            yield config.get_model(name)._meta.db_table


def install(connection: BaseDatabaseWrapper) -> None:
    """(Re)make every guard; safe to repeat. Skips tables that are not there yet."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_PG_FUNCTION)
        for table in tables():
            if table in present:
                for statement in _statements(connection.vendor, table):
                    cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Remove every guard. Only a test's tear-down has a reason to."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in tables():
            if table in present:
                for name, _ in _triggers(connection.vendor, table):
                    on = f" ON {table}" if connection.vendor == "postgresql" else ""
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of guards that should be in the database and are not."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    wanted = [
        name for table in tables() for name, _ in _triggers(connection.vendor, table)
    ]
    return [name for name in wanted if name not in present]


def after_migrate(using: str = DEFAULT_DB_ALIAS, **kwargs: object) -> None:
    install(connections[using])


def _triggers(vendor: str, table: str) -> Iterator[tuple[str, str]]:
    """(name, what it stands before) of a table's guards."""
    yield f"{table}_no_update", f"UPDATE ON {table}"
    yield f"{table}_no_delete", f"DELETE ON {table}"
    if vendor == "postgresql":
        yield f"{table}_no_truncate", f"TRUNCATE ON {table}"


def _statements(vendor: str, table: str) -> Iterator[str]:
    for name, event in _triggers(vendor, table):
        if vendor == "postgresql":
            level = "STATEMENT" if event.startswith("TRUNCATE") else "ROW"
            yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
            yield (
                f"CREATE TRIGGER {name} BEFORE {event} FOR EACH {level} "
                "EXECUTE FUNCTION gongkai_append_only()"
            )
        else:
            yield (
                f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} "
                f"BEGIN SELECT RAISE(ABORT, 'table {table} is append-only'); END"
            )
