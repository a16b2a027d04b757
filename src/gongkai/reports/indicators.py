"""Indicators by the words in which a person knows them, and the series they make."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache

from gongkai.returns import Indicator, indicator, indicators, list_forms, load_form

HEADLINES = (
    "proactive_total",
    "normative_documents",
    "normative_documents_issued",
    "applications_received",
    "applications_closed",
    "granted",
    "granted_partial",
    "applications.denied.state_secret.total",
    "reviews",
    "remedies.reconsideration.total",
    "litigations",
    "complaints",
    "channel_website",
    "channel_wechat",
    "channel_weibo",
    "interpretations",
    "responses",
    "press_conferences",
    "hotline_received",
    "meetings",
    "trainings",
    "fees_yuan",
)
"""What a reader looks for first."""


def name_of(key: str) -> str:
    """As a person chooses it: no two indicators have the same name."""
    return names().get(key, key)


def key_of(name: str) -> str | None:
    """Of the name, or of the key itself; None for what is neither."""
    if name in names():
        return name
    return _keys().get(name.strip())


def whole(value: Decimal) -> Decimal | int:
    """Without the places that only money has."""
    return int(value) if value == value.to_integral_value() else value


def unit_of(key: str) -> str:
    known = indicator(key)
    return known.unit if known else ""


@cache
def names() -> Mapping[str, str]:
    """Indicator → name, in the order of the forms."""
    known = indicators()
    times = Counter(one.label for one in known.values())
    return {key: _told_apart(one, times) for key, one in known.items()}


def _told_apart(one: Indicator, times: Counter[str]) -> str:
    if times[one.label] == 1:
        return one.label
    return f"{one.label}（{one.form}年表 {one.code}）" if one.form else one.key


@cache
def _keys() -> Mapping[str, str]:
    return {name: key for key, name in names().items()}


@cache
def _same_as() -> Mapping[str, str]:
    rows = (row for name in list_forms() for row in load_form(name).figures)
    return {str(row.key): row.same_as for row in rows if row.key and row.same_as}


def series_of(key: str) -> str:
    """The key under which the same figure runs through all forms."""
    return _same_as().get(key, key)


def in_order(keys: Iterable[str]) -> list[str]:
    """Headlines first, then as the forms have them."""
    first = {key: place for place, key in enumerate(HEADLINES)}
    rest = {key: place for place, key in enumerate(names())}
    return sorted(keys, key=lambda key: (first.get(key, 999), rest.get(key, 999), key))
