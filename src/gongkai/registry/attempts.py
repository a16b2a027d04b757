"""Failed tries at something secret, counted in the database: workers share it."""

from datetime import datetime, timedelta

from django.utils import timezone

from gongkai.registry.models import FailedAttempt
from gongkai.registry.sealing import blind_index


class TooMany(Exception):
    """Tried and failed too often of late; ``minutes`` until the next try."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"wait {minutes} minutes")
        self.minutes = minutes


def refuse_if_many(
    purpose: str,
    address: str,
    most: int,
    within: timedelta,
    now: datetime | None = None,
) -> None:
    """Raises TooMany where this address failed ``most`` times within the time."""
    since = (now or timezone.now()) - within
    failed = FailedAttempt.objects.filter(
        purpose=purpose, origin=_origin(address), at__gt=since
    )
    if failed.count() >= most:
        raise TooMany(int(within.total_seconds() // 60))


def note_failure(purpose: str, address: str, now: datetime | None = None) -> None:
    FailedAttempt.objects.create(
        purpose=purpose, origin=_origin(address), at=now or timezone.now()
    )


def forget(before: datetime) -> int:
    """Delete older tries; for a repeated job."""
    return FailedAttempt.objects.filter(at__lt=before).delete()[0]


def _origin(address: str) -> str:
    # An address is personal data: kept only as something to compare.
    return blind_index("address", address)
