"""By when a return is due: the law's day, or the earlier one that a notice sets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai import law
from gongkai.agencies.models import Agency, AgencyKind
from gongkai.registry.measures import Period
from gongkai.statistics.models import Deadline

# Quarterly and monthly returns: by the 8th of the month after (皖政办秘〔2014〕180号).
DAYS_AFTER_A_QUARTER = 8


@dataclass(frozen=True)
class Calendar:
    """The days set for a report year, by path; one query for a whole tree."""

    own: Mapping[str, date]
    below: Mapping[str, date]

    @classmethod
    def of_year(cls, year: int) -> "Calendar":
        rows = Deadline.objects.filter(year=year).values_list(
            "agency__path", "due_on", "includes_below"
        )
        own: dict[str, date] = {}
        below: dict[str, date] = {}
        for path, due_on, includes_below in rows:
            (below if includes_below else own)[path] = due_on
        return cls(own, below)

    def due_on(self, agency: Agency, period: Period) -> date:
        """Its own day, else that of the nearest body above, else the law's."""
        if period != Period.year(period.first.year):
            return period.last + timedelta(days=DAYS_AFTER_A_QUARTER)
        if agency.path in self.own:
            return self.own[agency.path]
        for path in _upwards(agency.path):
            if path in self.below:
                return self.below[path]
        return by_law(agency.kind, period)


def due_on(agency: Agency, period: Period) -> date:
    """One query."""
    return Calendar.of_year(period.first.year).due_on(agency, period)


def by_law(kind: str, period: Period) -> date:
    """Art. 49: departments by 31 January, governments by 31 March.

    A township's table goes into its county's, so it comes with the departments' [D].
    """
    name = "annual_gov" if kind == AgencyKind.GOVERNMENT else "annual_dept"
    regime = law.regime_on(period.last)
    month, day = regime.term(name).month_day or (3, 31)
    return date(period.last.year + 1, month, day)


def _upwards(path: str) -> Iterable[str]:
    step = Agency.steplen
    return (path[:end] for end in range(len(path), 0, -step))
