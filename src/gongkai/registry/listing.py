"""What the console's lists share: their tabs, pages of a known count, addresses."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    count: int
    is_current: bool


class CountedPaginator(Paginator):  # type: ignore[type-arg]
    """The count is known from the tabs; counting again would cost a query."""

    def __init__(self, found: QuerySet[Any, Any], per_page: int, count: int) -> None:
        super().__init__(found, per_page)
        self.found, self.count = found, count


def query_with(request: HttpRequest, **changes: str) -> str:
    """The address's query with changes, "" taking a word away; from page one."""
    told = {name: request.GET[name] for name in request.GET}
    told.pop("page", None)
    told.update(changes)
    return "?" + urlencode({name: value for name, value in told.items() if value})
