"""What other ledgers show on the public page of an item.

A ledger registers its panels in its ``public_panels`` module; items knows none of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gongkai.items.models import Item


@dataclass(frozen=True)
class Panel:
    """A section of the page: ``template`` is rendered with ``panel`` in its context."""

    template: str
    told: object


Source = Callable[[Item], Panel | None]
"""Given a public item with its ``live`` version; None where there is nothing to show.

What it shows hangs on nothing but the live version and what raises the agency's
generation: the page is kept under these.
"""

_sources: list[Source] = []


def register_panel(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def panels_of(item: Item) -> Iterator[Panel]:
    for source in _sources:
        panel = source(item)
        if panel is not None:
            yield panel
