from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.functional import SimpleLazyObject

from gongkai.console.nav import Desk


def desk(request: HttpRequest) -> dict[str, Any]:
    """The rail and the top bar; a public page, which shows neither, pays nothing."""
    around = Desk(request)
    return {
        "nav": SimpleLazyObject(lambda: around.nav),
        "console_agency": SimpleLazyObject(lambda: around.agency),
        "agency_choices": SimpleLazyObject(lambda: around.agency_choices),
        "todo_count": SimpleLazyObject(lambda: around.todo_count),
        "agency_switch_url": reverse_lazy("agencies:act-for"),
    }
