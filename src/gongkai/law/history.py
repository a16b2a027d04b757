"""The events of a case, taken one by one: which day is day 0, what is not counted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from gongkai.law.calendar import Calendar, term_end
from gongkai.law.events import EXTENSION, Event, Flag, bad
from gongkai.law.model import Regime, Role, Suspension, SuspensionKind


@dataclass(frozen=True)
class Rules:
    """Where the law is silent or contested, an office may choose (domain: [D]).

    ``rest_day_receipt_moves``: what is received on a rest day is received on the next
    working day; else as stamped. ``acknowledge_at_once``: the site's or the mail
    system's own answer confirms receipt both ways. ``late_correction_stops``: a
    correction notice after its 7 working days still stops the clock.
    """

    rest_day_receipt_moves: bool = False
    acknowledge_at_once: bool = True
    late_correction_stops: bool = False


@dataclass
class Stop:
    """A notice that stops the clock until an answer begins it anew."""

    suspension: Suspension
    on: date
    is_effective: bool
    answer_due: date | None
    ended_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.ended_on is None


@dataclass
class Pause:
    """A consultation: its days after ``sent_on`` up to its end are not counted."""

    suspension: Suspension
    sent_on: date
    received_on: date | None = None
    answered_on: date | None = None
    answer_due: date | None = None

    @property
    def ends_on(self) -> date | None:
        """The answer, or the end of the other's term if that comes first."""
        known = [day for day in (self.answered_on, self.answer_due) if day]
        return min(known, default=None)


@dataclass
class History:
    """What the events so far have made of the clock."""

    regime: Regime
    calendar: Calendar
    rules: Rules
    receipt: date
    day_zero: date
    stops: dict[str, Stop] = field(default_factory=dict)
    pauses: dict[tuple[str, str], Pause] = field(default_factory=dict)
    extension: Event | None = None
    flags: list[Flag] = field(default_factory=list)

    @property
    def base_days(self) -> int:
        return self.regime.term("reply").length or 0

    @property
    def term_days(self) -> int:
        extra = self.extension.days if self.extension else 0
        return self.base_days + (extra or 0)

    @property
    def is_stopped(self) -> bool:
        """Whether an answer is awaited; of two, the last begins the term anew."""
        return any(stop.is_open for stop in self.effective_stops())

    def effective_stops(self) -> list[Stop]:
        stops = (stop for stop in self.stops.values() if stop.is_effective)
        return sorted(stops, key=lambda stop: stop.on)

    def due(self) -> date | None:
        """Last day to reply; None while the clock is stopped without a known end."""
        if self.is_stopped:
            return None
        left, last = self.term_days, self.day_zero
        for start, end in self.gaps():
            if end is not None and end <= last:
                continue
            counted = self.calendar.working_days(last, start)
            if counted >= left:
                break
            if end is None:
                return None
            left, last = left - counted, end
        return self.calendar.add_working_days(last, left)

    def gaps(self) -> Iterator[tuple[date, date | None]]:
        """The (start, end] of all pauses, joined where they meet, in order."""
        pauses = sorted(self.pauses.values(), key=lambda pause: pause.sent_on)
        if not pauses:
            return
        start, end = pauses[0].sent_on, pauses[0].ends_on
        for pause in pauses[1:]:
            if end is None:
                break
            if pause.sent_on > end:
                yield start, end
                start, end = pause.sent_on, pause.ends_on
            else:
                end = max(end, pause.ends_on) if pause.ends_on else None
        yield start, end

    def take(self, event: Event) -> None:
        """Raises BadHistory where ``event`` cannot come after those taken before."""
        self._check(event)
        if event.kind == EXTENSION:
            self._extend(event)
            return
        part = self.regime.parts.get(event.kind)
        if part is None:
            known = "、".join((*self.regime.parts, EXTENSION))
            raise bad(event, "not_in_regime", label=self.regime.label, known=known)
        if part.suspension.kind is SuspensionKind.RESTART:
            take = {Role.BEGINS: self._stop, Role.ENDS: self._restart}
        else:
            take = {
                Role.BEGINS: self._send,
                Role.ARRIVES: self._arrive,
                Role.ENDS: self._answer,
            }
        take[part.role](event, part.suspension)

    def _check(self, event: Event) -> None:
        if event.on < self.receipt:
            raise bad(event, "before_receipt", limit=self.receipt)
        if event.days is not None and event.kind != EXTENSION:
            raise bad(event, "needless_days", days=event.days)
        if event.until is None:
            return
        if event.kind != "correction-notice":
            raise bad(event, "needless_until", limit=event.until)
        if event.until < event.on:
            raise bad(event, "until_before", limit=event.until)

    def _extend(self, event: Event) -> None:
        most = self.regime.term("extension").length or 0
        if event.days is None:
            raise bad(event, "no_days", most=most)
        if isinstance(event.days, bool) or not 1 <= event.days <= most:
            raise bad(event, "days_out_of_range", days=event.days, most=most)
        if self.extension:
            raise bad(event, "twice", limit=self.extension.on)
        due = self.due()
        if due and event.on > due:
            raise bad(event, "extension_after_term", limit=due)
        self.extension = event

    def _stop(self, event: Event, suspension: Suspension) -> None:
        earlier = self.stops.get(suspension.key)
        if earlier:
            raise bad(event, "twice", limit=earlier.on)
        if suspension.first and self.receipt < suspension.first:
            raise bad(event, "not_yet_in_force", limit=suspension.first)
        self.stops[suspension.key] = Stop(
            suspension,
            event.on,
            is_effective=self._may_stop(event, suspension),
            answer_due=event.until or self._answer_due(suspension, event.on),
        )

    def _may_stop(self, event: Event, suspension: Suspension) -> bool:
        due = self.due()
        if due and event.on > due:
            self._flag("after_term_stop", event, due, suspension)
            return False
        if not suspension.begin_within:
            return True
        limit = term_end(
            self.regime.term(suspension.begin_within), self.receipt, self.calendar
        )
        if limit is None or event.on <= limit:
            return True
        stops = self.rules.late_correction_stops
        code = "late_notice_stops" if stops else "late_notice"
        self._flag(code, event, limit, suspension)
        return stops

    def _restart(self, event: Event, suspension: Suspension) -> None:
        stop = self.stops.get(suspension.key)
        if stop is None:
            raise bad(event, "without_begin", before=suspension.begins)
        if stop.ended_on:
            raise bad(event, "twice", limit=stop.ended_on)
        stop.ended_on = event.on
        if stop.answer_due and event.on > stop.answer_due:
            self._flag("late_answer", event, stop.answer_due, suspension)
        if stop.is_effective:
            self.day_zero = event.on

    def _send(self, event: Event, suspension: Suspension) -> None:
        earlier = self.pauses.get((suspension.key, event.party))
        if earlier:
            raise bad(event, "twice", limit=earlier.sent_on)
        self.pauses[suspension.key, event.party] = Pause(suspension, event.on)

    def _arrive(self, event: Event, suspension: Suspension) -> None:
        pause = self._pause(event, suspension)
        if pause.received_on:
            raise bad(event, "twice", limit=pause.received_on)
        if pause.answered_on:
            raise bad(event, "after_answer", limit=pause.answered_on)
        pause.received_on = event.on
        pause.answer_due = self._answer_due(suspension, event.on)

    def _answer(self, event: Event, suspension: Suspension) -> None:
        pause = self._pause(event, suspension)
        if pause.answered_on:
            raise bad(event, "twice", limit=pause.answered_on)
        pause.answered_on = event.on
        if pause.answer_due and event.on > pause.answer_due:
            self._flag("late_opinion", event, pause.answer_due, suspension)

    def _pause(self, event: Event, suspension: Suspension) -> Pause:
        pause = self.pauses.get((suspension.key, event.party))
        if pause is None:
            raise bad(event, "without_begin", before=suspension.begins)
        return pause

    def _answer_due(self, suspension: Suspension, day: date) -> date | None:
        if not suspension.answer_within:
            return None
        return term_end(self.regime.term(suspension.answer_within), day, self.calendar)

    def _flag(
        self, code: str, event: Event, limit: date, suspension: Suspension
    ) -> None:
        facts = (("limit", limit), ("label", suspension.label))
        self.flags.append(Flag(code, event.on, facts))
