"""A paper as a Word file.

It names the faces of official documents (GB/T 9704-2012), which Chinese machines
hold; elsewhere Word puts another one in their place.
"""

import io
from functools import singledispatch
from typing import Any

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor

from gongkai.registry.papers.blocks import (
    Align,
    Heading,
    Line,
    Paper,
    RuledTable,
    TableCell,
    Title,
    printable,
)

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = Cm(21), Cm(29.7), Cm(2)
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
TITLE_SIZE, HEADING_SIZE, LINE_SIZE, CELL_SIZE = Pt(18), Pt(14), Pt(12), Pt(9)
TITLE_FACE, HEADING_FACE, TEXT_FACE = "方正小标宋简体", "黑体", "宋体"
_ALIGNMENTS = {
    Align.LEFT: WD_PARAGRAPH_ALIGNMENT.LEFT,
    Align.CENTER: WD_PARAGRAPH_ALIGNMENT.CENTER,
    Align.RIGHT: WD_PARAGRAPH_ALIGNMENT.RIGHT,
}


def word(paper: Paper) -> bytes:
    document = docx.Document()
    document.core_properties.title = printable(paper.title)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    section = document.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN
    for block in paper.blocks:
        _add(block, document)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


@singledispatch
def _add(block: object, document: Any) -> None:
    raise TypeError(block)


@_add.register
def _title(block: Title, document: Any) -> None:
    paragraph = document.add_paragraph(style="Heading 1")
    paragraph.paragraph_format.space_after = Pt(12)
    _write(paragraph, block.text, TITLE_SIZE, TITLE_FACE, Align.CENTER)


@_add.register
def _heading(block: Heading, document: Any) -> None:
    paragraph = document.add_paragraph(style="Heading 2")
    _write(paragraph, block.text, HEADING_SIZE, HEADING_FACE)


@_add.register
def _line(block: Line, document: Any) -> None:
    _write(document.add_paragraph(), block.text, LINE_SIZE, TEXT_FACE)


@_add.register
def _table(block: RuledTable, document: Any) -> None:
    table = document.add_table(block.height, block.width, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    # A table finds its cells anew each time that it is asked for one.
    grid = [list(row.cells) for row in table.rows]
    for column, weight in enumerate(block.weights):
        share = Length(round(TEXT_WIDTH * weight / sum(block.weights)))
        for row in grid:
            row[column].width = share
    for told in block.cells:
        _set_cell(grid, told)
    for number, row in enumerate(table.rows):
        _mark(row, "w:cantSplit")
        if number < block.head_rows:
            _mark(row, "w:tblHeader")
    # Word wants a paragraph between two tables, or makes one of them.
    document.add_paragraph()


def _set_cell(grid: list[list[Any]], told: TableCell) -> None:
    cell = grid[told.row][told.column]
    if told.rows > 1 or told.columns > 1:
        last = grid[told.row + told.rows - 1][told.column + told.columns - 1]
        cell = cell.merge(last)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    _write(paragraph, told.text, CELL_SIZE, TEXT_FACE, told.align)


def _write(
    paragraph: Any, text: str, size: Length, face: str, align: Align = Align.LEFT
) -> None:
    paragraph.alignment = _ALIGNMENTS[align]
    run = paragraph.add_run(printable(text))
    run.font.size, run.font.name = size, face
    # Headings of the library's template are blue and bold.
    run.font.color.rgb, run.font.bold = RGBColor(0, 0, 0), False
    # Its own name sets the Latin faces alone.
    run._element.rPr.rFonts.set(qn("w:eastAsia"), face)


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
