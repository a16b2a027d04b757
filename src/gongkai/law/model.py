"""A regime of the law as data: terms, channels, suspensions, results."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from gongkai.law.exceptions import UnknownChannel, UnknownResult, UnknownTerm


@dataclass(frozen=True)
class Text:
    """Words in Chinese and in English."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """English for ``en``; Chinese for every other language."""
        return self.en if language.lower().startswith("en") else self.zh


class Unit(StrEnum):
    """How a term is counted."""

    WORKING_DAYS = "wd"
    NATURAL_DAYS = "natural_days"
    MONTHS = "months"
    SAME_DAY = "same_day"
    DATE = "date"
    """Ends on a fixed day of the following year."""
    SET_BY_OFFICE = "set_by_office"


class StartRule(StrEnum):
    """What makes a day the day of receipt."""

    SUBMISSION = "submission"
    SIGNATURE = "signature"
    CONFIRMATION = "confirmation"
    ARRIVAL = "arrival"


class SuspensionKind(StrEnum):
    """What a suspension does to the clock."""

    RESTART = "restart"
    """Stops it; the term begins anew with the answer."""
    PAUSE = "pause"
    """Its days are not counted."""
    RUNNING = "running"
    """Nothing."""


class Role(StrEnum):
    """What an event does to its suspension."""

    BEGINS = "begins"
    ARRIVES = "arrives"
    ENDS = "ends"


@dataclass(frozen=True)
class Term:
    """A term of the deadline table: ``length`` in ``unit``.

    ``length`` is None where the office sets it or where it ends on ``month_day``.
    """

    key: str
    unit: Unit
    length: int | None
    month_day: tuple[int, int] | None
    citation: Text
    label: Text


@dataclass(frozen=True)
class Channel:
    """A way in, and the rule that makes its day of receipt."""

    key: str
    rule: StartRule
    acknowledged_at_once: bool
    citation: Text
    label: Text


@dataclass(frozen=True)
class Suspension:
    """What stops or pauses the clock, and the kinds of event that say so.

    ``begin_within`` and ``answer_within`` are keys of terms; ``first`` the first day
    of receipt to which it applies.
    """

    key: str
    kind: SuspensionKind
    begins: str
    arrives: str
    ends: str
    begin_within: str
    answer_within: str
    first: date | None
    citation: Text
    label: Text


@dataclass(frozen=True)
class Notice:
    """A letter made by an act; ``to`` applicant, third_party, organ, unit or file."""

    key: str
    act: str
    to: str
    citation: Text
    label: Text


@dataclass(frozen=True)
class Result:
    """How a case can end, and the row of the official form that counts it.

    ``is_refusal``: 不予公开. ``is_adverse``: the reply must state facts, article and
    remedy. ``remedy`` is a key of remedies.yaml.
    """

    code: str
    key: str
    is_refusal: bool
    is_adverse: bool
    remedy: str
    citation: Text
    label: Text
    usual_row: str
    row_in: Mapping[str, str] = field(default_factory=dict, compare=False)

    def row(self, form: str) -> str:
        """Key of the row in ``form`` ("2014", "2019", "2021"), without applicants."""
        return self.row_in.get(form, self.usual_row)


class Part(NamedTuple):
    """Which suspension a kind of event belongs to, and what it does there."""

    suspension: Suspension
    role: Role


@dataclass(frozen=True, eq=False)
class Regime:
    """One text of the Regulations with its days of force, both inclusive."""

    name: str
    first: date
    last: date | None
    citation: Text
    label: Text
    terms: Mapping[str, Term]
    channels: Mapping[str, Channel]
    suspensions: Mapping[str, Suspension]
    notices: tuple[Notice, ...]
    results: Mapping[str, Result]
    withheld_grounds: tuple[Result, ...]
    fees: str
    """Of fees.py: "processing"; "cost": of search, copying and posting only."""
    parts: Mapping[str, Part]
    """By kind of event."""

    def is_in_force(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def term(self, key: str) -> Term:
        """Raises UnknownTerm."""
        if key not in self.terms:
            raise UnknownTerm(key, self.terms)
        return self.terms[key]

    def channel(self, key: str) -> Channel:
        """Raises UnknownChannel."""
        if key not in self.channels:
            raise UnknownChannel(key, self.channels)
        return self.channels[key]

    def result(self, code: str) -> Result:
        """Raises UnknownResult."""
        if code not in self.results:
            raise UnknownResult(code, self.results)
        return self.results[code]

    def notices_of(self, act: str) -> tuple[Notice, ...]:
        return tuple(notice for notice in self.notices if notice.act == act)
