"""Words of an office's own register, read as ours. Nothing is guessed silently:
a word that means two things is refused with the words that would tell them apart."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from gongkai import law

_SIGNS = re.compile(r"[\s\W_]+")
_DAY = re.compile(
    r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:[ T].*)?"
)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_COUNT = re.compile(r"\d{1,3}")
# What a spreadsheet's day number may be: 1982 to 2064.
_SERIALS = range(30_000, 60_000)


class NotUnderstood(Exception):
    """The word says nothing to us; the sentence tells what may stand there."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def plain(text: str) -> str:
    """For comparing: one width, one case, no signs."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).casefold()


# In the order in which they are looked for: what is part of another word comes later.
CHANNELS = {
    "电子邮件": "email",
    "电子邮箱": "email",
    "邮箱": "email",
    "email": "email",
    "挂号": "signed_post",
    "特快专递": "signed_post",
    "快递": "signed_post",
    "ems": "signed_post",
    "传真": "fax",
    "网络": "network",
    "网上": "network",
    "网站": "network",
    "在线": "network",
    "平台": "network",
    "互联网": "network",
    "口头": "oral",
    "当面": "in_person",
    "现场": "in_person",
    "窗口": "in_person",
    "直接提交": "in_person",
    "信函": "letter",
    "平信": "letter",
    "来信": "letter",
    "邮寄": "letter",
    "邮政": "letter",
    "书信": "letter",
}
KINDS = {
    "自然人": "natural_person",
    "公民": "natural_person",
    "个人": "natural_person",
    "律师": "legal_service",
    "法律服务": "legal_service",
    "科研": "research",
    "公益": "social_welfare",
    "企业": "enterprise",
    "公司": "enterprise",
    "其他": "other_org",
}
BY_NAME = {
    "律师事务所": "legal_service",
    "法律服务所": "legal_service",
    "研究院": "research",
    "研究所": "research",
    "大学": "research",
    "基金会": "social_welfare",
    "公司": "enterprise",
    "集团": "enterprise",
    "合作社": "enterprise",
    "厂": "enterprise",
    "委员会": "other_org",
    "协会": "other_org",
}
"""Endings of a body's name, where the register has no column for the kind."""
IDENTITIES = {
    "身份证": "resident_id",
    "护照": "passport",
    "港澳": "hk_macao",
    "台湾": "taiwan",
    "台胞": "taiwan",
    "信用代码": "uscc",
    "营业执照": "uscc",
}
MANNERS = {
    "电子": "email",
    "邮件": "email",
    "邮箱": "email",
    "光盘": "disc",
    "查阅": "on_site",
    "抄录": "on_site",
    "纸": "paper",
    "复印": "paper",
}
ROUTES = {
    "邮寄": "post",
    "快递": "post",
    "自行领取": "collect",
    "自取": "collect",
    "当面领取": "collect",
    "现场领取": "collect",
    "网络": "network",
    "网上": "network",
}
RESULTS_2019 = {
    "撤回": "withdrawn",
    "撤销申请": "withdrawn",
    "部分公开": "R2",
    "区分处理": "R2",
    "国家秘密": "D1",
    "法律行政法规禁止": "D2",
    "法律法规禁止": "D2",
    "三安全一稳定": "D3",
    "第三方": "D4",
    "商业秘密": "D4",
    "个人隐私": "D4",
    "内部事务": "D5",
    "过程性": "D6",
    "执法案卷": "D7",
    "行政查询": "D8",
    "不动产登记": "D8",
    "不掌握": "N1",
    "不存在": "N1",
    "非本机关": "N1",
    "不属于本机关": "N1",
    "不属于本行政机关": "N1",
    "另行制作": "N2",
    "加工": "N2",
    "仍不明确": "N3",
    "信访": "P1",
    "举报投诉": "P1",
    "投诉举报": "P1",
    "重复申请": "P2",
    "重复": "P2",
    "出版物": "P3",
    "大量反复": "P4",
    "频繁": "P4",
    "重新出具": "P5",
    "逾期不补正": "O1",
    "逾期未补正": "O1",
    "未补正": "O1",
    "逾期未缴": "O2",
    "未按收费通知": "O2",
}
RESULTS_2008 = {
    "撤回": "withdrawn",
    "撤销申请": "withdrawn",
    "已主动公开": "3.3.1",
    "部分公开": "3.3.3",
    "国家秘密": "3.3.4.1",
    "商业秘密": "3.3.4.2",
    "个人隐私": "3.3.4.3",
    "安全": "3.3.4.4",
    "不是条例所指": "3.3.4.5",
    "非政府信息": "3.3.4.5",
    "其他情形": "3.3.4.6",
    "不属于本": "3.3.5",
    "非本机关": "3.3.5",
    "不存在": "3.3.6",
    "更改": "3.3.7",
    "补充": "3.3.7",
    "补正": "3.3.7",
    "其他途径": "3.3.8",
}
# Only as the whole word: each is part of others that mean something else.
WHOLE_2019 = {
    "公开": "R1",
    "予以公开": "R1",
    "同意公开": "R1",
    "全部公开": "R1",
    "主动公开": "R1",
    "已公开": "R1",
    "已主动公开": "R1",
    "属于已主动公开范围": "R1",
    "告知获取方式": "R1",
    "依申请公开": "R1",
    "其他": "O3",
    "其他处理": "O3",
}
WHOLE_2008 = {
    "公开": "3.3.2",
    "予以公开": "3.3.2",
    "同意公开": "3.3.2",
    "全部公开": "3.3.2",
    "同意公开答复": "3.3.2",
}
_RESULTS: Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]] = {
    "2019": (WHOLE_2019, RESULTS_2019),
    "2008": (WHOLE_2008, RESULTS_2008),
}


def find(words: Mapping[str, str], text: str) -> str:
    """Of the first word that stands in the text; "" for none."""
    bare = plain(text)
    return next((code for word, code in words.items() if word in bare), "")


def channel_of(text: str) -> str:
    return _found(
        CHANNELS, text, ("当面", "信函", "挂号信", "传真", "网络", "电子邮件")
    )


def kind_of(text: str) -> str:
    usual = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
    return _found(KINDS, text, usual)


def kind_by_name(name: str) -> str:
    """Of an applicant without a kind: a body by its ending, a person by a short name.

    Raises NotUnderstood for what may be either.
    """
    for ending, kind in BY_NAME.items():
        if name.endswith(ending):
            return kind
    if len(name) <= 4 or "·" in name:
        return "natural_person"
    raise NotUnderstood(
        _("Write who applies, such as 自然人 or 商业企业: the name does not tell.")
    )


def result_of(text: str, regime: str) -> str:
    """A result code of the regime, or ``withdrawn``; raises NotUnderstood."""
    known = law.regime(regime).results
    bare = plain(text)
    for code, result in known.items():
        if bare in (plain(code), plain(result.label.zh)):
            return code
    whole, parts = _RESULTS[regime]
    code = whole.get(bare) or find(parts, text)
    if code:
        return code
    if "不予公开" in bare or "不公开" in bare or "不同意公开" in bare:
        raise NotUnderstood(
            _("The ground is missing. Write it, such as 属于国家秘密 or 个人隐私.")
        )
    usual = "、".join(result.label.zh[:12] for result in list(known.values())[:4])
    raise NotUnderstood(
        _("This result is not known. Write it as the form does: %(words)s …")
        % {"words": usual}
    )


def day_of(text: str) -> date:
    """A day as registers write it, a spreadsheet's day number too."""
    match = _DAY.fullmatch(text.strip()) or _DIGITS.fullmatch(text.strip())
    try:
        if match:
            return date(*(int(part) for part in match.groups()))
        if text.isdecimal() and int(text) in _SERIALS:
            return date(1899, 12, 30) + timedelta(days=int(text))
        return datetime.fromisoformat(text).date()
    except ValueError as error:
        raise NotUnderstood(_("This is no day. Write it as 2024-03-18.")) from error


def extension_of(text: str, usual: int) -> int:
    """Working days of the extension: a number, or yes for the usual; 0 for no."""
    bare = plain(text)
    if bare in ("", "否", "无", "未延期", "不延期", "0", "no"):
        return 0
    if bare in ("是", "有", "延期", "已延期", "yes", "√"):
        return usual
    found = _COUNT.search(bare)
    if found is None:
        raise NotUnderstood(_("Write 是, 否 or the number of working days."))
    return int(found.group())


def _found(words: Mapping[str, str], text: str, usual: tuple[str, ...]) -> str:
    code = find(words, text)
    if not code:
        raise NotUnderstood(
            _("This word is not known. Write one of these: %(words)s.")
            % {"words": "、".join(usual)}
        )
    return code
