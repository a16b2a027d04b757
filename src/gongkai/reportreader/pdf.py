"""The text of a PDF file, a line for a line; its tables by where their words stand."""

import re
from collections.abc import Iterator
from typing import Any

from gongkai.pdfium import ONE_AT_A_TIME

MAX_PAGES = 300
_PAGE_NUMBER = re.compile(
    r"^[-–— ]*(?:第? ?)?\d{1,3}(?: ?页)?(?: ?/ ?\d{1,3})?[-–— ]*$"
)


class EncryptedPdf(Exception):
    """It opens with a password only."""


class DamagedPdf(Exception):
    """It is no PDF file, or one cut off."""


def text_of_pdf(data: bytes) -> str:
    """The text layer; "" where there are only pictures.

    Raises EncryptedPdf or DamagedPdf.
    """
    with ONE_AT_A_TIME:
        return _text(data)


def _text(data: bytes) -> str:
    import pypdfium2  # slow to load, and needed for this format only

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedPdf from error
        raise DamagedPdf from error
    try:
        pages = min(len(document), MAX_PAGES)
        return "\n".join(
            line for number in range(pages) for line in _lines(document, number)
        )
    finally:
        document.close()


def _lines(document: Any, number: int) -> Iterator[str]:
    import pypdfium2

    try:
        page = document[number]
        text = page.get_textpage().get_text_range()
    except pypdfium2.PdfiumError as error:
        raise DamagedPdf from error
    for line in text.splitlines():
        # U+FFFE is how the library marks a hyphen at the end of a line.
        ink = line.replace("\ufffe", "").replace("\x00", "").strip()
        if ink and not (_PAGE_NUMBER.match(ink) and not _is_cell(ink)):
            yield ink


def _is_cell(ink: str) -> bool:
    """A bare number may be a cell of a table; only - 3 - and 第3页 are page numbers."""
    return ink.isdigit()
