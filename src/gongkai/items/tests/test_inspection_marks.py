"""Secrecy marks are told from mentions of secrecy."""

import pytest

from gongkai.items.inspection import HintCode, Severity, inspect_file_name, inspect_text
from gongkai.items.tests.samples import PHONE, resident_id


@pytest.mark.parametrize(
    "text",
    [
        "机密★10年",
        "机密★１０年",
        "秘密 ★ 一年",
        "绝密★长期",
        "绝密★",
        "机密☆6个月",
        "机密*10年",
        "绝 密",
        "机　密",
        "机\u200b密★10年",
        "秘密",
        "（机密）",
        "【秘密】",
        "密级：机密",
        "密级:秘密级",
        "机密    第001号",
        "特急 机密",
        "000001\n机密★1年\n青河县人民政府文件",
    ],
)
def test_a_secrecy_mark_is_serious(text: str) -> None:
    hints = inspect_text(text, "正文")
    assert [hint.code for hint in hints] == [HintCode.SECRECY_MARK]
    assert hints[0].severity is Severity.SERIOUS
    assert "保密" in hints[0].message


@pytest.mark.parametrize(
    "text",
    [
        "内部资料",
        "内部资料，注意保存",
        "内部资料 注意保存",
        "内 部 资 料",
        "（内部文件）",
        "【工作秘密】",
        "工作秘密★3年",
        "本件属工作秘密",
        "考生名单不得外传。",
        "请勿外传",
        "仅供内部使用",
        "注意保存",
        "阅后收回",
    ],
)
def test_a_mark_of_an_internal_paper_is_serious(text: str) -> None:
    hints = inspect_text(text, "正文")
    assert [hint.code for hint in hints] == [HintCode.INTERNAL_MARK]
    assert hints[0].severity is Severity.SERIOUS


@pytest.mark.parametrize(
    "text",
    [
        "根据《中华人民共和国保守国家秘密法》",
        "《中华人民共和国保守国家秘密法实施条例》第四十二条",
        "不得泄露国家秘密、工作秘密、商业秘密和个人隐私",
        "涉及商业秘密的，应当书面征求第三方意见",
        "公开前依法进行保密审查",
        "1.属于国家秘密",
        "国家秘密的密级分为绝密、机密、秘密三级",
        "密级：绝密、机密、秘密",
        "《内部资料性出版物管理办法》",
        "商业秘密",
        "国家秘密",
        "保密审查",
        "工作秘密管理办法",
        "加强工作秘密和敏感信息管理",
        "请妥善注意保存好票据",
        "数据的机密性和完整性",
        "揭开自然的秘密",
        "绝密事件",
        "★★★★★ 五星级",
        "内部事务信息",
    ],
)
def test_a_mention_of_secrecy_is_no_mark(text: str) -> None:
    assert inspect_text(text, "正文") == []


def test_a_loose_mention_of_internal_papers_is_a_note() -> None:
    hint = inspect_text("会上发放的内部资料请各科室留存", "正文")[0]
    assert (hint.code, hint.severity) == (HintCode.INTERNAL_MARK, Severity.NOTE)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("机密-人员名单.docx", HintCode.SECRECY_MARK),
        ("人员名单（秘密）.docx", HintCode.SECRECY_MARK),
        ("绝密名单.xlsx", HintCode.SECRECY_MARK),
        ("秘密级文件.pdf", HintCode.SECRECY_MARK),
        ("【内部资料】会议.pdf", HintCode.INTERNAL_MARK),
        ("名单_不得外传.pdf", HintCode.INTERNAL_MARK),
        (f"张三{resident_id()}.pdf", HintCode.RESIDENT_ID),
        (f"张三_{PHONE}.jpg", HintCode.MOBILE_PHONE),
    ],
)
def test_file_names_are_looked_at(name: str, code: HintCode) -> None:
    hints = inspect_file_name(name)
    assert [hint.code for hint in hints] == [code]
    assert hints[0].severity is Severity.SERIOUS


def test_the_place_does_not_tell_the_number_in_a_file_name() -> None:
    hint = inspect_file_name(f"张三_{PHONE}.jpg")[0]
    assert hint.where == "文件名 张三_138****8000.jpg"


@pytest.mark.parametrize(
    "name",
    [
        "保密审查表.docx",
        "国家秘密载体管理制度.docx",
        "商业秘密保护指引.pdf",
        "工作秘密管理办法.docx",
        "机密文件管理制度.docx",
        "保守国家秘密法宣传.pptx",
        "通知.docx",
        "",
    ],
)
def test_file_names_about_secrecy_work_are_left_alone(name: str) -> None:
    assert inspect_file_name(name) == []
