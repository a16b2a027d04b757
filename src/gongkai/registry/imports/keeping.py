"""The uploaded file, sealed in the file store until the run has ended."""

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from gongkai.registry import files
from gongkai.registry.imports.importers import RowError
from gongkai.registry.models import ImportRun, StoredFile
from gongkai.registry.sealing import (
    Blob,
    CannotOpen,
    seal,
    seal_file,
    unseal,
    unseal_file,
)

FILE, NAME, HEADINGS, ROW = "import", "import name", "headings", "import row"


def keep(key: bytes, data: bytes) -> StoredFile:
    """Seal and store the bytes. Before the transaction: it must not wait for a disk."""
    return files.store(seal_file(key, io.BytesIO(data), FILE))


def data_of(run: ImportRun) -> bytes:
    """The file as it came; raises CannotOpen once it was destroyed."""
    if run.stored is None:
        raise CannotOpen("the file was destroyed")
    with files.open_file(run.stored) as sealed:
        return b"".join(unseal_file(run.file_key, sealed, FILE))


def sealed_name(key: bytes, name: str) -> bytes:
    return seal(key, name.encode(), NAME)


def name_of(run: ImportRun) -> str:
    """What the file was called; empty once the run's data was destroyed."""
    try:
        return unseal(run.rows_key, run.sealed_name, NAME).decode()
    except CannotOpen:
        return ""


def sealed_headings(run: ImportRun, headings: Sequence[str]) -> bytes:
    return seal(run.rows_key, json.dumps(headings).encode(), HEADINGS)


def headings_of(run: ImportRun) -> tuple[str, ...]:
    """The headings as they were mapped; raises CannotOpen."""
    return tuple(json.loads(unseal(run.rows_key, run.sealed_headings or b"", HEADINGS)))


@dataclass(frozen=True)
class Kept:
    """A row that stays out: its cells by column of the file, and the objections."""

    cells: Sequence[str]
    errors: Sequence[RowError]


def sealed_row(run: ImportRun, kept: Kept) -> bytes:
    text = json.dumps(asdict(kept), ensure_ascii=False)
    return seal(run.rows_key, text.encode(), ROW)


def opened_row(run: ImportRun, sealed: Blob) -> Kept:
    """The other way; raises CannotOpen once the run's data was destroyed."""
    told = json.loads(unseal(run.rows_key, sealed, ROW))
    return Kept(told["cells"], [RowError(*error) for error in told["errors"]])


def destroy_file(run: ImportRun) -> None:
    """Key and bytes of the file; part of the act's transaction, the caller saves.

    Sealed with a key of the run alone, the bytes are no other record's. The key is what
    makes them unreadable, also in a backup; the disk is tidied after the commit.
    """
    run.file_key = None
    stored, run.stored = run.stored, None
    if stored is not None:
        transaction.on_commit(lambda: _remove(stored))


def _remove(stored: StoredFile) -> None:
    StoredFile.objects.filter(pk=stored.pk).delete()
    files.path_of(stored.sha256).unlink(missing_ok=True)
