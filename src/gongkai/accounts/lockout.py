"""Locks sign-in by account after a few wrong tries, by address after many names.

A whole office may stand behind one address: what one colleague forgot must not lock
the others. Whoever guesses goes through names, so names are counted, not tries.
"""

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
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


def is_locked(user: User) -> bool:
    """Whether wrong tries keep the account's owner out now. One query."""
    return user.username in locked_names([user.username])


def locked_names(names: list[str]) -> frozenset[str]:
    """Those of the user names that are locked now. One query."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    failed = AccessAttempt.objects.filter(
        username__in=names, attempt_time__gte=since
    ).values_list("username", "failures_since_start")
    tries: dict[str, int] = {}
    for name, count in failed:
        tries[name] = tries.get(name, 0) + count
    most = settings.AXES_FAILURE_LIMIT
    return frozenset(name for name, count in tries.items() if count >= most)


def unlock(user: User) -> None:
    """Forget the wrong tries at the account, wherever they came from."""
    reset(username=user.username)
