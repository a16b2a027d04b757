"""For which of their agencies a person acts now: a choice kept in the session."""

from django.http import HttpRequest

from gongkai.agencies.models import Agency
from gongkai.agencies.scope import Scope

KEY = "acting_agency"


def scope_of_request(request: HttpRequest) -> Scope:
    """What ScopeMiddleware gave the request, with its type."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return scope


def own_agencies(request: HttpRequest) -> list[Agency]:
    """The agencies in which the person holds a post. One query a request."""
    known: list[Agency] | None = getattr(request, "own_agencies", None)
    if known is None:
        ids = {post.agency_id for post in scope_of_request(request).posts}
        known = list(Agency.objects.filter(pk__in=ids)) if ids else []
        request.own_agencies = known  # type: ignore[attr-defined]
    return known


def acting_agency(request: HttpRequest) -> Agency | None:
    """The chosen one of the person's agencies, else the first in the tree."""
    own = own_agencies(request)
    chosen = request.session.get(KEY)
    return next((one for one in own if one.pk == chosen), own[0] if own else None)


def act_for(request: HttpRequest, agency_id: int) -> bool:
    """Choose an agency; False where the person holds no post in it."""
    if all(agency.pk != agency_id for agency in own_agencies(request)):
        return False
    request.session[KEY] = agency_id
    return True
