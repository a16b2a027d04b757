"""All that the site keeps, as bytes, for tests that look for what must not be there."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection


def everything_stored() -> bytes:
    """The database as bytes, its journal with it, and every file of the site."""
    folder = Path(settings.FILES_ROOT)
    kept = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return b"\n".join([*kept, *_database()])


def _database() -> Iterator[bytes]:
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        assert file.is_file()
        yield from (one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
        return
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own tables
            for row in cursor.fetchall():
                for value in row:
                    is_raw = isinstance(value, bytes | memoryview)
                    yield bytes(value) if is_raw else str(value).encode()


def holds(held: bytes, value: str) -> bool:
    """In plain or as JSON writes it."""
    escaped = value.encode("unicode_escape").replace(b"\\u", b"\\\\u")
    return value.encode() in held or escaped in held
