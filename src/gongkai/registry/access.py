"""Each route declares who may call it; a test walks every route against this."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Access:
    """Who may call a route: anybody, or signed-in people who hold one of the roles.

    No role named means any signed-in person. This is the outer door only: the view's
    readings and acts ask the scope again for the record at hand.
    """

    is_public: bool
    roles: frozenset[str] = frozenset()


def public(view: View) -> View:
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    wrapper.access = Access(is_public=True)  # type: ignore[attr-defined]
    return wrapper


def staff(*roles: str) -> Callable[[View], View]:
    access = Access(is_public=False, roles=frozenset(roles))

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(
            request: HttpRequest, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if access.roles and not access.roles & request.scope.roles:  # type: ignore[attr-defined]
                raise PermissionDenied
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        wrapper.access = access  # type: ignore[attr-defined]
        return wrapper

    return decorate


def access_of(view: View) -> Access | None:
    """What a route declared; None for a route that declared nothing."""
    return getattr(view, "access", None)
