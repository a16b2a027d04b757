"""Which days are working days: a versioned table over the packaged notices.

A ledger asks ``calendar_of(agency)``, keeps ``version()`` beside a date it counted, and
registers in its ``jobs`` module how its dates move when the calendar does.
"""

from gongkai.registry.calendars.changing import (
    Applied,
    Change,
    DayChange,
    Move,
    Preview,
    apply,
    propose,
    register_dependent,
)
from gongkai.registry.calendars.exceptions import (
    AlreadyInForce,
    CalendarRefused,
    MeanwhileChanged,
)
from gongkai.registry.calendars.standing import (
    COUNTRY,
    calendar_of,
    newest,
    version,
)

__all__ = [
    "COUNTRY",
    "AlreadyInForce",
    "Applied",
    "CalendarRefused",
    "Change",
    "DayChange",
    "MeanwhileChanged",
    "Move",
    "Preview",
    "apply",
    "calendar_of",
    "newest",
    "propose",
    "register_dependent",
    "version",
]
