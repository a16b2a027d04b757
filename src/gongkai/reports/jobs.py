from datetime import timedelta

from gongkai.registry.outbox import Lease, handles
from gongkai.registry.schedules import repeats
from gongkai.reports.services import reading

repeats("reports.read_corrected", every=timedelta(minutes=1))(reading.read_corrected)


@handles(reading.TOPIC)
def read(lease: Lease) -> None:
    number = int(str(lease.payload["reading"]))
    if lease.payload.get("again"):
        reading.renew(number, by=None)
    else:
        reading.read_waiting(number)
