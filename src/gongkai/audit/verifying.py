"""Reading the chains back: any edit, gap, swap or cut is found and its place named."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.audit.heads import read_copies
from gongkai.audit.models import Chain, Event
from gongkai.audit.services import mac_of


@dataclass(frozen=True)
class Break:
    agency_id: int
    seq: int
    reason: str

    def __str__(self) -> str:
        return f"agency {self.agency_id}, event {self.seq}: {self.reason}"


def verify() -> Iterator[Break]:
    """Breaks of every chain, in order. One pass over the events, streamed."""
    copied = read_copies()
    for agency_id in sorted(_agencies() | copied.keys()):
        seq, mac, copies = 0, "", copied.get(agency_id, {})
        for event in (
            Event.objects.filter(agency_id=agency_id).order_by("seq").iterator(2000)
        ):
            yield from _breaks_of(event, seq, mac)
            seq, mac = event.seq, event.mac
            # Every copy, not the newest alone: a cut chain that was written on has
            # newer copies by now.
            if copies.get(seq, mac) != mac:
                reason = "differs from the head that was copied outside the database"
                yield Break(agency_id, seq, reason)
        yield from _end_of(agency_id, (seq, mac), max(copies, default=0))


def _agencies() -> set[int]:
    in_events = Event.objects.order_by().values_list("agency_id", flat=True).distinct()
    return set(in_events) | set(Chain.objects.values_list("pk", flat=True))


def _breaks_of(event: Event, seq: int, mac: str) -> Iterator[Break]:
    if event.seq != seq + 1:
        reason = f"events {seq + 1} to {event.seq - 1} are missing"
        yield Break(event.agency_id, event.seq, reason)
    elif event.previous != mac:
        yield Break(event.agency_id, event.seq, "does not follow its predecessor")
    if mac_of(event) != event.mac:
        yield Break(event.agency_id, event.seq, "was changed after it was written")


def _end_of(agency_id: int, end: tuple[int, str], copied: int) -> Iterator[Break]:
    chain = Chain.objects.filter(pk=agency_id).first()
    if chain is None or (chain.seq, chain.head) != end:
        wanted = chain.seq if chain else 0
        reason = f"the chain ends here, its head says {wanted}"
        yield Break(agency_id, end[0], reason)
    if copied > end[0]:
        reason = f"the chain was cut: the copy outside the database knows {copied}"
        yield Break(agency_id, end[0], reason)
