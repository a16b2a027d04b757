from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from gongkai.accounts.models import User
from gongkai.agencies.scope import NOBODY, Scope, scope_of


class ScopeMiddleware:
    """Gives every request its ``scope``; a public page that never asks pays nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.scope = SimpleLazyObject(lambda: _scope(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _scope(request: HttpRequest) -> Scope:
    user = request.user
    if not isinstance(user, User) or user.has_temporary_password:
        return NOBODY
    return scope_of(user, timezone.localdate())
