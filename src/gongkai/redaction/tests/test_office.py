"""Word and Excel files are packed anew: what nobody opens is gone, or named."""

import io
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from gongkai.redaction import DamagedFile, TracesFound, clean_office
from gongkai.redaction.tests.tricks import SECRET, WORD, photograph


def word(**properties: str) -> bytes:
    document = docx.Document()
    document.add_paragraph("公开的内容")
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def workbook(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    book["Sheet"]["A1"] = "公开的内容"
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(name: str) -> bytes:
    """Also one that its relationships do not lead to."""
    file = io.BytesIO(word())
    with zipfile.ZipFile(file, "a") as package:
        package.writestr(name, SECRET)
        package.comment = SECRET
    return file.getvalue()


def creator(book: openpyxl.Workbook) -> None:
    book.properties.creator = WORD


def hidden_name(book: openpyxl.Workbook) -> None:
    name = DefinedName("x", attr_text=f'"{WORD}"', hidden=True)
    book.defined_names["x"] = name


def unpacked(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return data + b"".join(package.read(name) for name in package.namelist())


@pytest.mark.parametrize(
    "source",
    [
        *(word(author=WORD), word(comments=WORD), word(keywords=WORD)),
        *(workbook(creator), with_part("customXml/item9.xml"), with_part("a/b.bin")),
        *(word() + SECRET,),
    ],
)
def test_what_no_page_shows_is_gone(source: bytes) -> None:
    assert SECRET in unpacked(source)
    assert SECRET not in unpacked(clean_office(source))


def test_a_clean_copy_opens_and_says_the_same() -> None:
    copy = docx.Document(io.BytesIO(clean_office(word())))
    assert [one.text for one in copy.paragraphs] == ["公开的内容"]
    book = openpyxl.load_workbook(io.BytesIO(clean_office(workbook(lambda book: None))))
    assert book["Sheet"]["A1"].value == "公开的内容"


def test_a_hidden_name_and_a_told_picture_are_refused() -> None:
    with pytest.raises(TracesFound, match="hidden_names"):
        clean_office(workbook(hidden_name))
    document = docx.Document()
    document.add_picture(io.BytesIO(photograph()))
    shape = document.inline_shapes[0]._inline.docPr
    shape.set("descr", WORD)
    file = io.BytesIO()
    document.save(file)
    with pytest.raises(TracesFound, match="alt_text"):
        clean_office(file.getvalue())


def test_what_is_no_package_is_refused() -> None:
    with pytest.raises(DamagedFile):
        clean_office(b"PK no package")
