"""The two engines; the vendor of the default database chooses."""

from django.db import connection

from gongkai.search.engines.base import Engine
from gongkai.search.engines.postgresql import PostgreSQL
from gongkai.search.engines.sqlite import SQLite

_ENGINES: dict[str, Engine] = {"sqlite": SQLite(), "postgresql": PostgreSQL()}


def current() -> Engine:
    return _ENGINES[connection.vendor]


def has_tables() -> bool:
    return "search_entry" in connection.introspection.table_names()
