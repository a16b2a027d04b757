"""A paper as a Word file.

It names the faces of official documents (GB/T 9704-2012), which Chinese machines
hold; elsewhere Word puts another one in their place.
"""

import io
from functools import singledispatch
from typing import Any

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_BREAK, WD_LINE_SPACING, WD_PARAGRAPH_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor

from gongkai.registry.papers.blocks import (
    Align,
    Heading,
    Layout,
    Line,
    PageBreak,
    Paper,
    Paragraph,
    RuledTable,
    Run,
    TableCell,
    Title,
    printable,
)

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = Cm(21), Cm(29.7), Cm(2)
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
TITLE_SIZE, HEADING_SIZE, LINE_SIZE, CELL_SIZE = Pt(18), Pt(14), Pt(12), Pt(9)
TITLE_FACE, HEADING_FACE, TEXT_FACE = "方正小标宋简体", "黑体", "宋体"
LETTER_FACE, LATIN_FACE, FOOT_SIZE = "仿宋_GB2312", "Times New Roman", Pt(14)
LETTER_TOP, LETTER_BOTTOM = Cm(3.7), Cm(3.5)
LETTER_LEFT, LETTER_RIGHT = Cm(2.8), Cm(2.6)
_ALIGNMENTS = {
    Align.LEFT: WD_PARAGRAPH_ALIGNMENT.LEFT,
    Align.CENTER: WD_PARAGRAPH_ALIGNMENT.CENTER,
    Align.RIGHT: WD_PARAGRAPH_ALIGNMENT.RIGHT,
    Align.JUSTIFY: WD_PARAGRAPH_ALIGNMENT.JUSTIFY,
}


def word(paper: Paper) -> bytes:
    document = docx.Document()
    document.core_properties.title = printable(paper.title)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    section = document.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    if paper.layout is Layout.LETTER:
        _set_letter(document, section, paper)
    else:
        section.left_margin = section.right_margin = MARGIN
        section.top_margin = section.bottom_margin = MARGIN
    for block in paper.blocks:
        _add(block, document)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _set_letter(document: Any, section: Any, paper: Paper) -> None:
    section.left_margin, section.right_margin = LETTER_LEFT, LETTER_RIGHT
    section.top_margin, section.bottom_margin = LETTER_TOP, LETTER_BOTTOM
    # Of whatever an office types into the file later.
    normal = document.styles["Normal"]
    normal.font.size = Pt(Run("").size)
    _set_faces(normal.element.get_or_add_rPr(), LETTER_FACE)
    if paper.is_numbered:
        section.footer_distance = Cm(2.5)
        document.settings.odd_and_even_pages_header_footer = True
        _number(section.footer, Align.RIGHT)
        _number(section.even_page_footer, Align.LEFT)


def _number(footer: Any, align: Align) -> None:
    """— 1 —, on the outer edge of a sheet printed on both sides (GB/T 9704-2012)."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = _ALIGNMENTS[align]
    paragraph.paragraph_format.left_indent = Pt(16)
    paragraph.paragraph_format.right_indent = Pt(16)
    for text in ("— ", None, " —"):
        run = paragraph.add_run(text or "")
        run.font.size = FOOT_SIZE
        _set_faces(run._element.get_or_add_rPr(), TEXT_FACE)
        if text is None:
            _add_field(run, "PAGE")


def _add_field(run: Any, name: str) -> None:
    for kind in ("begin", "separate", "end"):
        sign = OxmlElement("w:fldChar")
        sign.set(qn("w:fldCharType"), kind)
        run._element.append(sign)
        if kind == "begin":
            told = OxmlElement("w:instrText")
            told.text = name
            run._element.append(told)


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
def _page_break(block: PageBreak, document: Any) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


@_add.register
def _paragraph(block: Paragraph, document: Any) -> None:
    style = f"Heading {block.level}" if block.level else None
    _set_paragraph(document.add_paragraph(style=style), block)


def _set_paragraph(paragraph: Any, block: Paragraph) -> None:
    form = paragraph.paragraph_format
    paragraph.alignment = _ALIGNMENTS[block.align]
    form.first_line_indent = Pt(block.first)
    form.left_indent, form.right_indent = Pt(block.left), Pt(block.right)
    form.space_before, form.space_after = Pt(block.before), Pt(block.after)
    form.line_spacing_rule, form.line_spacing = (
        WD_LINE_SPACING.EXACTLY,
        Pt(block.pitch),
    )
    form.keep_with_next = block.keeps_with_next
    for told in block.runs:
        run = paragraph.add_run(printable(told.text))
        run.font.size, run.font.bold = Pt(told.size), told.is_bold
        run.font.underline = told.is_underlined
        run.font.color.rgb = RGBColor.from_string(told.colour or "000000")
        _set_faces(run._element.get_or_add_rPr(), told.face or LETTER_FACE)


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
    if told.paragraphs:
        for number, block in enumerate(told.paragraphs):
            _set_paragraph(cell.add_paragraph() if number else paragraph, block)
        return
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


def _set_faces(properties: Any, face: str) -> None:
    """For Chinese signs the face, for Latin ones Times, whatever the style says."""
    faces = properties._add_rFonts() if properties.rFonts is None else properties.rFonts
    for name in list(faces.attrib):
        del faces.attrib[name]
    faces.set(qn("w:ascii"), LATIN_FACE)
    faces.set(qn("w:hAnsi"), LATIN_FACE)
    faces.set(qn("w:eastAsia"), face)


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
