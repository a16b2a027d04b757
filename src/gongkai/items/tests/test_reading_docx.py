"""A Word file becomes a draft: fields out of the text, the text as clean HTML."""

import io
import re
import zipfile
from datetime import date
from typing import Any

import docx
import pytest
from docx.shared import Pt

from gongkai.items.reading.docx import ReadDocument, read_docx
from gongkai.items.reading.problems import ReadingError
from gongkai.items.tests import samples
from gongkai.items.tests.samples import with_parts, with_xml, word

NOTICE = (
    "^青河县人民政府文件",
    "^青政发〔2026〕12号",
    "^青河县人民政府关于印发",
    "^《青河县春耕工作方案》的通知",
    "各乡镇人民政府，县直各部门：",
    "现将《青河县春耕工作方案》印发给你们，请认真贯彻执行。",
    "青河县人民政府",
    "2026年11月16日",
    "（此件公开发布）",
)


def read(*paragraphs: str) -> ReadDocument:
    return read_docx(word(*paragraphs))


def test_an_official_document_is_read_into_its_fields() -> None:
    document = read(*NOTICE)
    assert document.title == "青河县人民政府关于印发《青河县春耕工作方案》的通知"
    assert document.doc_no == "青政发〔2026〕12号"
    assert document.made_on == date(2026, 11, 16)
    assert document.issuer == "青河县人民政府"
    assert document.attribute_note == "此件公开发布"
    assert document.notes == ()


def test_what_became_a_field_leaves_the_body() -> None:
    body = read(*NOTICE).body_html
    assert body.startswith("<p>各乡镇人民政府，县直各部门：</p>")
    assert "青政发" not in body
    assert "文件" not in body
    assert body.endswith("<p>（此件公开发布）</p>")


@pytest.mark.parametrize(
    "line",
    [
        "青政发〔2026〕12号",
        "青政发[2026]12号",
        "青政发【2026】12号",
        "青政发（2026）12号",
        "青政发(2026) 12 号",
        "青政发﹝２０２６﹞１２号",
        "青政发［２０２６］第12号",
        "青 政 发〔2026〕12号",
        "青政发〔2026〕12号    签发人：王某",
    ],
)
def test_document_numbers_in_every_bracket(line: str) -> None:
    assert read(line, *NOTICE[2:]).doc_no == "青政发〔2026〕12号"


@pytest.mark.parametrize(
    "line",
    [
        "2026年11月16日",
        "二〇二六年十一月十六日",
        "二○二六年十一月十六日",
        "二零二六年十一月十六日",
        "２０２６年１１月１６日",
        "2026 年 11 月 16 日",
        "2026-11-16",
        "青河县人民政府  2026年11月16日",
    ],
)
def test_the_signature_date_in_every_form(line: str) -> None:
    document = read(*NOTICE[:7], line)
    assert document.made_on == date(2026, 11, 16)


def test_a_day_that_does_not_exist_is_no_date() -> None:
    document = read(*NOTICE[:7], "2026年2月30日")
    assert document.made_on is None
    assert "date_not_found" in {note.code for note in document.notes}


def test_dates_in_the_text_and_the_imprint_are_not_the_date_of_making() -> None:
    document = read(
        *NOTICE[:5],
        "2025年1月1日起施行的办法同时废止。",
        "青河县财政局",
        "2026年3月2日",
        "附件：名单",
        "2024年5月1日",
        "青河县财政局办公室  2026年3月5日印发",
    )
    assert document.made_on == date(2026, 3, 2)


def test_the_signature_gives_the_issuer_where_there_is_no_letterhead() -> None:
    document = read(
        "^关于公布办事指南的公告",
        "为方便群众办事，现予公布。",
        "青河县民政局  青河县财政局",
        "2026年3月2日",
    )
    assert document.title == "关于公布办事指南的公告"
    assert document.issuer == "青河县民政局、青河县财政局"


def test_joint_issuers_of_a_letterhead() -> None:
    document = read("^青河县民政局", "^青河县财政局文件", *NOTICE[1:])
    assert document.issuer == "青河县民政局、青河县财政局"


def test_the_letterhead_of_a_letter() -> None:
    document = read(
        "^青河县民政局",
        "青民函〔2026〕3号",
        "^关于第18号提案的答复",
        "王某委员：",
        "您提出的提案收悉。",
    )
    assert (document.issuer, document.doc_no) == ("青河县民政局", "青民函〔2026〕3号")
    assert document.title == "关于第18号提案的答复"


def test_an_order_is_numbered_by_its_letterhead() -> None:
    document = read(
        "^青河县人民政府令",
        "^第12号",
        "^青河县户外广告管理办法",
        "第一条 为了规范户外广告，制定本办法。",
    )
    assert document.doc_no == "青河县人民政府令第12号"
    assert document.title == "青河县户外广告管理办法"


def test_the_number_may_stand_below_the_title() -> None:
    document = read(
        "关于做好防汛工作的通知", "青水发〔2026〕7号", "各乡镇：", "请做好准备。"
    )
    assert document.doc_no == "青水发〔2026〕7号"
    assert document.title == "关于做好防汛工作的通知"
    assert "青水发" not in document.body_html


def test_a_title_in_title_style() -> None:
    def make(document: Any) -> None:
        document.add_paragraph("青河县概况", style="Title")
        document.add_paragraph("青河县位于某省东部。")

    assert read_docx(word(make=make)).title == "青河县概况"


def test_a_title_that_looks_complete_after_its_first_line() -> None:
    document = read(
        "^青河县财政局关于做好部门预算管理办法",
        "^修订工作的通知",
        "各部门：",
        "请按时完成。",
    )
    assert document.title == "青河县财政局关于做好部门预算管理办法修订工作的通知"


def test_chapters_and_authors_below_a_title_stay_in_the_body() -> None:
    document = read(
        "^青河县项目管理办法",
        "^（试行）",
        "^青河县财政局",
        "^第一章 总则",
        "第一条 略。",
    )
    assert document.title == "青河县项目管理办法（试行）"
    assert "第一章" in document.body_html
    assert "青河县财政局" in document.body_html


def test_a_secrecy_mark_above_the_letterhead_stays_for_the_inspection() -> None:
    document = read("000001", "机密★10年", *NOTICE)
    assert document.title.startswith("青河县人民政府关于印发")
    assert "机密★10年" in document.body_html


def test_running_text_alone_has_no_title() -> None:
    document = read("今天我县召开会议，部署春耕工作。会议要求各乡镇抓紧落实。")
    assert document.title == ""
    assert "title_not_found" in {note.code for note in document.notes}
    assert "部署春耕" in document.body_html


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("（此件依申请公开）", "此件依申请公开"),
        ("（此件不予公开）", "此件不予公开"),
        ("(此件删减后公开)", "此件删减后公开"),
        ("信息公开选项：主动公开", "主动公开"),
    ],
)
def test_the_disclosure_attribute(line: str, note: str) -> None:
    assert read(*NOTICE[:8], line).attribute_note == note


def test_a_letterhead_set_in_a_table() -> None:
    def make(document: Any) -> None:
        table = document.add_table(2, 1)
        table.cell(0, 0).text = "青河县人民政府文件"
        table.cell(1, 0).text = "青政发〔2026〕12号"
        for text in NOTICE[2:]:
            document.add_paragraph(text.removeprefix("^"))

    document = read_docx(word(make=make))
    assert document.doc_no == "青政发〔2026〕12号"
    assert "<table>" not in document.body_html


def test_tables_keep_their_spans() -> None:
    def make(document: Any) -> None:
        table = document.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "项目"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "合计"

    body = read_docx(word(*NOTICE, make=make)).body_html
    assert '<td colspan="2">' in body
    assert '<td rowspan="2">' in body


def test_pictures_are_taken_out_and_named() -> None:
    def make(document: Any) -> None:
        document.add_picture(io.BytesIO(samples.PNG))
        document.add_picture(io.BytesIO(samples.PNG))

    document = read_docx(word(*NOTICE, make=make))
    assert re.findall(r'src="([^"]+)"', document.body_html) == [
        "picture:1",
        "picture:2",
    ]
    assert [picture.name for picture in document.pictures] == [
        "picture-1.png",
        "picture-2.png",
    ]
    assert document.pictures[0].media_type == "image/png"
    assert document.pictures[0].data == samples.PNG


def test_a_picture_that_only_points_elsewhere_is_never_fetched() -> None:
    data = word(
        *NOTICE, make=lambda document: document.add_picture(io.BytesIO(samples.PNG))
    )
    data = with_xml(data, "word/document.xml", "r:embed=", "r:link=")
    rels = "word/_rels/document.xml.rels"
    data = with_xml(
        data,
        rels,
        'Target="media/image1.png"',
        'Target="file:///etc/passwd" TargetMode="External"',
    )
    document = read_docx(data)
    assert document.pictures == ()
    assert "picture_not_embedded" in {note.code for note in document.notes}


def test_a_picture_that_no_browser_shows_is_noted() -> None:
    data = word(
        *NOTICE, make=lambda document: document.add_picture(io.BytesIO(samples.PNG))
    )
    document = read_docx(with_parts(data, {"word/media/image1.png": b"\1\0\0\0emf"}))
    assert document.pictures == ()
    assert "picture_format" in {note.code for note in document.notes}
    assert "<img" not in document.body_html


def test_hidden_text_does_not_come_to_light() -> None:
    def make(document: Any) -> None:
        paragraph = document.add_paragraph("公开的部分")
        paragraph.add_run("藏起来的部分").font.hidden = True

    document = read_docx(word(*NOTICE, make=make))
    assert "公开的部分" in document.body_html
    assert "藏起来" not in document.body_html
    assert "hidden_text" in {note.code for note in document.notes}


def test_tracked_changes_are_read_as_accepted_and_noted() -> None:
    data = with_xml(
        word(*NOTICE, "补助标准"),
        "word/document.xml",
        "<w:r><w:t>补助标准</w:t></w:r>",
        '<w:del w:id="1" w:author="a"><w:r><w:delText>旧稿</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>新稿</w:t></w:r></w:ins>',
    )
    document = read_docx(data)
    assert "新稿" in document.body_html
    assert "旧稿" not in document.body_html
    assert "tracked_changes" in {note.code for note in document.notes}


def test_comments_are_not_read_into_the_body() -> None:
    def make(document: Any) -> None:
        runs = document.add_paragraph("补助标准").runs
        document.add_comment(runs, text="请再核一下", author="李某", initials="L")

    body = read_docx(word(*NOTICE, make=make)).body_html
    assert "补助标准" in body
    assert "再核" not in body


def test_a_formula_that_is_lost_is_noted() -> None:
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    data = with_xml(
        word(*NOTICE, "公式如下"),
        "word/document.xml",
        "<w:r><w:t>公式如下",
        f'<m:oMath xmlns:m="{math}"><m:r><m:t>x</m:t></m:r></m:oMath>'
        "<w:r><w:t>公式如下",
    )
    assert "formula" in {note.code for note in read_docx(data).notes}


CHINESE_LEVELS = """
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl>
"""


def numbered(*levels: int) -> bytes:
    """Paragraphs 甲0, 甲1 … whose numbers Word makes."""
    data = word(*NOTICE, *(f"甲{index}" for index in range(len(levels))))
    data = with_xml(
        data,
        "word/numbering.xml",
        "<w:num ",
        f'<w:abstractNum w:abstractNumId="99">{CHINESE_LEVELS}</w:abstractNum>'
        '<w:num w:numId="99"><w:abstractNumId w:val="99"/></w:num><w:num ',
    )
    for index, level in enumerate(levels):
        data = with_xml(
            data,
            "word/document.xml",
            f"<w:r><w:t>甲{index}</w:t>",
            f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="99"/></w:numPr>'
            f"</w:pPr><w:r><w:t>甲{index}</w:t>",
        )
    return data


def test_automatic_chinese_numbers_become_text() -> None:
    body = read_docx(numbered(0, 1, 1, 0, 1)).body_html
    assert re.findall(r"<p>([^<]*甲\d)</p>", body) == [
        "一、甲0",
        "（一）甲1",
        "（二）甲2",
        "二、甲3",
        "（一）甲4",
    ]


def test_bullets_and_plain_numbers_stay_lists() -> None:
    def make(document: Any) -> None:
        for text in ("甲", "乙"):
            document.add_paragraph(text, style="List Bullet")
        for text in ("丙", "丁"):
            document.add_paragraph(text, style="List Number")

    body = read_docx(word(*NOTICE, make=make)).body_html
    assert "<ul><li>甲</li><li>乙</li></ul><ol><li>丙</li><li>丁</li></ol>" in body


def test_headings_begin_below_the_title_of_the_page() -> None:
    body = read_docx(
        word(*NOTICE, make=lambda document: document.add_heading("工作目标", 1))
    ).body_html
    assert "<h2>工作目标</h2>" in body


def test_formats_and_links_are_clean() -> None:
    def make(document: Any) -> None:
        run = document.add_paragraph().add_run("<script>alert(1)</script>粗体")
        run.bold = True
        run.font.size = Pt(22)

    body = read_docx(word(*NOTICE, make=make)).body_html
    assert "<strong>&lt;script&gt;" in body
    assert "style" not in body


# --- what cannot be read -------------------------------------------------------------


def refusal(data: bytes) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        read_docx(data)
    assert re.search(r"请.{2,}", caught.value.message)
    return caught.value


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_docx"),
        ("只是文字".encode(), "not_docx"),
        (samples.PNG, "not_docx"),
        (samples.zipped({"a.txt": b"x"}), "not_docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_format"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        (word("正文")[:-60], "broken"),
        (b"PK\3\4" + b"\0" * 100, "broken"),
        (with_parts(word("正文"), {"word/document.xml": b"<w:document"}), "broken"),
        (with_parts(word("正文"), {"word/vbaProject.bin": b"x"}), "macros"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_advice(
    data: bytes, code: str
) -> None:
    assert refusal(data).code == code


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = with_parts(word("正文"), {"word/media/a.png": b"\0" * (201 * 2**20)})
    assert len(bomb) < 2**20
    assert refusal(bomb).code == "too_large"


def test_a_huge_text_part_is_refused() -> None:
    xml = b"<a>" + b" " * (17 * 2**20) + b"</a>"
    assert (
        refusal(with_parts(word("正文"), {"word/styles.xml": xml})).code == "too_large"
    )


def test_entities_are_refused() -> None:
    xml = (
        b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/'
        b'main"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'
    )
    assert (
        refusal(with_parts(word("正文"), {"word/document.xml": xml})).code == "broken"
    )


def test_a_bottomless_nesting_is_refused() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000
    data = with_xml(word("正文"), "word/document.xml", "<w:sectPr", f"{deep}<w:sectPr")
    assert refusal(data).code == "too_deep"


def test_a_broken_member_is_refused() -> None:
    data = bytearray(word("正文"))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        info = archive.getinfo("word/document.xml")
    data[info.header_offset + 80 : info.header_offset + 160] = b"\0" * 80
    assert refusal(bytes(data)).code == "broken"


def test_an_empty_document_is_read_as_empty() -> None:
    output = io.BytesIO()
    docx.Document().save(output)
    document = read_docx(output.getvalue())
    assert (document.title, document.body_html) == ("", "")
