"""What may follow a decision: its terms, and which row of the form counts its end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from gongkai.law.calendar import Calendar, term_end
from gongkai.law.documents import Entry, read_document
from gongkai.law.model import Regime, Term, Text
from gongkai.law.texts import cited, label

ROWS = ("upheld", "corrected", "other")
"""结果维持, 结果纠正, 其他结果; what is not decided has no outcome yet."""
_TERMS = ("begun_within", "defence", "decision", "extension", "contested_within")


@dataclass(frozen=True)
class Simple:
    """The simple procedure (简易程序): since when, and its shorter terms."""

    first: date
    defence: str
    decision: str


@dataclass(frozen=True)
class Proceeding:
    """One way against a decision; its terms are keys of the regimes' tables, empty
    where the law sets none."""

    key: str
    begun_within: str
    defence: str
    decision: str
    extension: str
    contested_within: str
    """From service of its own decision on: to sue, or to appeal."""
    simple: Simple | None
    citation: Text
    label: Text

    def defence_term(self, regime: Regime, *, is_simple: bool = False) -> Term | None:
        """To answer from the day of the copy on."""
        simple = self.simple if is_simple else None
        return _term(regime, simple.defence if simple else self.defence)

    def decision_term(self, regime: Regime, *, is_simple: bool = False) -> Term | None:
        """For the body to decide from the day of acceptance on."""
        simple = self.simple if is_simple else None
        return _term(regime, simple.decision if simple else self.decision)

    def last_day_to_begin(
        self, regime: Regime, known_on: date, calendar: Calendar
    ) -> date | None:
        return _end(_term(regime, self.begun_within), known_on, calendar)

    def last_day_to_contest(
        self, regime: Regime, served_on: date, calendar: Calendar
    ) -> date | None:
        return _end(_term(regime, self.contested_within), served_on, calendar)


@dataclass(frozen=True)
class Outcome:
    """How a proceeding can end, and the row of the form that counts it."""

    key: str
    row: str
    of: tuple[str, ...]
    on_appeal: bool
    label: Text


def _term(regime: Regime, key: str) -> Term | None:
    return regime.term(key) if key else None


def _end(term: Term | None, day: date, calendar: Calendar) -> date | None:
    return term_end(term, day, calendar) if term else None


@lru_cache(maxsize=1)
def proceedings() -> Mapping[str, Proceeding]:
    words = ("key", *_TERMS, "simple", "citation", "label")
    entries = _document().entries("proceedings", words)
    return {entry.required("key"): _proceeding(entry) for entry in entries}


@lru_cache(maxsize=1)
def outcomes() -> Mapping[str, Outcome]:
    words = ("key", "row", "of", "on_appeal", "label")
    entries = _document().entries("outcomes", words)
    return {entry.required("key"): _outcome(entry) for entry in entries}


def outcomes_of(kind: str, *, on_appeal: bool = False) -> list[Outcome]:
    return [
        one
        for one in outcomes().values()
        if kind in one.of and (on_appeal or not one.on_appeal)
    ]


def outcomes_in(row: str) -> frozenset[str]:
    """Keys of the outcomes that a row of the form counts."""
    return frozenset(key for key, one in outcomes().items() if one.row == row)


@lru_cache(maxsize=1)
def _document() -> Entry:
    path = Path(__file__).with_name("proceedings.yaml")
    return read_document(path, ("proceedings", "outcomes"))


def _proceeding(entry: Entry) -> Proceeding:
    terms = {word: entry.text(word) for word in _TERMS}
    return Proceeding(
        key=entry.required("key"),
        simple=_simple(entry) if "simple" in entry else None,
        citation=cited(entry),
        label=label(entry),
        **terms,
    )


def _simple(entry: Entry) -> Simple:
    simple = entry.entry("simple", ("first", "defence", "decision"))
    return Simple(
        first=simple.required_day("first"),
        defence=simple.required("defence"),
        decision=simple.required("decision"),
    )


def _outcome(entry: Entry) -> Outcome:
    known = proceedings()
    of = entry.texts("of")
    for kind in of:
        if kind not in known:
            raise entry.error(f"的 of 不能有 {kind}", f"可用 {'、'.join(known)}")
    return Outcome(
        key=entry.required("key"),
        row=entry.choice("row", ROWS),
        of=of,
        on_appeal=entry.flag("on_appeal"),
        label=label(entry),
    )
