"""The law as data and arithmetic: regimes, working days, the clock of a request."""

from gongkai.law.calendar import (
    Calendar,
    Day,
    natural_term,
    seed_days,
    seed_years,
    standard_calendar,
    term_end,
)
from gongkai.law.clock import Clock, compute, days_left, put_off
from gongkai.law.events import KINDS, BadHistory, Event, Flag
from gongkai.law.exceptions import (
    BadNumber,
    DataError,
    LawError,
    NoRegime,
    UnknownChannel,
    UnknownRegime,
    UnknownResult,
    UnknownTerm,
)
from gongkai.law.history import Rules
from gongkai.law.model import (
    Channel,
    Notice,
    Regime,
    Result,
    Role,
    StartRule,
    Suspension,
    SuspensionKind,
    Term,
    Text,
    Unit,
)
from gongkai.law.regimes import regime, regime_names, regime_on
from gongkai.law.segments import Segment, SegmentKind

__all__ = [
    "KINDS",
    "BadHistory",
    "BadNumber",
    "Calendar",
    "Channel",
    "Clock",
    "DataError",
    "Day",
    "Event",
    "Flag",
    "LawError",
    "NoRegime",
    "Notice",
    "Regime",
    "Result",
    "Role",
    "Rules",
    "Segment",
    "SegmentKind",
    "StartRule",
    "Suspension",
    "SuspensionKind",
    "Term",
    "Text",
    "Unit",
    "UnknownChannel",
    "UnknownRegime",
    "UnknownResult",
    "UnknownTerm",
    "compute",
    "days_left",
    "natural_term",
    "put_off",
    "regime",
    "regime_names",
    "regime_on",
    "seed_days",
    "seed_years",
    "standard_calendar",
    "term_end",
]
