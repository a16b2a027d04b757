"""How many pages a document has, and a plain PDF of what a Word file says."""

import io
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile

import docx
import pypdfium2
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph

from gongkai.pdfium import ONE_AT_A_TIME
from gongkai.registry.papers import Line, Paper, RuledTable, TableCell, Title, pdf
from gongkai.registry.papers.blocks import Block

READER_FAULTS = (
    *(ValueError, KeyError, OSError, IndexError, AttributeError, SyntaxError),
    *(BadZipFile, OpcError),
)
"""What a damaged Word file makes its reader raise: it has no face. The XML reader's
own error is a SyntaxError."""


def pages_of(data: bytes) -> int | None:
    """Of a PDF; None for one that cannot be read."""
    with ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            return None
        try:
            return len(document) or None
        finally:
            document.close()


def word_face(data: bytes, title: str) -> bytes:
    """The text and tables of a Word file as a PDF; empty where it cannot be read."""
    try:
        blocks = tuple(_blocks(docx.Document(io.BytesIO(data))))
    except READER_FAULTS:
        return b""
    return pdf(Paper(title, (Title(title), *blocks)))


def _blocks(document: Any) -> Iterator[Block]:
    for one in document.iter_inner_content():
        if isinstance(one, Paragraph):
            if one.text.strip():
                yield Line(one.text)
        elif isinstance(one, Table):
            yield from _table(one)


def _table(table: Table) -> Iterator[Block]:
    cells = [
        TableCell(row, column, cell.text)
        for row, line in enumerate(table.rows)
        for column, cell in enumerate(line.cells)
    ]
    if cells:
        width = max(cell.column for cell in cells) + 1
        yield RuledTable(tuple(cells), (1.0,) * width, head_rows=1)
