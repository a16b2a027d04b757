"""What an item's page depends on, in one light query: the key of the cached page."""

from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BigIntegerField, Max, OuterRef, Subquery

from gongkai.items.models import Item, Release

_NUMBER, _ID = "\0index number\0", -4711


class PublicState(NamedTuple):
    """Whatever changes an item's page changes one of these.

    The days are ISO text, as no page shows them from here.
    """

    item_id: int
    index_no: str | None
    content_hash: str
    # Corrections, repeals, columns and the agency's own name raise it.
    generation: int
    newest_release_id: int | None
    validity: str
    effective_on: str | None
    expires_on: str | None


def state_by_number(index_no: str) -> PublicState | None:
    """Of the public item with this very number, else None. One query."""
    return _read("index_no", index_no)


def state_by_id(item_id: int) -> PublicState | None:
    """Of this item if it is public, else None. One query."""
    if item_id > BigIntegerField.MAX_BIGINT:
        return None  # the engines refuse such a number
    return _read("pk", item_id)


def _read(field: str, value: str | int) -> PublicState | None:
    sql, parameters = _statement(field, connection.vendor)
    told = [value if one in (_NUMBER, _ID) else one for one in parameters]
    with connection.cursor() as cursor:
        cursor.execute(sql, told)
        row = cursor.fetchone()
    if row is None:
        return None
    state = PublicState(*row)
    return state._replace(
        effective_on=_iso(state.effective_on), expires_on=_iso(state.expires_on)
    )


def _iso(day: Any) -> str | None:
    return None if day is None else str(day)


@cache
def _statement(field: str, vendor: str) -> tuple[str, tuple[Any, ...]]:
    """The queryset's own SQL, written out once: building it costs more than asking.

    The placeholder among its parameters is replaced in each request.
    """
    releases = Release.objects.filter(item=OuterRef("pk")).order_by().values("item")
    found = (
        Item.objects.visible_to_public()
        .filter(**{field: _NUMBER if field == "index_no" else _ID})
        .values_list(
            "pk",
            "index_no",
            "live__content_hash",
            "agency__generation",
            Subquery(releases.annotate(newest=Max("pk")).values("newest")),
            "validity",
            "live__effective_on",
            "live__expires_on",
        )
    )
    sql, parameters = found.query.sql_with_params()
    return sql, tuple(parameters)
