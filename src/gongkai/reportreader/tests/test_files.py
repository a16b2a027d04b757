"""Word and PDF files, folders and globs; what cannot be read says why."""

import io
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest

from gongkai.reportreader import ReadingError, analyse, read_bytes
from gongkai.reportreader.files import find_files
from gongkai.reportreader.reading import MAX_BYTES
from gongkai.reportreader.tests.tables import figures_of, rows_of
from gongkai.reportreader.tests.test_form_tables import in_yuan
from gongkai.returns import load_form

REPORT = """云雾县林业局2016年政府信息公开工作年度报告
一、概述
2016年，本局主动公开政府信息215条，未收到政府信息公开申请。
二、存在的问题
更新不够及时。
"""


def word_file(form: str) -> bytes:
    document = docx.Document()
    for line in REPORT.splitlines():
        document.add_paragraph(line)
    rows = rows_of(form, figures_of(load_form(form)))
    table = document.add_table(rows=0, cols=max(map(len, rows)))
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            cell.text = text
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


@pytest.mark.parametrize("form", ["2014", "2019", "2021"])
def test_word_file_gives_its_prose_and_every_cell(form: str) -> None:
    report = analyse(read_bytes(word_file(form), "报告.docx"))
    figures = {figure.key: figure.value for figure in report.table}
    assert figures == in_yuan(form, figures_of(load_form(form)))
    prose = {c.indicator: c.value for c in report.claims if c.source == "prose"}
    assert prose == {"proactive_total": 215, "applications_received": 0}


def packed(members: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return data.getvalue()


ENTITIES = b'<!DOCTYPE d [<!ENTITY a "aaaa">]><w:document xmlns:w="x">&a;</w:document>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02" * 400, "binary"),
        (b"%PDF-1.7\n%cut off", "damaged"),
        (b"PK\x03\x04 cut off", "damaged"),
        (packed({"word/document.xml": ENTITIES}), "damaged"),
        (packed({"word/document.xml": b"<w:document"}), "damaged"),
        (packed({"a.txt": b"no Word file"}), "unsupported"),
    ],
)
def test_bad_file_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(ReadingError) as refused:
        read_bytes(data, "坏.docx")
    assert refused.value.code == code
    assert "坏.docx" in refused.value.message


def test_zip_bomb_is_not_unpacked() -> None:
    bomb = packed({"word/document.xml": b"0" * (201 * 2**20)})
    with pytest.raises(ReadingError, match="超过"):
        read_bytes(bomb, "坏.docx")


def test_scan_without_text_is_told_from_a_damaged_file() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    data = io.BytesIO()
    document.save(data)
    with pytest.raises(ReadingError) as refused:
        read_bytes(data.getvalue(), "扫描件.pdf")
    assert refused.value.code == "scanned"


def test_text_that_is_no_report_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "散文.txt"
    path.write_text("春天来了，山上的花都开了。" * 20, encoding="utf-8")
    with pytest.raises(ReadingError) as refused:
        analyse(path)
    assert refused.value.code == "not_a_report"


def test_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ReadingError) as refused:
        analyse(path)
    assert refused.value.code == "too_large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(REPORT.encode(encoding))
    report = analyse(path)
    assert report.figures["proactive_total"] == 215
    for claim in report.claims:
        quote = claim.quote
        assert report.source.text[quote.start : quote.end] == quote.text


def test_folder_and_glob_give_each_report_once(tmp_path: Path) -> None:
    inside = tmp_path / "2016"
    inside.mkdir()
    names = ("a.txt", "b.HTML", "c.docx", "d.pdf")
    for name in (*names, "e.jpg", "~$c.docx", ".hidden.txt"):
        (inside / name).write_text("x")
    found = find_files([str(tmp_path), str(inside / "*.txt")])
    assert [path.name for path in found] == list(names)


def pdf_file(*lines: str) -> bytes:
    """A PDF file of one page with these lines, as small as it can be."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    content = f"BT /F 12 Tf 14 TL 50 700 Td {shown} ET".encode("ascii")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(body)
    head = b"xref\n0 6\n0000000000 65535 f \n"
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
    return body + head + table + end


def test_pdf_file_gives_its_lines_without_page_numbers() -> None:
    source = read_bytes(pdf_file("Annual report 2016", "215", "- 3 -"), "a.pdf")
    assert source.kind == "pdf"
    assert source.text.splitlines() == ["Annual report 2016", "215"]


def test_pdf_file_cut_off_is_damaged_or_read() -> None:
    data = pdf_file("Annual report 2016")
    with pytest.raises(ReadingError):
        read_bytes(data[:120], "a.pdf")
