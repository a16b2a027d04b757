"""Locks sign-in by account after a few wrong tries, by address after many names.

A whole office may stand behind one address: what one colleague forgot must not lock
the others. Whoever guesses goes through names, so names are counted, not tries.
"""

from collections.abc import Collection

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

from gongkai.accounts.models import User


class LockOutHandler(AxesDatabaseHandler):
    """The account's own count is django-axes'; the address's is ours."""

    def is_locked(
        self, request: HttpRequest, credentials: dict[str, str] | None = None
    ) -> bool:
        return is_guessing(request) or bool(super().is_locked(request, credentials))


def is_guessing(request: HttpRequest) -> bool:
    """Whether too many names failed of late from the request's address. One query."""
    failed = AccessAttempt.objects.filter(
        ip_address=request.axes_ip_address,  # type: ignore[attr-defined]
        attempt_time__gte=get_cool_off_threshold(request),
    )
    names = failed.order_by().values("username").distinct().count()
    return names >= settings.SIGN_IN_NAMES_PER_ADDRESS


def locked_names(among: Collection[str] | None = None) -> frozenset[str]:
    """User names that wrong tries keep out now, all or those given. One query."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    failed = AccessAttempt.objects.filter(attempt_time__gte=since)
    if among is not None:
        failed = failed.filter(username__in=among)
    tries = failed.order_by().values("username").annotate(n=Sum("failures_since_start"))
    locked = tries.filter(n__gte=settings.AXES_FAILURE_LIMIT)
    return frozenset(locked.values_list("username", flat=True))


def unlock(user: User) -> None:
    """Forget the wrong tries at the account, wherever they came from."""
    reset(username=user.username)
