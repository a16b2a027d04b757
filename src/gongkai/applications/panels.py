"""What ledgers that hang on a case show on its page in the console.

A ledger registers its panels in its ``case_panels`` module; the desk knows none.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gongkai.agencies.scope import Scope
from gongkai.applications.models import Case


@dataclass(frozen=True)
class Panel:
    """A section of the page: ``template`` is rendered with ``panel`` in its context."""

    template: str
    told: object


Source = Callable[[Case, Scope], Panel | None]
"""Given a case and who reads it; None where there is nothing to show."""

_sources: list[Source] = []


def register_panel(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def panels_of(case: Case, scope: Scope) -> Iterator[Panel]:
    for source in _sources:
        panel = source(case, scope)
        if panel is not None:
            yield panel
