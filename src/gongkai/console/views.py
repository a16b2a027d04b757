from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.roles import READERS
from gongkai.applications.transitions import HANDLERS
from gongkai.items.permissions import EDITORS
from gongkai.items.todos import handed_in_by
from gongkai.registry.access import staff
from gongkai.registry.todos import Todo, todos_for

LIMIT = 100


@dataclass(frozen=True)
class Waiting:
    """A to-do with the whole days for which it has waited."""

    todo: Todo
    days: int


@staff()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me, what the law makes urgent first; then what I wait for."""
    scope, today = scope_of_request(request), timezone.localdate()
    mine = [_waiting(todo, today) for todo in todos_for(scope, LIMIT)]
    others = [_waiting(todo, today) for todo in handed_in_by(scope, LIMIT)]
    context = {
        "mine": mine,
        "others": others,
        "has_terms": any(row.todo.due_on for row in mine),
        "limit": LIMIT,
        "can_read": bool(scope.roles & READERS),
        "can_start": bool(scope.agency_ids(*EDITORS)),
        "can_register": bool(scope.agency_ids(*HANDLERS)),
    }
    return render(request, "console/home.html", context)


def _waiting(todo: Todo, today: date) -> Waiting:
    return Waiting(todo, (today - timezone.localdate(todo.since)).days)


@staff(*READERS)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The box in the top bar: the ledger of items, over all agencies that one reads."""
    words = request.GET.get("q", "").strip()
    query = urlencode({"agency": "all", "q": words})
    return redirect(f"{reverse('items-console:list')}?{query}")
