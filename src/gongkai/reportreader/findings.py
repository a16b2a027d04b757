"""What does not agree in a report: one finding with its words and its fingerprint."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from gongkai.reportreader.quoting import Quote

_BESIDE = 8
Severity = Literal["error", "warning", "notice"]


@dataclass(frozen=True)
class Finding:
    """``fingerprint`` is the same whenever the same thing is found in the same report,
    wherever in the text it stands, so that a person's verdict on it keeps.
    """

    code: str
    severity: Severity
    message: str
    quotes: tuple[Quote, ...]
    fingerprint: str


@dataclass(frozen=True)
class Maker:
    """Makes findings about the report of one agency on one year."""

    agency: str
    year: int | None

    def finding(
        self,
        code: str,
        severity: Severity,
        message: str,
        quotes: Iterable[Quote],
        about: str,
    ) -> Finding:
        """``about`` tells one finding of this code from another."""
        words = "\n".join((self.agency, str(self.year), code, about))
        digest = hashlib.sha256(words.encode()).hexdigest()[:16]
        return Finding(code, severity, message, tuple(quotes), digest)


def without_repeats(findings: Sequence[Finding]) -> list[Finding]:
    """The findings without those whose words all stand in one near by, of the code."""
    ordered = sorted(
        findings, key=lambda each: each.quotes[0].start if each.quotes else 0
    )
    return [
        finding
        for index, finding in enumerate(ordered)
        if not any(
            other.code == finding.code and _holds(other, finding)
            for other in ordered[max(0, index - _BESIDE) : index + _BESIDE]
        )
    ]


def _holds(wide: Finding, narrow: Finding) -> bool:
    """Whether each quote of one lies in a quote of the other, and is less."""
    if not narrow.quotes or wide.quotes == narrow.quotes:
        return False
    return all(
        any(_is_in(quote, other) for other in wide.quotes) for quote in narrow.quotes
    )


def _is_in(quote: Quote, other: Quote) -> bool:
    return other.start <= quote.start and quote.end <= other.end


def shown(value: Decimal) -> str:
    """A figure as a person writes it: no exponent, no needless noughts."""
    return format(value.normalize(), "f") if value else "0"
