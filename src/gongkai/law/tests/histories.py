"""Random histories of a request, for hypothesis."""

from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import strategies as st

from gongkai.law import Event


class Case(NamedTuple):
    """What the clock is asked."""

    regime: str
    receipt: date
    events: list[Event]
    late_stops: bool


def _after(day: date, days: int) -> date:
    return day + timedelta(days=days)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    receipt = draw(st.dates(date(2008, 5, 1), date(2027, 12, 31)))
    regime = "2019" if receipt >= date(2019, 5, 15) else "2008"
    events: list[Event] = []
    if draw(st.booleans()):
        events += draw(_asked("correction-notice", "corrected", receipt, 14))
    if receipt >= date(2021, 1, 1) and draw(st.booleans()):
        events += draw(_asked("fee-notice", "fee-paid", receipt, 60))
    consulted = ["third-party", "third-party", "organ"]
    for number, subject in enumerate(consulted if regime == "2019" else consulted[:2]):
        if draw(st.booleans()):
            events += draw(_consulted(subject, f"party {number}", receipt))
    if draw(st.booleans()):
        on = _after(receipt, draw(st.integers(0, 60)))
        most = 20 if regime == "2019" else 15
        events.append(Event("extension", on, days=draw(st.integers(1, most))))
    return Case(regime, receipt, draw(st.permutations(events)), draw(st.booleans()))


@st.composite
def _asked(
    draw: st.DrawFn, begins: str, ends: str, receipt: date, latest: int
) -> list[Event]:
    on = _after(receipt, draw(st.integers(0, latest)))
    if draw(st.integers(0, 4)) == 0:
        return [Event(begins, on)]
    return [Event(begins, on), Event(ends, _after(on, draw(st.integers(0, 40))))]


@st.composite
def _consulted(draw: st.DrawFn, subject: str, party: str, receipt: date) -> list[Event]:
    on = _after(receipt, draw(st.integers(0, 45)))
    events = [Event(f"{subject}-sent", on, party=party)]
    if draw(st.booleans()):
        on = _after(on, draw(st.integers(0, 8)))
        events.append(Event(f"{subject}-received", on, party=party))
    if draw(st.booleans()):
        on = _after(on, draw(st.integers(0, 35)))
        events.append(Event(f"{subject}-opinion", on, party=party))
    return events
