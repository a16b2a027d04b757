"""Real office files, made for one test each, and numbers of nobody."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import docx
import openpyxl
import pypdfium2
import pypdfium2.raw as pdfium
from docx.enum.text import WD_ALIGN_PARAGRAPH
from stdnum import luhn
from stdnum.cn import ric

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
PHONE = "13800138000"


def resident_id(stem: str = "35012119851102123") -> str:
    """A number with the right check sign; the stem's person does not exist."""
    return stem + ric.calc_check_digit(f"{stem}0")


def bank_card(stem: str = "622202020011223344") -> str:
    return stem + luhn.calc_check_digit(stem)


def word(*paragraphs: str, make: Callable[[Any], None] | None = None) -> bytes:
    """A .docx; a paragraph that begins with ^ is centred."""
    document = docx.Document()
    document.core_properties.author = ""
    document.core_properties.last_modified_by = ""
    for text in paragraphs:
        paragraph = document.add_paragraph(text.removeprefix("^"))
        if text.startswith("^"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if make is not None:
        make(document)
    return _saved(document)


def workbook(make: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = ""
    make(book)
    return _saved(book)


def _saved(document: Any) -> bytes:
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def zipped(members: Mapping[str, bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return output.getvalue()


def with_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The package with parts put in or replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**members, **parts})


def with_xml(data: bytes, part: str, old: str, new: str) -> bytes:
    """The package with one place of one part rewritten by hand."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(part).decode()
    assert old in xml
    return with_parts(data, {part: xml.replace(old, new, 1).encode()})


def encrypted_zip(name: str, data: bytes) -> bytes:
    """A zip whose member is marked as encrypted, as a password would make it."""
    made = bytearray(zipped({name: data}))
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def pdf(lines: Iterable[str], make: Callable[[Any], None] | None = None) -> bytes:
    """A one-page PDF with a text layer in Latin letters and digits."""
    content = "\n".join(
        f"BT /F1 12 Tf 72 {700 - 20 * number} Td ({line}) Tj ET"
        for number, line in enumerate(lines)
    ).encode()
    return _rewritten(_plain_pdf(content), make)


def scanned_pdf() -> bytes:
    """A page with drawings only: no text layer."""
    return _plain_pdf(b"0 0 100 100 re f")


def _plain_pdf(content: bytes) -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\n"
        b"startxref\n%d\n%%%%EOF" % (table, len(made))
    )


def _rewritten(data: bytes, make: Callable[[Any], None] | None) -> bytes:
    if make is None:
        return data
    document = pypdfium2.PdfDocument(data)
    make(document)
    output = io.BytesIO()
    document.save(output)
    document.close()
    return output.getvalue()


def add_pdf_note(document: Any, text: str) -> None:
    page = document[0]
    note = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_TEXT)
    wide = (text + "\0").encode("utf-16-le")
    units = (pdfium.FPDF_WCHAR * (len(wide) // 2)).from_buffer_copy(wide)
    pdfium.FPDFAnnot_SetStringValue(note, b"Contents", units)
    pdfium.FPDFPage_CloseAnnot(note)
    page.close()
