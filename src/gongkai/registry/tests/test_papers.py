"""The same blocks on paper as a Word file and as a PDF: nothing lost, nothing cut."""

import io
import zipfile
from typing import Any

import docx
import mammoth
import pypdfium2
import pytest

from gongkai.registry.papers import (
    Align,
    Heading,
    Line,
    Paper,
    RuledTable,
    TableCell,
    Title,
    pdf,
    word,
)

TABLE = RuledTable(
    cells=(
        TableCell(0, 0, "申请人情况", columns=3, align=Align.CENTER),
        TableCell(1, 0, "本年度办理结果", rows=2),
        TableCell(1, 1, "予以公开"),
        TableCell(1, 2, "1,204", align=Align.RIGHT),
        TableCell(2, 1, "不予公开"),
        TableCell(2, 2, "0", align=Align.RIGHT),
    ),
    weights=(1, 2, 1),
    head_rows=1,
)
PAPER = Paper(
    "统计表 & <附件>",
    (Title("统计表"), Line("填报单位：甲 & <乙>"), Heading("一、结果"), TABLE),
)


def text_of(data: bytes) -> list[str]:
    """A text for each page."""
    with pypdfium2.PdfDocument(data) as document:
        found = []
        for number in range(len(document)):
            page = document[number]
            words = page.get_textpage()
            found.append(words.get_text_range())
            words.close()
            page.close()
        return found


def long_table(rows: int, text: str = "第{}行") -> RuledTable:
    cells = [TableCell(0, 0, "表头"), TableCell(0, 1, "数")]
    for number in range(1, rows + 1):
        cells.append(TableCell(number, 0, text.format(number)))
        cells.append(TableCell(number, 1, str(number)))
    return RuledTable(tuple(cells), (3, 1), head_rows=1)


def test_word_holds_the_table_with_its_merged_cells() -> None:
    document: Any = docx.Document(io.BytesIO(word(PAPER)))
    assert document.core_properties.title == PAPER.title
    [table] = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [
        ["申请人情况"] * 3,
        ["本年度办理结果", "予以公开", "1,204"],
        ["本年度办理结果", "不予公开", "0"],
    ]
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc
    assert "w:tblHeader" in table.rows[0]._tr.xml
    html = mammoth.convert_to_html(io.BytesIO(word(PAPER))).value
    assert 'rowspan="2"' in html
    assert "甲 &amp; &lt;乙&gt;" in html


def test_the_pdf_gives_its_words_back() -> None:
    [text] = text_of(pdf(PAPER))
    for words in ("填报单位：甲 & <乙>", "一、结果", "不予公开", "1,204"):
        assert words in text
    assert "第 1 页，共 1 页" in text


def test_the_same_paper_is_the_same_pdf() -> None:
    assert pdf(PAPER) == pdf(PAPER)


@pytest.mark.parametrize("make", [word, pdf])
def test_signs_that_no_file_may_hold_are_left_out(make: Any) -> None:
    data = make(Paper("\x00\ud800", (Line("甲\x0b\ud800乙"), TABLE)))
    assert data
    if make is word:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert "甲乙" in package.read("word/document.xml").decode()


def test_a_long_table_goes_on_with_its_head_and_loses_no_row() -> None:
    pages = text_of(pdf(Paper("长表", (Title("长表"), long_table(150)))))
    assert len(pages) > 3
    assert all("表头" in page for page in pages)
    found = [
        int(line.split("行")[0].removeprefix("第"))
        for page in pages
        for line in page.splitlines()
        if "行" in line
    ]
    assert found == list(range(1, 151))


def test_a_row_higher_than_a_page_ends_all_the_same() -> None:
    pages = text_of(pdf(Paper("长", (long_table(2, "很长的说明" * 600),))))
    assert 1 < len(pages) < 6


@pytest.mark.parametrize("lines", [40, 42, 44, 46])
def test_a_heading_stays_with_the_begin_of_its_table(lines: int) -> None:
    filler = tuple(Line(f"第{number}段") for number in range(lines))
    pages = text_of(pdf(Paper("表", (*filler, Heading("二、情况"), long_table(12)))))
    [place] = [number for number, page in enumerate(pages) if "二、情况" in page]
    assert "第1行" in pages[place]


def test_a_table_that_fits_on_a_page_is_not_parted() -> None:
    filler = tuple(Line(f"第{number}段") for number in range(25))
    pages = text_of(pdf(Paper("表", (*filler, Heading("二、情况"), long_table(30)))))
    assert len(pages) == 2
    assert "二、情况" in pages[1]
    assert "第1行" in pages[1]
