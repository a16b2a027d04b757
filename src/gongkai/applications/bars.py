"""The clock of a case as a bar of working days, for a reader who has a glance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from gongkai import law
from gongkai.law import Calendar, Clock, SegmentKind

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Bar:
    """``kind``: run, pause, extension, left or over; ``days`` are working days."""

    kind: str
    days: int

    @property
    def label(self) -> str:
        sentences = {
            "run": _("Counted: %(days)s working days"),
            "pause": _("Not counted: %(days)s working days"),
            "extension": _("Counted in the extension: %(days)s working days"),
            "left": _("Left: %(days)s working days"),
            "over": _("Overdue: %(days)s working days"),
        }
        return sentences[self.kind] % {"days": self.days}


def bars_of(clock: Clock, calendar: Calendar, until: date) -> list[dict[str, object]]:
    """The course up to ``until`` and what is left of it, for the tag ``clock``.

    Days before a restart count as not counted: the term began anew after them.
    """
    bars: list[Bar] = []
    for bar in _bars(clock, calendar, until):
        if bars and bars[-1].kind == bar.kind:
            bar = Bar(bar.kind, bars.pop().days + bar.days)
        if bar.days:
            bars.append(bar)
    return [{"kind": b.kind, "days": b.days, "label": b.label} for b in bars]


def _bars(clock: Clock, calendar: Calendar, until: date) -> Iterator[Bar]:
    base = clock.regime.term("reply").length or 0
    zero = clock.day_zero or clock.received_on
    counted = 0
    for segment in clock.segments:
        if segment.kind is SegmentKind.RUNNING:
            first, last = segment.first - ONE_DAY, segment.last or until
            done = calendar.working_days(first, min(last, until))
            if segment.first <= zero:
                yield Bar("pause", done)
                continue
            within = max(0, min(done, base - counted))
            yield Bar("run", within)
            yield Bar("extension", done - within)
            yield Bar("left", (segment.working_days or 0) - done)
            counted += done
        elif segment.kind in {SegmentKind.PAUSE, SegmentKind.STOPPED}:
            yield Bar("pause", _paused(segment, calendar, until))
    if clock.due_on is not None and until > clock.due_on:
        yield Bar("over", calendar.working_days(clock.due_on, until))


def _paused(segment: law.Segment, calendar: Calendar, until: date) -> int:
    if segment.working_days is not None and segment.last is not None:
        return calendar.working_days(segment.first, min(segment.last, until))
    return calendar.working_days(segment.first, min(segment.last or until, until))
