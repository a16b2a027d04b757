"""The text of PDF files, and what lies beside it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.items.reading.pieces import Piece
from gongkai.items.reading.problems import Problem, broken, encrypted
from gongkai.pdfium import ONE_AT_A_TIME

MAX_PAGES = 5_000
MAX_CHARACTERS = 20_000_000
MAX_NOTES = 10_000
_SILENT_NOTES = frozenset({pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP})


@dataclass
class PdfReading:
    pieces: list[Piece] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    annotations: list[Piece] = field(default_factory=list)  # also without words
    attachments: list[tuple[str, bytes | None]] = field(default_factory=list)
    author: str = ""
    has_scripts: bool = False
    pages_without_text: list[int] = field(default_factory=list)
    page_count: int = 0


def read_pdf(data: bytes) -> PdfReading:
    """Text page by page, form values, notes and attachments. Raises ReadingError."""
    with ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise encrypted() from error
            raise broken() from error
        try:
            return _read(document)
        except pypdfium2.PdfiumError as error:
            raise broken() from error
        finally:
            document.close()


def _read(document: Any) -> PdfReading:
    reading = PdfReading(page_count=len(document))
    if reading.page_count == 0:
        raise broken()
    reading.author = document.get_metadata_value("Author").strip()
    reading.has_scripts = pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0
    _read_pages(document, reading)
    _read_attachments(document, reading)
    return reading


def _read_pages(document: Any, reading: PdfReading) -> None:
    characters = 0
    for index in range(reading.page_count):
        if index == MAX_PAGES or characters > MAX_CHARACTERS:
            message = f"文件过长，第 {index + 1} 页以后没有读取。请拆分后上传。"
            reading.problems.append(Problem("too_large", message))
            return
        characters += _read_page(document, index, reading)


def _read_page(document: Any, index: int, reading: PdfReading) -> int:
    """Returns the number of characters on the page."""
    where = f"第 {index + 1} 页"
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        reading.problems.append(Problem("broken", "这一页已损坏，无法读取。", where))
        return 0
    try:
        text = _page_text(page)
        if text.strip():
            reading.pieces.append(Piece(where, text))
        elif next(page.get_objects(max_depth=2), None) is not None:
            reading.pages_without_text.append(index + 1)
        _read_annotations(page, where, reading)
        return len(text)
    finally:
        page.close()


def _page_text(page: Any) -> str:
    text_page = page.get_textpage()
    try:
        return str(text_page.get_text_bounded()).replace("\r\n", "\n")
    finally:
        text_page.close()


def _read_annotations(page: Any, where: str, reading: PdfReading) -> None:
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(note)
            if kind == pdfium.FPDF_ANNOT_WIDGET:
                if value := _note_text(note, b"V"):
                    reading.pieces.append(Piece(f"{where}表单栏", value))
            elif kind not in _SILENT_NOTES:
                text = _note_text(note, b"Contents")
                reading.annotations.append(Piece(f"{where}批注", text))
        finally:
            pdfium.FPDFPage_CloseAnnot(note)


def _note_text(note: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(note, key, None, 0)
    if size <= 2:
        return ""
    buffer = (pdfium.FPDF_WCHAR * (size // 2))()
    pdfium.FPDFAnnot_GetStringValue(note, key, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0").strip()


def _read_attachments(document: Any, reading: PdfReading) -> None:
    for attachment in _attachments(document):
        try:
            name = attachment.get_name()
            data: bytes | None = bytes(attachment.get_data())
        except pypdfium2.PdfiumError:
            name, data = "", None
        reading.attachments.append((name, data))


def _attachments(document: Any) -> Iterator[Any]:
    for index in range(min(document.count_attachments(), 200)):
        yield document.get_attachment(index)
