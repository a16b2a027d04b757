"""The rows that stay out, with the objections beside: on the page and as a file."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import xlsxwriter
from django.utils.translation import gettext as _

from gongkai.registry.cells import plain_cell
from gongkai.registry.imports import keeping, tables
from gongkai.registry.imports.forms import letter
from gongkai.registry.imports.importers import Importer
from gongkai.registry.models import ImportRow, ImportRun


@dataclass(frozen=True)
class Objection:
    """One thing wrong with one cell, as the page lists it."""

    row: int
    column: str
    field: str
    value: str
    sentence: str


def objections_of(
    run: ImportRun, importer: Importer, rows: list[ImportRow]
) -> list[Objection]:
    """Of these bad rows; raises CannotOpen once the run's data was destroyed."""
    labels = {column.name: str(column.label) for column in importer.columns}
    return [
        Objection(
            row.number,
            letter(run.mapping[error.field]) if error.field in run.mapping else "",
            labels.get(error.field, ""),
            error.value,
            error.sentence,
        )
        for row in rows
        for error in keeping.opened_row(run, row.sealed or b"").errors
    ]


def workbook(run: ImportRun, importer: Importer, headings: tables.Row) -> bytes:
    """The bad rows as .xlsx: their cells under the file's headings, then the objections
    and the row each stood in. Corrected, it can be brought in by itself."""
    held = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(held, {**options, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        width = max(len(headings), *(run.mapping.values()), 0) + 1
        names = [*_padded(headings, width), _("What is wrong"), _("Row of the file")]
        for place, name in enumerate(names):
            sheet.write_string(0, place, plain_cell(name), bold)
        for line, (number, kept) in enumerate(_kept(run), 1):
            for place, cell in enumerate(_padded(kept.cells, width)):
                sheet.write_string(line, place, plain_cell(cell))
            words = "\n".join(_words(run, importer, kept))
            sheet.write_string(line, width, plain_cell(words))
            sheet.write_number(line, width + 1, number)
    return held.getvalue()


def _words(run: ImportRun, importer: Importer, kept: keeping.Kept) -> Iterator[str]:
    labels = {column.name: str(column.label) for column in importer.columns}
    for error in kept.errors:
        label = labels.get(error.field, "")
        yield f"{label}{_(': ')}{error.sentence}" if label else error.sentence


def _kept(run: ImportRun) -> Iterator[tuple[int, keeping.Kept]]:
    rows = run.rows.filter(state=ImportRow.State.BAD).order_by("number")
    for row in rows.iterator(500):
        yield row.number, keeping.opened_row(run, row.sealed or b"")


def _padded(cells: object, width: int) -> list[str]:
    known = [str(cell) for cell in cells]  # type: ignore[attr-defined]
    return (known + [""] * width)[:width]
