"""The clock of an application: its last day, and how that was reached."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

from gongkai.law.calendar import Calendar, term_end
from gongkai.law.events import BadHistory, Event, Flag, in_order
from gongkai.law.history import History, Pause, Rules
from gongkai.law.model import Channel, Regime, StartRule, Text
from gongkai.law.segments import Segment, SegmentKind, course, start
from gongkai.law.texts import sources

EARLIEST, LATEST = date(1990, 1, 1), date(2999, 12, 31)
State = Literal["running", "stopped", "not_started"]
_DEFAULT_RULES = Rules()


@dataclass(frozen=True)
class Clock:
    """What follows from a case's events; all days are dates in Asia/Shanghai.

    ``due_on``: last day to reply, None while it cannot be known. ``state``: as of the
    last event; "stopped" also where a consultation will end by the other's silence on
    a known day, so that ``due_on`` may be known. ``provisional``: a day of a year
    without a holiday notice was counted. ``day_zero``: the day that is not counted,
    None while unconfirmed. The other days are the last ones for what is still open:
    the third party's and the co-maker's opinion, the correction notice (None where the
    regime sets none), the corrected request, the fee.
    """

    regime: Regime
    channel: Channel
    received_on: date
    receipt_on: date | None
    day_zero: date | None
    due_on: date | None
    state: State
    provisional: bool
    term_days: int
    warnings: tuple[Flag, ...] = ()
    correction_notice_due: date | None = None
    correction_due: date | None = None
    third_party_due: date | None = None
    organ_due: date | None = None
    fee_due: date | None = None
    _begun: tuple[Segment, ...] = field(default=(), repr=False, compare=False)
    _history: History | None = field(default=None, repr=False, compare=False)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The course of the clock in order; made when first read, lists need none."""
        if self._history is None:
            return self._begun
        rest = course(self._history, self.due_on, provisional=self.provisional)
        return (*self._begun, *rest)

    def explain(self, language: str) -> list[str]:
        """The whole course in plain sentences, warnings last."""
        parts = [segment.words(language) for segment in self.segments]
        return parts + [flag.words(language) for flag in self.warnings]


def compute(
    regime: Regime,
    channel: str,
    received_on: date,
    events: Iterable[Event],
    calendar: Calendar,
    confirmed_on: date | None = None,
    rules: Rules = _DEFAULT_RULES,
) -> Clock:
    """The clock after ``events``, given in any order; a pure function.

    Counted are the working days after day 0 in no (dispatch, end] of a consultation;
    the correction and the fee begin the term anew; an extension lengthens it once.
    Raises UnknownChannel, and BadHistory where the events cannot be. A calendar that
    brings the end of the term forward can leave a recorded extension behind it, which
    is such a history: who computes a case again should be ready for that.

    Source: Art. 30 to 34 of the Regulations of 2019 (Art. 24 of 2007); how a pause
    counts is a rule of this system where the law is silent.
    """
    way = regime.channel(channel)
    ordered = in_order([*events])
    _check_dates(received_on, confirmed_on, ordered)
    receipt, begun = _receipt(way, received_on, confirmed_on, calendar, rules)
    if receipt is None:
        return _unconfirmed(regime, way, received_on, ordered, begun)
    history = History(regime, calendar, rules, receipt, receipt)
    for event in ordered:
        history.take(event)
    return _clock(way, received_on, history, begun)


def days_left(clock: Clock, today: date, calendar: Calendar) -> int | None:
    """Working days after ``today`` up to the last day to reply: 0 on that day.

    Negative when overdue, by the working days since; None while there is no such day.
    An overdue case whose last day was followed by rest days only counts -1.
    """
    if clock.due_on is None:
        return None
    if today <= clock.due_on:
        return calendar.working_days(today, clock.due_on)
    return -max(calendar.working_days(clock.due_on, today), 1)


def put_off(clock: Clock, told_on: date, until: date) -> Clock:
    """The clock where a reasonable later day was told to who asks too much (Art. 35).

    Told after the term, no later than its end, or under Regulations that do not know
    it, it changes nothing.
    """
    due_on = clock.due_on
    if not any(notice.act == "delay" for notice in clock.regime.notices):
        return clock
    if due_on is None or told_on > due_on or until <= due_on:
        return clock
    source = sources()["R19"]
    citation = Text(f"{source.zh}第三十五条", f"{source.en}, Art. 35")
    later = Segment(SegmentKind.DUE, "due.put_off", until, until, None, citation)
    # The term itself ran as it was counted; only its end is another day.
    course = tuple(one for one in clock.segments if one.kind is not SegmentKind.DUE)
    return replace(clock, due_on=until, _begun=(*course, later), _history=None)


def _check_dates(
    received_on: date, confirmed_on: date | None, events: list[Event]
) -> None:
    given: list[tuple[str, date | None]] = [
        ("received", received_on),
        ("confirmed", confirmed_on),
        *((event.kind, event.on) for event in events),
        *((f"{event.kind} until", event.until) for event in events),
    ]
    for name, day in given:
        if day is not None and not EARLIEST <= day <= LATEST:
            raise BadHistory(
                "date_out_of_range", name, day, least=EARLIEST, most=LATEST
            )


def _receipt(
    channel: Channel,
    received_on: date,
    confirmed_on: date | None,
    calendar: Calendar,
    rules: Rules,
) -> tuple[date | None, list[Segment]]:
    """The day of receipt, None while unconfirmed, and the segments that say so."""
    receipt, code = _confirmation(channel, received_on, confirmed_on, rules)
    begun = [start(channel, received_on, receipt, code)]
    if receipt is None or not rules.rest_day_receipt_moves:
        return receipt, begun
    moved = calendar.next_working_day(receipt)
    if moved == receipt:
        return receipt, begun
    return moved, [*begun, _moved(receipt, moved)]


def _confirmation(
    channel: Channel, received_on: date, confirmed_on: date | None, rules: Rules
) -> tuple[date | None, str]:
    """The day of receipt as stamped and the code of its sentence."""
    if confirmed_on is not None:
        _check_confirmed(channel, received_on, confirmed_on)
        return confirmed_on, channel.rule.value
    if channel.rule is not StartRule.CONFIRMATION:
        return received_on, channel.rule.value
    if channel.acknowledged_at_once and rules.acknowledge_at_once:
        return received_on, "acknowledged"
    return None, "unconfirmed"


def _check_confirmed(channel: Channel, received_on: date, confirmed_on: date) -> None:
    if channel.rule is not StartRule.CONFIRMATION:
        label = channel.label
        raise BadHistory("not_confirmable", "confirmed", confirmed_on, label=label)
    if confirmed_on < received_on:
        raise BadHistory(
            "confirmed_before_received", "confirmed", confirmed_on, limit=received_on
        )


def _moved(receipt: date, moved: date) -> Segment:
    citation = sources()["design"]
    return Segment(SegmentKind.START, "start.moved", receipt, moved, None, citation)


def _unconfirmed(
    regime: Regime,
    channel: Channel,
    received_on: date,
    events: list[Event],
    begun: list[Segment],
) -> Clock:
    if events:
        raise BadHistory("not_started", events[0].kind, events[0].on)
    return Clock(
        regime=regime,
        channel=channel,
        received_on=received_on,
        receipt_on=None,
        day_zero=None,
        due_on=None,
        state="not_started",
        provisional=False,
        term_days=regime.term("reply").length or 0,
        _begun=tuple(begun),
    )


def _clock(
    channel: Channel, received_on: date, history: History, begun: list[Segment]
) -> Clock:
    due_on = history.due()
    return Clock(
        regime=history.regime,
        channel=channel,
        received_on=received_on,
        receipt_on=history.receipt,
        day_zero=history.day_zero,
        due_on=due_on,
        state="stopped" if _is_stopped(history, due_on) else "running",
        provisional=_is_provisional(history, due_on),
        term_days=history.term_days,
        warnings=(*history.flags, *_in_vain(history, due_on)),
        correction_notice_due=_correction_notice_due(history),
        correction_due=_stop_due(history, "correction"),
        third_party_due=_opinion_due(history, "third_party"),
        organ_due=_opinion_due(history, "organ_consult"),
        fee_due=_stop_due(history, "fee"),
        _begun=tuple(begun),
        _history=history,
    )


def _is_provisional(history: History, due_on: date | None) -> bool:
    ends = [pause.answer_due for pause in _open_pauses(history)]
    known = [day for day in (due_on, _stop_due(history, "fee"), *ends) if day]
    if not known:
        return False
    return not history.calendar.is_announced_through(history.receipt, max(known))


def _is_stopped(history: History, due_on: date | None) -> bool:
    if history.is_stopped:
        return True
    return any(
        due_on is None or pause.sent_on < due_on for pause in _open_pauses(history)
    )


def _in_vain(history: History, due_on: date | None) -> Iterator[Flag]:
    """Consultations that began when nothing was left to count."""
    for pause in history.pauses.values():
        if due_on and pause.sent_on >= due_on:
            facts = (("limit", due_on), ("label", pause.suspension.label))
            yield Flag("after_term", pause.sent_on, facts)


def _open_pauses(history: History) -> Iterator[Pause]:
    return (pause for pause in history.pauses.values() if not pause.answered_on)


def _opinion_due(history: History, key: str) -> date | None:
    """The last of those still awaited."""
    days = [
        pause.answer_due
        for pause in _open_pauses(history)
        if pause.suspension.key == key and pause.answer_due
    ]
    return max(days, default=None)


def _stop_due(history: History, key: str) -> date | None:
    stop = history.stops.get(key)
    return stop.answer_due if stop and stop.is_open else None


def _correction_notice_due(history: History) -> date | None:
    term = history.regime.terms.get("correction_notice")
    return term_end(term, history.receipt, history.calendar) if term else None
