"""Documents and pages of PDFium, opened and closed under its lock."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2

from gongkai.pdfium import ONE_AT_A_TIME
from gongkai.redaction.exceptions import DamagedFile, EncryptedFile

__all__ = ["ONE_AT_A_TIME", "document", "page"]


@contextmanager
def document(data: bytes) -> Iterator[Any]:
    """The open document; raises EncryptedFile, DamagedFile."""
    with ONE_AT_A_TIME:
        try:
            opened = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise EncryptedFile from error
            raise DamagedFile from error
        opened.init_forms()
    try:
        yield opened
    finally:
        with ONE_AT_A_TIME:
            opened.close()


@contextmanager
def page(opened: Any, index: int) -> Iterator[Any]:
    """One page, with PDFium held; raises DamagedFile."""
    with ONE_AT_A_TIME:
        try:
            found = opened[index]
        except pypdfium2.PdfiumError as error:
            raise DamagedFile(index + 1) from error
        try:
            yield found
        finally:
            found.close()
