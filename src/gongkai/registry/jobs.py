from datetime import timedelta

from gongkai.audit.heads import copy_heads
from gongkai.registry import charts
from gongkai.registry.calendars.changing import SETTLE_TOPIC, settle
from gongkai.registry.outbox import Lease, handles
from gongkai.registry.schedules import repeats

# Audit lies below the registry and cannot name a schedule itself.
repeats("audit.copy_heads", every=timedelta(minutes=1))(copy_heads)
repeats("charts.forget", every=timedelta(days=1))(charts.forget)


@handles(SETTLE_TOPIC)
def settle_calendar(lease: Lease) -> None:
    """What an act counted by the calendar that another request was just replacing."""
    settle(int(str(lease.payload["number"])))
