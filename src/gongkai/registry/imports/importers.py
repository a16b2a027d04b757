"""What a ledger tells about itself, so that rows can come into it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from django.http import HttpRequest
from django.utils.functional import Promise

Cell = str
Label = str | Promise


@dataclass(frozen=True)
class Column:
    """A field that a column of the file may fill.

    ``aliases`` are headings as offices write them; they guess the mapping. ``hint``
    says what may stand in the cells.
    """

    name: str
    label: Label
    aliases: tuple[str, ...] = ()
    required: bool = False
    hint: Label = ""


class RowError(NamedTuple):
    """What is wrong with one cell: the field, what stands there, and the remedy."""

    field: str
    value: str
    sentence: str


class BadRow(Exception):
    """The row cannot come in; every objection to it at once."""

    def __init__(self, errors: Sequence[RowError]) -> None:
        super().__init__(len(errors))
        self.errors = tuple(errors)


class Parsed(NamedTuple):
    """A row as the ledger reads it. Equal keys are the same record, in every run."""

    key: str
    value: Any


class Taking(Protocol):
    """One run's dealings with the ledger: whose rows, into which agency.

    Made anew in the worker; raises PermissionDenied where the person who began the run
    may not bring rows in any more.
    """

    def parse(self, row: Mapping[str, Cell]) -> Parsed:
        """Read and check one row, by field; raises BadRow. Writes nothing.

        ``key`` is a blind index of 64 signs: it is kept in clear.
        """
        ...

    def known(self, keys: Iterable[str]) -> Mapping[str, int]:
        """Of these keys those whose record is in the ledger, with its id."""
        ...

    def apply(self, parsed: Parsed) -> int:
        """Bring one row in and give the record's id; raises BadRow.

        Part of the batch's transaction. No audit event: the run writes one for all.
        """
        ...


class Importer(Protocol):
    """A ledger as the import run sees it."""

    key: str

    @property
    def title(self) -> Label: ...

    @property
    def columns(self) -> Sequence[Column]: ...

    @property
    def roles(self) -> Sequence[str]:
        """Who may begin a run in their agency."""
        ...

    def place(self, request: HttpRequest) -> tuple[int, str]:
        """Id and name of the agency for which the person acts; raises Http404."""
        ...

    def take(self, *, agency_id: int, user_id: int, run_id: int) -> Taking: ...

    def address(self) -> str:
        """Where the ledger's records are listed."""
        ...


_importers: dict[str, Importer] = {}


def register(importer: Importer) -> None:
    """For a ledger's ``importing`` module. One key, one importer, or ValueError."""
    if _importers.get(importer.key, importer) is not importer:
        raise ValueError(f"Two importers for {importer.key}")
    _importers[importer.key] = importer


def importer_for(key: str) -> Importer:
    return _importers[key]
