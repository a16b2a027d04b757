"""What a reply must say about reconsideration and suit, as data of a day.

From 2024-01-01 a refusal must go to reconsideration first, and the reply must say so:
Administrative Reconsideration Law (2023) Art. 23.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from gongkai.law.documents import Entry, read_document
from gongkai.law.model import Regime, Result, Term, Text
from gongkai.law.texts import cited, label

NO_REPLY = "no_reply"
_WORDS = ("rules", "bodies", "sentences")


@dataclass(frozen=True)
class Period:
    """A rule from ``first`` until the next period begins."""

    first: date
    is_review_first: bool
    citation: Text


@dataclass(frozen=True)
class Remedy:
    """What the applicant can do; all terms are natural days or months.

    ``review_apply`` runs from knowledge of the decision, ``sue_after_review`` from the
    decision on reconsideration or the end of its term, ``sue_direct`` from knowledge;
    it is None where reconsideration must come first.
    """

    review_first: bool
    citation: Text
    review_body: Text
    court: Text
    review_apply: Term
    sue_after_review: Term
    sue_direct: Term | None
    _sentence: Text

    def words(self, language: str) -> str:
        """The usual sentence, its bodies not yet named."""
        direct = self.sue_direct.length if self.sue_direct else None
        return self._sentence.text(language).format(
            review_days=self.review_apply.length,
            after_days=self.sue_after_review.length,
            direct_months=direct,
            review_body=self.review_body.text(language),
            court=self.court.text(language),
        )


def remedy(regime: Regime, result: Result, decided_on: date) -> Remedy:
    """Against a decision with ``result``, whether or not it is adverse."""
    return _remedy(regime, result.remedy, decided_on)


def remedy_without_reply(regime: Regime, due_on: date) -> Remedy:
    """Against no reply by ``due_on``: a free choice, unclear before 2025-06-01 [D]."""
    return _remedy(regime, NO_REPLY, due_on)


def _remedy(regime: Regime, key: str, day: date) -> Remedy:
    earlier = [period for period in _rules()[key] if period.first <= day]
    period = earlier[-1] if earlier else _rules()[key][0]
    document = _document()
    bodies = document.entry("bodies", ("reconsideration", "court"))
    texts = document.entry("sentences", ("review_first", "free_choice"))
    first = period.is_review_first
    return Remedy(
        review_first=first,
        citation=period.citation,
        review_body=label(bodies, "reconsideration"),
        court=label(bodies, "court"),
        review_apply=regime.term("review_apply"),
        sue_after_review=regime.term("sue_after_review"),
        sue_direct=None if first else regime.term("sue_direct"),
        _sentence=label(texts, "review_first" if first else "free_choice"),
    )


@lru_cache(maxsize=1)
def _document() -> Entry:
    return read_document(Path(__file__).with_name("remedies.yaml"), _WORDS)


@lru_cache(maxsize=1)
def _rules() -> dict[str, tuple[Period, ...]]:
    rules = _document().entries("rules", ("key", "periods"))
    return {rule.required("key"): _periods(rule) for rule in rules}


def _periods(rule: Entry) -> tuple[Period, ...]:
    words = ("first", "is_review_first", "citation")
    found = [
        Period(
            first=entry.required_day("first"),
            is_review_first=entry.flag("is_review_first"),
            citation=cited(entry),
        )
        for entry in rule.entries("periods", words)
    ]
    return tuple(sorted(found, key=lambda period: period.first))
