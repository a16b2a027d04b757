"""The text of attachments; what could not be read is a problem, never silence."""

from typing import Any

import pytest

from gongkai.items.reading.files import extract_text
from gongkai.items.tests import samples
from gongkai.items.tests.samples import (
    DOCX,
    PDF,
    XLSX,
    ZIP,
    pdf,
    with_xml,
    word,
    workbook,
    zipped,
)


def codes(data: bytes, media_type: str) -> list[str]:
    return [problem.code for problem in extract_text(data, media_type).problems]


def test_pdf() -> None:
    read = extract_text(pdf(["Notice 2026", "second line"]), PDF)
    assert read.text == "Notice 2026\nsecond line"
    assert read.problems == ()


def test_pdf_notes_are_text_too() -> None:
    data = pdf(["x"], lambda document: samples.add_pdf_note(document, "批注的话"))
    assert "批注的话" in extract_text(data, PDF).text


def test_a_scan_is_said_to_be_one() -> None:
    assert codes(samples.scanned_pdf(), PDF) == ["scan"]


def test_a_broken_pdf() -> None:
    assert codes(b"%PDF-1.4\n...", PDF) == ["broken"]


def test_word_with_tables_headers_and_deleted_text() -> None:
    def make(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "页眉的话"
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "甲"
        table.cell(0, 1).text = "乙"
        document.add_paragraph("末段")

    data = with_xml(
        word("正文", make=make),
        "word/document.xml",
        "<w:r><w:t>末段",
        "<w:del><w:r><w:delText>删去的话</w:delText></w:r></w:del><w:r><w:t>末段",
    )
    text = extract_text(data, DOCX).text
    assert text.splitlines() == ["正文", "甲\t乙", "末段", "删去的话", "页眉的话"]


def test_word_text_boxes() -> None:
    box = (
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r>"
    )
    data = with_xml(
        word("正文"), "word/document.xml", "<w:r><w:t>正文", f"{box}<w:r><w:t>正文"
    )
    assert extract_text(data, DOCX).text == "正文\n框里的话"


def test_workbook_with_hidden_sheets_and_comments() -> None:
    from openpyxl.comments import Comment

    def make(book: Any) -> None:
        book.active.append(["姓名", 13800138000, 1.5, True])
        book.active["A1"].comment = Comment("批注的话", "a")
        hidden = book.create_sheet("底表")
        hidden.sheet_state = "veryHidden"
        hidden["C3"] = "藏着的话"

    text = extract_text(workbook(make), XLSX).text
    assert text.splitlines()[0].split("\t")[:3] == ["姓名", "13800138000", "1.5"]
    assert "藏着的话" in text
    assert "批注的话" in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_the_encodings_of_offices(encoding: str) -> None:
    assert extract_text("政务公开".encode(encoding), "text/plain").text == "政务公开"


def test_zip_members_are_read_each_in_its_kind() -> None:
    data = zipped(
        {
            "a.txt": "文字".encode(),
            "b.docx": word("文档"),
            "里/c.zip": zipped({"d.pdf": pdf(["inner"])}),
            "e.png": samples.PNG,
            "f.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99,
        }
    )
    read = extract_text(data, ZIP)
    assert read.text.splitlines() == ["文字", "文档", "inner"]
    assert [(one.where, one.code) for one in read.problems] == [
        ("e.png", "image"),
        ("f.doc", "old_format"),
    ]


def test_zip_names_in_gbk_are_readable() -> None:
    data = zipped({"abcd.png": samples.PNG}).replace(b"abcd", "名册".encode("gbk"))
    assert extract_text(data, ZIP).problems[0].where == "名册.png"


def test_nested_zips_end_somewhere() -> None:
    data = b"x"
    for _ in range(8):
        data = zipped({"a.zip": data})
    assert codes(data, ZIP) == ["too_deep"]


def test_a_zip_bomb_is_not_unpacked() -> None:
    inner = zipped({"a.txt": b"0" * (60 * 2**20)})
    data = zipped({f"{number}.zip": inner for number in range(5)})
    found = codes(data, ZIP)
    assert "too_large" in found


@pytest.mark.parametrize(
    ("data", "media_type", "code"),
    [
        (samples.PNG, "image/png", "image"),
        (b"", "", "empty"),
        (b"\0\1\2", "application/octet-stream", "unknown_format"),
        (samples.encrypted_zip("a.txt", b"x"), ZIP, "encrypted"),
        (word("x")[:-40], DOCX, "broken"),
        (zipped({"OFD.xml": b"<a/>"}), ZIP, "unknown_format"),
    ],
)
def test_what_was_not_read_is_told(data: bytes, media_type: str, code: str) -> None:
    read = extract_text(data, media_type)
    assert [problem.code for problem in read.problems] == [code]
    assert read.text == ""
