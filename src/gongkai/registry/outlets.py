"""Every way on which the public may meet a record, so that one test walks them all.

A ledger registers its outlets in its ``public_outlets`` module. A page that shows
records and is registered nowhere is a side door.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Probe = Callable[[Any, Any], bool]
"""Called with a client like django.test.Client and a record: does this outlet show it?

It asks as a stranger would, over the address alone, and may remember, by client, what
an earlier answer gave it (a validator, say)."""


@dataclass(frozen=True)
class PublicOutlet:
    name: str
    shows: Probe


_outlets: dict[str, PublicOutlet] = {}


def register_outlet(name: str, probe: Probe) -> None:
    """For a ledger's ``public_outlets`` module. One name, one probe, or ValueError."""
    outlet = PublicOutlet(name, probe)
    if _outlets.get(name, outlet) != outlet:
        raise ValueError(f"Two outlets called {name}")
    _outlets[name] = outlet


def public_outlets() -> Sequence[PublicOutlet]:
    return tuple(_outlets.values())
