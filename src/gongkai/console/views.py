from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.roles import READERS
from gongkai.applications.transitions import HANDLERS
from gongkai.console.searching import LONGEST, found_everywhere
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
        "shows_agency": len({row.todo.agency for row in [*mine, *others]}) > 1,
        "has_terms": any(row.todo.due_on for row in mine),
        "limit": LIMIT,
        "can_read": bool(scope.roles & READERS),
        "can_start": bool(scope.agency_ids(*EDITORS)),
        "can_register": bool(scope.agency_ids(*HANDLERS)),
    }
    return render(request, "console/home.html", context)


def _waiting(todo: Todo, today: date) -> Waiting:
    return Waiting(todo, (today - timezone.localdate(todo.since)).days)


@staff()
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The box in the top bar: every ledger that one reads, a few of each."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    groups = found_everywhere(scope_of_request(request), words) if words else []
    context = {"words": words, "groups": [group for group in groups if group.rows]}
    return render(request, "console/search.html", context)
