from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy

from gongkai.console.nav import Desk


def desk(request: HttpRequest) -> dict[str, Any]:
    """The rail and the top bar; a public page, which shows neither, pays nothing."""
    around = Desk(request)
    # A template calls a function that it finds, and only where it names it.
    return {
        "nav": lambda: around.nav,
        "console_agency": lambda: around.agency,
        "agency_choices": lambda: around.agency_choices,
        "todo_count": lambda: around.todo_count,
        "agency_switch_url": reverse_lazy("agencies:act-for"),
    }
