"""What happens to a case and moves its clock, and what can be wrong with that."""

from dataclasses import dataclass
from datetime import date

from gongkai.law.exceptions import LawError
from gongkai.law.texts import sentences

EXTENSION = "extension"
# On one and the same day, a thing is sent before it arrives and before it is answered.
KINDS = (
    *("correction-notice", "corrected", "fee-notice", "fee-paid"),
    *("third-party-sent", "third-party-received", "third-party-opinion"),
    *("organ-sent", "organ-received", "organ-opinion"),
    EXTENSION,
)


@dataclass(frozen=True)
class Event:
    """One recorded event; ``kind`` is one of KINDS.

    ``on``: day on which it took effect; of a fee-notice, the day it reached the
    applicant. ``until``: of a correction-notice, the day set for the applicant.
    ``days``: of an extension, its working days. ``party`` tells consultations of
    several third parties or organs apart; it is never shown.
    """

    kind: str
    on: date
    until: date | None = None
    days: int | None = None
    party: str = ""


class BadHistory(LawError):
    """A history that cannot be: which event, its day, and what to do.

    The message is Chinese; ``words("en")`` says the same in English.
    """

    def __init__(self, code: str, field: str, value: object, **facts: object) -> None:
        self.code = code
        self.field = field
        self.value = value
        self._facts = facts
        super().__init__(self.words("zh-hans"))

    def words(self, language: str) -> str:
        text = sentences().say(f"problem.{self.code}", language, **self._facts)
        if language.startswith("en"):
            return f"{self.field} {self.value}: {text}"
        return f"{self.field} {self.value}：{text}"


@dataclass(frozen=True)
class Flag:
    """Something that the law allows but that a clerk should know."""

    code: str
    on: date
    facts: tuple[tuple[str, object], ...] = ()

    def words(self, language: str) -> str:
        return sentences().say(
            f"warning.{self.code}", language, on=self.on, **dict(self.facts)
        )


def bad(event: Event, code: str, **facts: object) -> BadHistory:
    return BadHistory(code, event.kind, event.on, **facts)


def in_order(events: list[Event]) -> list[Event]:
    """By day; on one day in the order of KINDS. Raises BadHistory on unknown kinds."""
    for event in events:
        if event.kind not in KINDS:
            raise bad(event, "unknown_kind", known="、".join(KINDS))
    return sorted(events, key=lambda event: (event.on, KINDS.index(event.kind)))
