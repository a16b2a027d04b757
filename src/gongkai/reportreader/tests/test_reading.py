"""Bytes of any script become text, or are refused by the file's name."""

import io
import zipfile

import docx
import pytest

from gongkai.reportreader import MAX_BYTES, ReadingError, read_bytes

TEXT = "云雾县水务局2011年政府信息公开工作年度报告\n一、概述\n主动公开信息136条。"
DOCUMENT = "word/document.xml"


def packed(files: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name, text in files.items():
            package.writestr(name, text)
    return data.getvalue()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gb2312"]
)
def test_script_is_told_by_the_bytes(encoding: str) -> None:
    source = read_bytes(TEXT.encode(encoding), "report.txt")
    assert source.text == TEXT
    assert source.kind == "text"


def test_big5_is_read_where_the_page_declares_it() -> None:
    page = "<html><meta charset=big5><body><p>雲霧縣水務局年度報告</p></body></html>"
    assert read_bytes(page.encode("big5"), "a.html").text == "雲霧縣水務局年度報告"


def test_line_ends_stay_so_that_offsets_stay_true() -> None:
    assert read_bytes(b"a\r\nb\rc\n", "a.txt").text == "a\r\nb\rc\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_text_cut_inside_a_character_is_read_to_there(encoding: str) -> None:
    cut = (TEXT * 3).encode(encoding)[:-4]
    text = read_bytes(cut, "report.txt").text
    assert text.startswith(TEXT)
    assert text.count("\ufffd") <= 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        ("\ufeff　\u00a0\n".encode(), "empty"),
        (b"<html><script>x()</script></html>", "empty"),
        (b"\x00\x01\x02" * 50, "binary"),
        (bytes(range(14, 27)) * 9, "binary"),
        (b"%PDF-1.7\n", "damaged"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"WordDocument", "unsupported"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        (b"PK\x03\x04 and nothing more", "damaged"),
        (packed({"xl/workbook.xml": "<x/>"}), "unsupported"),
        (packed({DOCUMENT: "no xml"}), "damaged"),
        (packed({DOCUMENT: ""} | {f"p{n}": "" for n in range(5_000)}), "too_large"),
    ],
)
def test_file_without_text_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(ReadingError) as refused:
        read_bytes(data, "年报.bin")
    assert refused.value.code == code
    assert "年报.bin" in str(refused.value)


def test_file_over_the_limit_is_not_opened() -> None:
    with pytest.raises(ReadingError, match="大.txt") as refused:
        read_bytes(b"a" * (MAX_BYTES + 1), "大.txt")
    assert refused.value.code == "too_large"


def test_package_that_would_burst_is_not_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gongkai.reportreader.reading.MAX_UNPACKED_BYTES", 10)
    with pytest.raises(ReadingError) as refused:
        read_bytes(packed({DOCUMENT: "x" * 11}), "a.docx")
    assert refused.value.code == "too_large"


def test_word_file_gives_paragraphs_and_rows() -> None:
    document = docx.Document()
    document.add_paragraph("一、概述")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "公开信息", "136"
    data = io.BytesIO()
    document.save(data)
    source = read_bytes(data.getvalue(), "report.docx")
    assert source.kind == "docx"
    assert source.text.splitlines() == ["一、概述", "公开信息 | 136 |"]
