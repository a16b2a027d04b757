"""Attachments: their text, and what they carry unseen."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl.comments import Comment

from gongkai.items.inspection import Hint, HintCode, Severity, inspect_file
from gongkai.items.tests import samples
from gongkai.items.tests.samples import (
    DOCX,
    PDF,
    PHONE,
    XLSX,
    ZIP,
    bank_card,
    pdf,
    resident_id,
    with_parts,
    with_xml,
    word,
    workbook,
    zipped,
)

ID = resident_id()


def look(data: bytes, media_type: str = "", name: str = "附件") -> dict[HintCode, Hint]:
    return {hint.code: hint for hint in inspect_file(data, name, media_type)}


def look_at_word(*paragraphs: str, make: Callable[[Any], None]) -> dict[HintCode, Hint]:
    return look(word(*paragraphs, make=make), DOCX, "通知.docx")


def look_at_sheet(make: Callable[[Any], None]) -> dict[HintCode, Hint]:
    return look(workbook(make), XLSX, "名册.xlsx")


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (word("关于做好春耕工作的通知", "联系电话：010-62345678"), DOCX),
        (workbook(lambda book: book.active.append(["项目", 150, 2018, 2019])), XLSX),
        (pdf(["Notice 2026", "010-62345678"]), PDF),
        (zipped({"说明.txt": "政务公开".encode()}), ZIP),
        ("纯文本".encode(), "text/plain"),
    ],
)
def test_an_ordinary_file_gives_no_hint(data: bytes, media_type: str) -> None:
    assert look(data, media_type) == {}


# --- Word ----------------------------------------------------------------------------


def test_an_id_split_over_two_runs_is_seen() -> None:
    def make(document: Any) -> None:
        paragraph = document.add_paragraph("身份证 ")
        paragraph.add_run(ID[:9])
        paragraph.add_run(ID[9:]).bold = True

    hint = look_at_word("第一段", make=make)[HintCode.RESIDENT_ID]
    assert hint.where == "通知.docx › 第 2 段"
    assert ID not in repr(hint)


def test_an_id_broken_over_paragraphs_of_a_cell_is_seen() -> None:
    def make(document: Any) -> None:
        cell = document.add_table(2, 2).cell(1, 1)
        cell.text = ID[:10]
        cell.add_paragraph(ID[10:])

    hint = look_at_word(make=make)[HintCode.RESIDENT_ID]
    assert hint.where == "通知.docx › 表 1 第 2 行第 2 格"


def test_numbers_of_neighbouring_cells_are_not_joined() -> None:
    def make(document: Any) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text = ID[:9]
        table.cell(0, 1).text = ID[9:]

    assert look_at_word(make=make) == {}


def test_headers_and_text_boxes_are_looked_at() -> None:
    def make(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "机密★10年"

    assert look_at_word(make=make)[HintCode.SECRECY_MARK].where == (
        "通知.docx › 页眉第 1 段"
    )
    box = (
        f"<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{PHONE}</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r>"
    )
    data = with_xml(
        word("正文"), "word/document.xml", "<w:r><w:t>正文", f"{box}<w:r><w:t>正文"
    )
    assert look(data, DOCX)[HintCode.MOBILE_PHONE].where == "附件 › 第 1 段文本框"


def test_tracked_changes_and_what_they_deleted() -> None:
    data = with_xml(
        word("补助标准"),
        "word/document.xml",
        "<w:r><w:t>补助标准",
        '<w:del w:id="1" w:author="李某"><w:r>'
        f"<w:delText>{ID}</w:delText></w:r></w:del>"
        '<w:ins w:id="2" w:author="李某"><w:r><w:t>新</w:t></w:r></w:ins>'
        "<w:r><w:t>补助标准",
    )
    hints = look(data, DOCX)
    assert hints[HintCode.TRACKED_CHANGES].severity is Severity.SERIOUS
    assert hints[HintCode.TRACKED_CHANGES].excerpt == "插入 1 处，删除 1 处"
    assert hints[HintCode.RESIDENT_ID].where == "附件 › 第 1 段（修订中已删除）"


def test_changes_of_format_alone_are_a_note() -> None:
    data = with_xml(
        word("补助标准"),
        "word/document.xml",
        "<w:r><w:t>补助标准",
        '<w:r><w:rPr><w:b/><w:rPrChange w:id="1" w:author="a"/></w:rPr><w:t>补助标准',
    )
    assert look(data, DOCX)[HintCode.TRACKED_CHANGES].severity is Severity.NOTE


def test_comments_in_word() -> None:
    def make(document: Any) -> None:
        runs = document.add_paragraph("补助标准").runs
        document.add_comment(runs, text=f"问 {PHONE}", author="李某", initials="L")

    hints = look_at_word(make=make)
    assert hints[HintCode.COMMENTS].severity is Severity.SERIOUS
    assert "批注" in hints[HintCode.MOBILE_PHONE].where


def test_hidden_text_directly_and_by_style() -> None:
    def directly(document: Any) -> None:
        document.add_paragraph().add_run("藏起来").font.hidden = True

    def by_style(document: Any) -> None:
        style = document.styles.add_style("Quiet", 2)
        style.font.hidden = True
        document.add_paragraph().add_run("藏起来", style=style)

    for make in (directly, by_style):
        hint = look_at_word(make=make)[HintCode.HIDDEN_TEXT]
        assert hint.severity is Severity.SERIOUS


def test_a_hidden_mark_without_text_is_no_hidden_text() -> None:
    def make(document: Any) -> None:
        document.add_paragraph("正文").add_run("").font.hidden = True

    assert look_at_word(make=make) == {}


def test_embedded_files_are_told_and_looked_into() -> None:
    inner = workbook(lambda book: book.active.append([ID]))
    data = with_parts(word("正文"), {"word/embeddings/sheet1.xlsx": inner})
    hints = look(data, DOCX)
    assert hints[HintCode.EMBEDDED_OBJECT].severity is Severity.SERIOUS
    assert hints[HintCode.RESIDENT_ID].where == "附件 › sheet1.xlsx › Sheet!A1"


def test_macros_are_serious() -> None:
    data = with_parts(word("正文"), {"word/vbaProject.bin": b"x"})
    assert look(data, DOCX)[HintCode.MACROS].severity is Severity.SERIOUS


def test_external_links_but_not_links_to_pages() -> None:
    relations = "word/_rels/document.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def linked(kind_name: str, target: str) -> dict[HintCode, Hint]:
        relation = (
            f'<Relationship Id="rId99" Type="{kind}/{kind_name}" Target="{target}"'
            ' TargetMode="External"/></Relationships>'
        )
        return look(
            with_xml(word("正文"), relations, "</Relationships>", relation), DOCX
        )

    template = linked("attachedTemplate", "file:///C:/Users/zhang/a.dotm")
    assert template[HintCode.EXTERNAL_LINK].severity is Severity.NOTE
    assert HintCode.EXTERNAL_LINK in linked("hyperlink", r"\\10.1.1.2\share\a.doc")
    assert linked("hyperlink", "https://www.example.gov.cn/") == {}


@pytest.mark.parametrize(
    ("author", "is_told"),
    [
        ("张三丰", True),
        ("Zhang San", True),
        ("Administrator", False),
        ("lenovo", False),
    ],
)
def test_the_name_of_an_author_is_a_note(author: str, is_told: bool) -> None:
    def make(document: Any) -> None:
        document.core_properties.author = author

    hints = look_at_word("正文", make=make)
    assert (HintCode.PERSONAL_AUTHOR in hints) is is_told
    if is_told:
        assert hints[HintCode.PERSONAL_AUTHOR].severity is Severity.NOTE
        assert author not in repr(hints)


# --- Excel ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("hidden", HintCode.HIDDEN_SHEET),
        ("veryHidden", HintCode.VERY_HIDDEN_SHEET),
    ],
)
def test_hidden_sheets_and_what_is_on_them(state: str, code: HintCode) -> None:
    def make(book: Any) -> None:
        hidden = book.create_sheet("底表")
        hidden.sheet_state = state
        hidden["B3"] = ID

    hints = look_at_sheet(make)
    assert hints[code].severity is Severity.SERIOUS
    assert hints[code].where == "名册.xlsx › 底表"
    assert hints[HintCode.RESIDENT_ID].where == "名册.xlsx › 底表（隐藏）!B3"


def test_hidden_rows_and_columns_with_content() -> None:
    def make(book: Any) -> None:
        sheet = book.active
        for row in range(1, 9):
            sheet.append([row, row, row])
        for row in (3, 5, 6, 7):
            sheet.row_dimensions[row].hidden = True
        sheet.column_dimensions["B"].hidden = True

    hints = look_at_sheet(make)
    assert hints[HintCode.HIDDEN_ROWS].excerpt == "第 3、5–7 行"
    assert hints[HintCode.HIDDEN_COLUMNS].excerpt == "B 列"
    assert hints[HintCode.HIDDEN_ROWS].severity is Severity.SERIOUS


def test_rows_and_columns_squeezed_to_nothing_are_hidden() -> None:
    data = with_xml(
        workbook(lambda book: book.active.append([1, 2])),
        "xl/worksheets/sheet1.xml",
        '<row r="1"',
        '<row r="1" ht="0" customHeight="1"',
    )
    assert HintCode.HIDDEN_ROWS in look(data, XLSX)


def test_empty_hidden_rows_and_columns_are_left_alone() -> None:
    def make(book: Any) -> None:
        book.active.append([1])
        book.active.row_dimensions[5].hidden = True
        for column in "DEFG":
            book.active.column_dimensions[column].hidden = True

    assert look_at_sheet(make) == {}


def test_comments_of_cells() -> None:
    def make(book: Any) -> None:
        book.active["B2"] = "合计"
        book.active["B2"].comment = Comment(f"打 {PHONE}", "李某")

    hints = look_at_sheet(make)
    assert hints[HintCode.COMMENTS].severity is Severity.SERIOUS
    assert hints[HintCode.MOBILE_PHONE].where == "名册.xlsx › Sheet!B2 批注"


def test_numbers_as_numbers_and_as_text_are_seen_in_cells() -> None:
    def make(book: Any) -> None:
        book.active.append(["张三", 13800138000, ID, bank_card()])

    hints = look_at_sheet(make)
    assert hints[HintCode.MOBILE_PHONE].where == "名册.xlsx › Sheet!B1"
    assert hints[HintCode.RESIDENT_ID].where == "名册.xlsx › Sheet!C1"
    assert hints[HintCode.BANK_CARD].where == "名册.xlsx › Sheet!D1"


def test_figures_of_neighbouring_cells_are_not_joined() -> None:
    def make(book: Any) -> None:
        book.active.append([138, "0013", 8000])
        book.active.append([1380013])
        book.active.append([8000])

    assert look_at_sheet(make) == {}


def test_the_source_data_of_a_pivot_table_is_told() -> None:
    data = with_parts(
        workbook(lambda book: book.active.append([1])),
        {"xl/pivotCache/pivotCacheRecords1.xml": b"<a/>"},
    )
    assert look(data, XLSX)[HintCode.CACHED_DATA].severity is Severity.SERIOUS


def test_a_sheet_that_xlsxwriter_wrote() -> None:
    import xlsxwriter

    output = io.BytesIO()
    with xlsxwriter.Workbook(output) as book:
        book.add_worksheet("公开")
        hidden = book.add_worksheet("身份信息")
        hidden.write(0, 0, ID)
        hidden.very_hidden()
    hints = look(output.getvalue(), XLSX)
    assert HintCode.VERY_HIDDEN_SHEET in hints
    assert HintCode.RESIDENT_ID in hints


# --- PDF -----------------------------------------------------------------------------


def test_numbers_in_a_pdf_with_their_page() -> None:
    hint = look(pdf([f"No {ID[:6]} {ID[6:]}", "x"]), PDF, "名单.pdf")
    assert hint[HintCode.RESIDENT_ID].where == "名单.pdf › 第 1 页"


def test_pdf_notes_are_serious_and_read() -> None:
    data = pdf(["x"], lambda document: samples.add_pdf_note(document, f"问 {PHONE}"))
    hints = look(data, PDF)
    assert hints[HintCode.COMMENTS].severity is Severity.SERIOUS
    assert HintCode.MOBILE_PHONE in hints


def test_files_in_a_pdf_are_told_and_looked_into() -> None:
    def make(document: Any) -> None:
        attached = document.new_attachment("名册.txt")
        attached.set_data(ID.encode())

    hints = look(pdf(["x"], make), PDF)
    assert hints[HintCode.EMBEDDED_OBJECT].where == "附件 › 名册.txt"
    assert hints[HintCode.RESIDENT_ID].where == "附件 › 名册.txt"


def test_a_scan_is_a_note_to_open_it() -> None:
    hint = look(samples.scanned_pdf(), PDF)[HintCode.SCAN]
    assert hint.severity is Severity.NOTE
    assert "打开" in hint.message


# --- zip -----------------------------------------------------------------------------


def test_members_of_nested_zips_are_looked_into() -> None:
    inner = zipped({"名单.txt": f"电话 {PHONE}".encode()})
    data = zipped({"一/内.zip": inner, "机密.txt": b"x"})
    hints = look(data, ZIP, "包.zip")
    assert hints[HintCode.MOBILE_PHONE].where == "包.zip › 一/内.zip › 名单.txt"
    assert hints[HintCode.SECRECY_MARK].where == "包.zip › 文件名 机密.txt"


def test_an_encrypted_member_could_not_be_inspected() -> None:
    hint = look(samples.encrypted_zip("名单.xlsx", b"x"), ZIP)[HintCode.NOT_INSPECTED]
    assert hint.severity is Severity.SERIOUS
    assert hint.where == "附件 › 名单.xlsx"
    assert "密码" in hint.message


# --- what could not be inspected is never clean --------------------------------------


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"", PDF),
        (b"%PDF-1.4\n...", PDF),
        (b"\0\1\2\3", "application/octet-stream"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "application/msword"),
        (word("正文")[:-60], DOCX),
        (with_parts(word("正文"), {"word/document.xml": b"<a"}), DOCX),
        (with_parts(word("正文"), {"word/footnotes.xml": b"<a"}), DOCX),
        (zipped({"xl/a.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}), XLSX),
        (zipped({"ppt/a.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}), ZIP),
        (zipped({"a.rar": b"Rar!\x1a\x07\x00\0\0"}), ZIP),
        ("不是表格".encode(), XLSX),
    ],
)
def test_an_unreadable_file_is_not_clean(data: bytes, media_type: str) -> None:
    hint = look(data, media_type)[HintCode.NOT_INSPECTED]
    assert hint.severity is Severity.SERIOUS
    assert hint.message.startswith("未能检查")


def test_a_zip_bomb_is_not_clean() -> None:
    inner = zipped({"a.txt": b"0" * (60 * 2**20)})
    data = zipped({f"{number}.zip": inner for number in range(5)})
    assert HintCode.NOT_INSPECTED in look(data, ZIP)


def test_a_picture_is_a_note() -> None:
    hint = look(samples.PNG, "image/png")[HintCode.IMAGE_NOT_READ]
    assert hint.severity is Severity.NOTE


def test_the_name_of_the_file_is_looked_at_and_masked_everywhere() -> None:
    hints = inspect_file(b"", f"{PHONE}.pdf", PDF)
    assert hints[0].code is HintCode.MOBILE_PHONE
    assert PHONE not in repr(hints)


def test_a_rerun_gives_the_same_fingerprints() -> None:
    data = workbook(
        lambda book: book.create_sheet("a").__setattr__("sheet_state", "hidden")
    )
    first, again = (
        inspect_file(data, "a.xlsx", XLSX),
        inspect_file(data, "b.xlsx", XLSX),
    )
    assert [hint.fingerprint for hint in first] == [hint.fingerprint for hint in again]


def test_another_file_with_the_same_fault_has_another_fingerprint() -> None:
    def hidden(text: str) -> bytes:
        def make(book: Any) -> None:
            book.create_sheet("底表").sheet_state = "hidden"
            book["底表"]["A1"] = text

        return workbook(make)

    one = look(hidden("甲"))[HintCode.HIDDEN_SHEET]
    other = look(hidden("乙"))[HintCode.HIDDEN_SHEET]
    assert one.fingerprint != other.fingerprint
