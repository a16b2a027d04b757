"""The whole of an item: title, metadata, body, files."""

from gongkai.items.inspection import HintCode, InspectedFile, inspect_item
from gongkai.items.reading.text import html_to_text
from gongkai.items.tests import samples
from gongkai.items.tests.samples import PDF, PHONE, resident_id

ID = resident_id()


def test_a_clean_item_gives_no_hint() -> None:
    hints = inspect_item(
        "关于做好春耕工作的通知",
        {"doc_no": "青政发〔2026〕12号", "keywords": ""},
        "<p>各乡镇：</p><p>电话：010-62345678</p>",
        [InspectedFile("通知.pdf", PDF, samples.pdf(["x"]))],
    )
    assert hints == []


def test_every_part_is_looked_at_and_named() -> None:
    hints = inspect_item(
        f"关于{PHONE}的通知",
        {"summary": f"号码{ID}", "other": "机密★10年"},
        f"<p>甲</p><table><tr><td>乙</td><td>{ID[:9]}<br>{ID[9:]}</td></tr></table>",
        [InspectedFile("机密.txt", "text/plain", b"x")],
        key=b"key",
    )
    assert [(hint.code, hint.where) for hint in hints] == [
        (HintCode.MOBILE_PHONE, "标题"),
        (HintCode.RESIDENT_ID, "内容概述"),
        (HintCode.SECRECY_MARK, "other"),
        (HintCode.RESIDENT_ID, "正文 表 1 第 1 行第 2 格"),
        (HintCode.SECRECY_MARK, "文件名 机密.txt"),
    ]


def test_offsets_point_into_the_plain_text_of_the_body() -> None:
    body = f"<p>甲</p><table><tr><td>乙</td><td>{PHONE}</td></tr></table>"
    hint = inspect_item("标题", {}, body, [])[0]
    assert html_to_text(body)[hint.start : hint.end] == PHONE


def test_an_id_split_by_tags_is_seen_and_cells_are_not_joined() -> None:
    split = f"<p>{ID[:5]}<strong>{ID[5:9]}</strong>{ID[9:]}</p>"
    assert [hint.code for hint in inspect_item("x", {}, split, [])] == [
        HintCode.RESIDENT_ID
    ]
    cells = f"<table><tr><td>{ID[:9]}</td><td>{ID[9:]}</td></tr></table>"
    assert inspect_item("x", {}, cells, []) == []
    rows = f"<table><tr><td>{ID[:9]}</td></tr><tr><td>{ID[9:]}</td></tr></table>"
    assert inspect_item("x", {}, rows, []) == []


def test_numbers_in_links_and_picture_texts_are_seen() -> None:
    body = (
        f'<p><a href="https://a.example/?id={ID}">表</a>'
        f'<img src="picture:1" alt="{PHONE}"></p>'
    )
    found = {hint.code: hint.where for hint in inspect_item("x", {}, body, [])}
    assert found == {
        HintCode.MOBILE_PHONE: "正文 第 1 段",
        HintCode.RESIDENT_ID: "正文 链接地址",
    }


def test_a_number_let_pass_in_a_file_is_another_finding_in_the_body() -> None:
    file = InspectedFile("a.txt", "text/plain", PHONE.encode())
    body, attached = inspect_item("x", {}, f"<p>{PHONE}</p>", [file], key=b"key")
    assert body.fingerprint != attached.fingerprint


def test_many_pictures_are_one_hint() -> None:
    files = [
        InspectedFile(f"{number}.png", "image/png", samples.PNG + bytes([number]))
        for number in range(9)
    ]
    hints = inspect_item("x", {}, "", files)
    assert [hint.code for hint in hints] == [HintCode.IMAGE_NOT_READ]
    assert "9 张" in hints[0].where
