"""Numbers without gaps: the next number is taken in the transaction that uses it."""

from django.db import connection

from gongkai.registry.models import Counter


def next_number(key: str) -> int:
    """The next number under ``key``, from 1.

    Holds the counter's row until the transaction ends, so a rollback gives the number
    back and no other transaction can take one in between. Raises RuntimeError outside
    a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A number must be taken inside the act's transaction.")
    table = Counter._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (key, value) VALUES (%s, 1) "  # noqa: S608 - the model's own table
            f"ON CONFLICT (key) DO UPDATE SET value = {table}.value + 1 "
            "RETURNING value",
            [key],
        )
        return int(cursor.fetchone()[0])
