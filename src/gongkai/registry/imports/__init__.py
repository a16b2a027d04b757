"""Taking over another system's rows: mapped, tried, then brought in, once and whole.

A ledger registers an ``Importer``; pages, worker, errors and resuming are here.
"""

from gongkai.registry.imports.importers import (
    BadRow,
    Cell,
    Column,
    Importer,
    Parsed,
    RowError,
    Taking,
    importer_for,
    register,
)

__all__ = [
    "BadRow",
    "Cell",
    "Column",
    "Importer",
    "Parsed",
    "RowError",
    "Taking",
    "importer_for",
    "register",
]
