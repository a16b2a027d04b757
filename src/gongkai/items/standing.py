"""Whether a document is in force on a day: what was recorded, and its own dates."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gongkai.items.choices import Kind, Validity
from gongkai.items.models import Item

NOT_YET = "not_yet"
_LABELS = {**dict(Validity.choices), NOT_YET: "尚未施行"}
_STATES = {Validity.IN_FORCE: "ok", Validity.AMENDED: "info", NOT_YET: "info"}

# Of a report or a table of figures nobody asks whether it is in force.
_NEVER_IN_FORCE = frozenset(
    {Kind.ANNUAL_REPORT, Kind.INTERPRETATION, Kind.DATA, Kind.OTHER}
)


@dataclass(frozen=True)
class Standing:
    code: str

    @property
    def label(self) -> str:
        return _LABELS[self.code]

    @property
    def state(self) -> str:
        """Of the tag that shows it: ok, info or warn."""
        return _STATES.get(self.code, "warn")

    @property
    def is_over(self) -> bool:
        return self.code in {Validity.REPEALED, Validity.LAPSED}


def standing_of(item: Item, today: date) -> Standing | None:
    """Of a public item; None where being in force means nothing."""
    live = item.shown
    code = standing_code(item.validity, live.effective_on, live.expires_on, today)
    if live.kind in _NEVER_IN_FORCE and code == Validity.IN_FORCE:
        return None
    return Standing(code)


def standing_code(
    validity: str, effective_on: date | None, expires_on: date | None, today: date
) -> str:
    """The recorded validity, overtaken by the dates that the document itself sets.

    国办发〔2018〕37号: a document with a term lapses by itself when the term ends.
    """
    if validity in {Validity.REPEALED, Validity.LAPSED}:
        return validity
    if expires_on is not None and expires_on < today:
        return Validity.LAPSED
    if effective_on is not None and effective_on > today:
        return NOT_YET
    return validity


def standing_is(code: str, today: date) -> Q:
    """Condition on public items that stand so on the day; raises ValueError."""
    recorded_over = Q(validity__in=[Validity.REPEALED, Validity.LAPSED])
    past = Q(live__expires_on__isnull=False, live__expires_on__lt=today)
    coming = Q(live__effective_on__isnull=False, live__effective_on__gt=today)
    if code == Validity.REPEALED:
        return Q(validity=Validity.REPEALED)
    if code == Validity.LAPSED:
        return Q(validity=Validity.LAPSED) | (~recorded_over & past)
    if code == NOT_YET:
        return ~recorded_over & ~past & coming
    return Q(validity=Validity(code)) & ~past & ~coming
