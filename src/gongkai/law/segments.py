"""The clock's course as segments, each of which says itself in a plain sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.history import History, Pause
from gongkai.law.model import Channel, Text
from gongkai.law.texts import sentences


class SegmentKind(StrEnum):
    """In the order in which they stand where they begin on one day."""

    START = "start"
    RUNNING = "running"
    PAUSE = "pause"
    STOPPED = "stopped"
    RESTART = "restart"
    EXTENSION = "extension"
    DUE = "due"


_RANK = {kind: rank for rank, kind in enumerate(SegmentKind)}


@dataclass(frozen=True)
class Segment:
    """A step of the clock, ``first`` and ``last`` inclusive as they are told.

    start: day of arrival and day of receipt (day 0; None while unconfirmed). running:
    first and last counted working day. pause: dispatch, which is itself counted, and
    last day not counted (None while open). stopped: notice and answer (None while
    open). restart: the new day 0. extension: day of the decision. due: the last day.

    ``working_days``: of running those counted, of a pause those not counted and in no
    earlier pause, of an extension those added; else None. ``code`` names the sentence.
    """

    kind: SegmentKind
    code: str
    first: date
    last: date | None
    working_days: int | None
    citation: Text
    total: int = 0
    label: Text | None = None
    overlaps: bool = False

    def words(self, language: str) -> str:
        """One plain sentence in ``zh-hans`` or ``en``, its dates ISO; no query."""
        said = sentences().say(
            f"segment.{self.code}",
            language,
            first=self.first,
            last=self.last,
            days=self.working_days,
            total=self.total,
            label=self.label,
        )
        if not self.overlaps:
            return said
        gap = " " if language.startswith("en") else ""
        return said + gap + sentences().say("segment.overlap", language)


def start(
    channel: Channel, received_on: date, receipt: date | None, code: str
) -> Segment:
    return Segment(
        SegmentKind.START,
        f"start.{code}",
        received_on,
        receipt,
        None,
        channel.citation,
        label=channel.label,
    )


def course(
    history: History, due_on: date | None, *, provisional: bool
) -> Iterator[Segment]:
    """Segments after the start, in order."""
    found = [
        *_running(history, due_on),
        *_pauses(history, due_on),
        *_stops(history),
        *_extension(history),
    ]
    yield from sorted(found, key=lambda segment: (segment.first, _RANK[segment.kind]))
    if due_on:
        code = "due.provisional" if provisional else "due"
        citation = history.regime.term("reply").citation
        total = history.term_days
        yield Segment(SegmentKind.DUE, code, due_on, due_on, None, citation, total)


def _running(history: History, due_on: date | None) -> Iterator[Segment]:
    citation = history.regime.term("reply").citation
    count = history.calendar.working_days
    for zero, end in _eras(history, due_on):
        code = "running.first"
        for after, until in _slices(history, zero, end):
            days = count(after, until)
            if days:
                first = history.calendar.add_working_days(after, 1)
                last = history.calendar.add_working_days(after, days)
                yield Segment(SegmentKind.RUNNING, code, first, last, days, citation)
                code = "running.on"


def _eras(history: History, due_on: date | None) -> Iterator[tuple[date, date | None]]:
    """(day 0, last day that could be counted) between one restart and the next."""
    zero = history.receipt
    for stop in history.effective_stops():
        if stop.on >= zero:
            yield zero, stop.on
        if stop.ended_on is None:
            return
        zero = max(zero, stop.ended_on)
    yield zero, due_on


def _slices(
    history: History, zero: date, end: date | None
) -> Iterator[tuple[date, date]]:
    """The (after, until] of an era that lie in no pause."""
    for start_on, end_on in history.gaps():
        if end_on is not None and end_on <= zero:
            continue
        yield zero, min(start_on, end or start_on)
        if end_on is None or (end is not None and end_on >= end):
            return
        zero = end_on
    if end is not None:
        yield zero, end


def _pauses(history: History, due_on: date | None) -> Iterator[Segment]:
    covered = history.receipt
    for pause in sorted(history.pauses.values(), key=lambda pause: pause.sent_on):
        if due_on and pause.sent_on >= due_on:
            return
        end = pause.ends_on
        after = max(covered, pause.sent_on)
        days = history.calendar.working_days(after, end) if end else None
        yield Segment(
            SegmentKind.PAUSE,
            f"pause.{pause.suspension.key}.{_pause_end(pause)}",
            pause.sent_on,
            end,
            days,
            pause.suspension.citation,
            label=pause.suspension.label,
            overlaps=after > pause.sent_on,
        )
        covered = max(covered, end or date.max)


def _pause_end(pause: Pause) -> str:
    if pause.ends_on is None:
        return "open"
    return "answered" if pause.ends_on == pause.answered_on else "silent"


def _stops(history: History) -> Iterator[Segment]:
    for stop in history.effective_stops():
        key, citation = stop.suspension.key, stop.suspension.citation
        label = stop.suspension.label
        code = f"stopped.{key}" if stop.ended_on else f"stopped.{key}.open"
        yield Segment(SegmentKind.STOPPED, code, stop.on, stop.ended_on, None, citation)
        if stop.ended_on and not _is_awaited(history, stop.ended_on):
            yield Segment(
                SegmentKind.RESTART,
                f"restart.{key}",
                stop.ended_on,
                stop.ended_on,
                None,
                citation,
                total=_term_at(history, stop.ended_on),
                label=label,
            )


def _is_awaited(history: History, day: date) -> bool:
    """Whether on ``day`` the answer to another notice was still to come."""
    return any(
        stop.on <= day and (stop.ended_on is None or stop.ended_on > day)
        for stop in history.effective_stops()
    )


def _term_at(history: History, day: date) -> int:
    """Length of the term as it stood on ``day``: an extension may come later."""
    extension = history.extension
    is_later = extension is not None and extension.on > day
    return history.base_days if is_later else history.term_days


def _extension(history: History) -> Iterator[Segment]:
    if history.extension:
        yield Segment(
            SegmentKind.EXTENSION,
            "extension",
            history.extension.on,
            history.extension.on,
            history.extension.days,
            history.regime.term("extension").citation,
            total=history.term_days,
        )
