"""The draft that this browser works on, by the token in its cookie."""

from django.http import HttpRequest, HttpResponse

from gongkai.agencies.models import Agency
from gongkai.applications.exceptions import NoSuchDraft
from gongkai.applications.services import drafting
from gongkai.applications.services.drafting import Draft
from gongkai.applications.views.portal.frame import set_cookie

COOKIE = "application"
PATH = "/apply/"


def token_of(request: HttpRequest) -> str:
    return request.COOKIES.get(COOKIE, "")[:64]


def hold(response: HttpResponse, token: str) -> None:
    """Until the browser is closed: others may sit at it tomorrow."""
    set_cookie(response, COOKIE, token, PATH)


def let_go(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def draft_of(request: HttpRequest) -> Draft | None:
    token = token_of(request)
    if not token:
        return None
    try:
        return drafting.find(token)
    except NoSuchDraft:
        return None


def draft_for(request: HttpRequest, agency: Agency) -> Draft | None:
    """The draft of this browser where it is for this agency."""
    draft = draft_of(request)
    return draft if draft and draft.typed.agency == agency.slug else None
