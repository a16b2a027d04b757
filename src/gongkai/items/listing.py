"""An item as a row of a public list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.items.choices import Kind
from gongkai.items.models import Item
from gongkai.items.standing import standing_of

# The kinds that a reader looks for among the others.
_TAGGED = frozenset({Kind.NORMATIVE, Kind.RULE, Kind.INTERPRETATION})


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    on: date | None
    facts: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    # HTML with marks, of a search result only.
    snippet: str = ""


def rows_of(items: Iterable[Item], today: date, *, body: bool) -> list[Row]:
    """Rows of ``for_public_list()`` items; ``body`` names the agency of each."""
    return [row_of(item, today, body=body) for item in items]


def row_of(item: Item, today: date, *, body: bool) -> Row:
    live = item.shown
    facts = [live.doc_no, item.agency.short_name or item.agency.name if body else ""]
    return Row(
        title=live.title,
        url=item.get_absolute_url(),
        on=item.published_on,
        facts=tuple(filter(None, facts)),
        tags=tuple(_tags(item, today)),
    )


def _tags(item: Item, today: date) -> Iterable[tuple[str, str]]:
    standing = standing_of(item, today)
    if standing is not None and standing.state != "ok":
        yield standing.label, standing.state
    if item.kind in _TAGGED:
        yield str(Kind(item.kind).label), ""
