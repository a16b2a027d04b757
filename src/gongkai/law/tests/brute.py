"""The clock once more, day by day and written apart from it, to compare the two.

It asks the package of holidays itself and shares no code with the calendar.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import chinese_calendar

from gongkai.law import Event

A_DAY = timedelta(days=1)
IsWorking = Callable[[date], bool]
ORDER = (
    *("correction-notice", "corrected", "fee-notice", "fee-paid"),
    *("third-party-sent", "third-party-received", "third-party-opinion"),
    *("organ-sent", "organ-received", "organ-opinion", "extension"),
)


class Impossible(Exception):
    """The history cannot be."""


@cache  # the package searches all its holidays for each day
def is_working(day: date) -> bool:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def add(day: date, n: int, works: IsWorking = is_working) -> date:
    while n:
        day += A_DAY
        n -= works(day)
    return day


@dataclass
class Consulted:
    """One consultation under way."""

    waits: int | None = None
    is_over: bool = False


@dataclass
class Walk:
    """A walk from the day of receipt, a day at a time."""

    works: IsWorking
    term: int = 20
    notice_term: int | None = 7
    silence: int | None = 15
    late_stops: bool = False
    counted: int = 0
    since_receipt: int = 0
    is_notice_late: bool = False
    waiting_for: set[str] = field(default_factory=set)
    consulted: dict[str, Consulted] = field(default_factory=dict)
    due: date | None = None

    def run(self, receipt: date, events: list[Event]) -> date | None:
        """The last day to reply, None while stopped; raises Impossible."""
        left = sorted(events, key=lambda e: (e.on, ORDER.index(e.kind)))
        day = receipt
        while True:
            if day > receipt:
                self.count(day)
            while left and left[0].on == day:
                self.meet(left.pop(0))
            if self.counted >= self.term and not self.waiting_for and not self.due:
                self.due = day
            self.is_notice_late = self.since_receipt == self.notice_term or (
                self.is_notice_late
            )
            if not left and (self.due or self.is_stuck()):
                return self.due
            day += A_DAY

    def is_stuck(self) -> bool:
        under_way = [c for c in self.consulted.values() if not c.is_over]
        return bool(self.waiting_for) or any(
            c.waits is None or self.silence is None for c in under_way
        )

    def count(self, day: date) -> None:
        if not self.works(day):
            return
        self.since_receipt += 1
        under_way = [c for c in self.consulted.values() if not c.is_over]
        if not self.waiting_for and not under_way:
            self.counted += 1
        for consulted in under_way:
            if consulted.waits is not None:
                consulted.waits += 1
                consulted.is_over = consulted.waits == self.silence

    def meet(self, event: Event) -> None:
        subject, _, act = event.kind.rpartition("-")
        if event.kind == "extension":
            if self.due:
                raise Impossible
            self.term += event.days or 0
        elif event.kind in {"correction-notice", "fee-notice"}:
            self.ask("corrected" if subject == "correction" else "fee-paid")
        elif event.kind in {"corrected", "fee-paid"}:
            if event.kind in self.waiting_for:
                self.waiting_for.remove(event.kind)
                self.counted = 0
        elif act == "sent":
            self.consulted[subject + event.party] = Consulted()
        elif act == "received":
            self.consulted[subject + event.party].waits = 0
        else:
            self.consulted[subject + event.party].is_over = True

    def ask(self, answer: str) -> None:
        is_late = self.is_notice_late and answer == "corrected"
        if not self.due and (self.late_stops or not is_late):
            self.waiting_for.add(answer)
