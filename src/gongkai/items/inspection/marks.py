"""Secrecy marks and marks of internal papers in comparable text.

A mark is told from a mention by its place: beside a star, alone on a line or in
brackets, after “密级：”. “国家秘密”, “商业秘密” or 《保守国家秘密法》 are mentions.
"""

import re
from collections.abc import Iterator
from itertools import islice

from gongkai.items.inspection.hints import HintCode, Severity
from gongkai.items.inspection.numbers import Found

_MOST = 2_000  # matches of one pattern: they say the same, and few are ever real
_INTERNAL_SIGNS = ("内", "秘", "阅", "注", "外传")
_S = "[ \t]{0,8}+"
_LEVEL = f"(?:绝{_S}密|机{_S}密|秘{_S}密)"
_URGENCY = f"(?:特{_S}急|加{_S}急|平{_S}急|急{_S}件|特{_S}提)"
_TERM = f"(?:长{_S}期|[0-9一二三四五六七八九十百]{{1,4}}{_S}(?:年|个?月|天|日))"
_START = r"(?<![^\n\x1d])"
_END = r"(?![^\n\x1d])"
_OPEN = '[【\\[（(〔《<〈“"]'
_CLOSE = '[】\\]）)〕》>〉”"]'
_MENTIONS = "(?<!国家)(?<!商业)(?<!个人)(?<!工作)(?<!军事)(?<!技术)"

_SECRECY = (
    re.compile(f"{_MENTIONS}{_LEVEL}{_S}(?:[★☆✩✭⭐✫]{_S}{_TERM}?|[*＊]{_S}{_TERM})"),
    re.compile(
        f"{_START}{_S}{_OPEN}?{_S}(?:{_URGENCY}{_S})?{_LEVEL}{_S}[级件]?{_S}"
        f"(?:{_URGENCY}{_S})?{_CLOSE}?{_S}{_TERM}?{_S}{_END}"
    ),
    re.compile(
        f"(?:密级|秘密等级|保密等级|涉密等级|密别){_S}[:：]?{_S}{_LEVEL}"
        f"(?!{_S}[、,，/／或和级]{_S}(?:{_LEVEL}|管理))"
    ),
    re.compile(f"{_OPEN}{_S}{_LEVEL}{_S}[级件]?{_S}{_CLOSE}"),
    re.compile(rf"{_START}{_S}{_LEVEL}[级件]?[ \t]++[^\n\x1d]{{0,30}}{_END}"),
)

_INTERNAL_WORD = (
    f"(?:内{_S}部{_S}(?:资{_S}料|文{_S}件|材{_S}料|刊{_S}物|参{_S}考|使{_S}用|掌{_S}握|"
    f"传{_S}阅|参{_S}阅)|工{_S}作{_S}秘{_S}密)"
)
_KEEP_IN = "(?:不得|严禁|禁止|请勿|不准|切勿|不可|不要)(?:对)?外传"
_RETURN = (
    f"(?:注{_S}意{_S}(?:保{_S}存|保{_S}密)|阅{_S}后{_S}(?:收回|退回|清退|销毁|即焚))"
)
_SIGN = r"[，,。；;、！!]"
_INTERNAL = (
    re.compile(_KEEP_IN),
    re.compile(
        f"(?:{_INTERNAL_WORD}|{_RETURN})(?:{_S}{_SIGN}?{_S}(?:{_INTERNAL_WORD}|{_RETURN}))+"
    ),
    re.compile(
        f"{_START}{_S}{_OPEN}?{_S}(?:仅供|只供|供)?(?:{_INTERNAL_WORD}|{_RETURN})"
        f"{_S}[★☆]?{_S}{_TERM}?{_S}{_SIGN}?{_S}{_CLOSE}?{_S}{_END}"
    ),
    re.compile(f"{_OPEN}{_S}(?:仅供|只供)?(?:{_INTERNAL_WORD}|{_RETURN}){_S}{_CLOSE}"),
    re.compile(f"(?:仅供|只供|仅限){_S}{_INTERNAL_WORD}"),
    re.compile(
        r"(?:本|此|该)(?:件|文件|文|材料|资料|通知|函|表|名单|报告)"
        rf"[^。；;\n\x1d]{{0,10}}?{_INTERNAL_WORD}(?![、的和或及等])"
    ),
    re.compile(f"{_INTERNAL_WORD}[★☆]"),
)
_INTERNAL_MENTION = re.compile(
    r"(?<![和或、及])(?:内部(?:资料|文件|材料)|工作秘密)"
    r"(?!性|[、和或及与的等]|管理|制度|规定|办法|事项|范围|清单|保护|审查|流转|控制|审计|目录)"
)
_LEGAL_NEIGHBOUR = re.compile(r"国家秘密|商业秘密|个人隐私|敏感信息|保密")
_LEGAL_BEFORE = re.compile(
    r"(?:涉及|泄露|泄漏|保守|属于|界定|确定|不含|以|作为|凡|对)$"
)

_MARK_IN_NAME = re.compile(f"{_MENTIONS}(?<!保守){_LEVEL}")
_KEEP_NAME = re.compile(f"{_INTERNAL_WORD}|{_KEEP_IN}|{_RETURN}")
_ABOUT_SECRECY = re.compile(
    r"(?:级|性)?(?:文件|资料|载体|事项|信息|人员)?(?:的)?"
    r"(?:管理|制度|办法|规定|条例|法|培训|宣传|教育|测评|审查|保护|知识|等级|范围|目录|"
    r"清单|出版物|流转|审计|工作|性)"
)


def find_marks(text: str) -> Iterator[Found]:
    """Marks, each stretch of text once; a serious one goes before a mere mention."""
    found: list[Found] = []
    if "密" in text:
        for pattern in _SECRECY:
            found += _matches(pattern, text, HintCode.SECRECY_MARK)
    if any(sign in text for sign in _INTERNAL_SIGNS):
        for pattern in _INTERNAL:
            found += _matches(pattern, text, HintCode.INTERNAL_MARK)
        found += _mentions(text)
    yield from _each_once(found)


def find_marks_in_name(text: str) -> Iterator[Found]:
    """A file name is short: whatever is not plainly about secrecy work counts."""
    found: list[Found] = []
    for pattern, code in (
        (_MARK_IN_NAME, HintCode.SECRECY_MARK),
        (_KEEP_NAME, HintCode.INTERNAL_MARK),
    ):
        for match in pattern.finditer(text):
            if not _ABOUT_SECRECY.match(text, match.end()):
                found.append(_as_found(match, code, Severity.SERIOUS))
    yield from _each_once(found)


def _matches(pattern: re.Pattern[str], text: str, code: HintCode) -> Iterator[Found]:
    for match in islice(pattern.finditer(text), _MOST):
        yield _as_found(match, code, Severity.SERIOUS)


def _mentions(text: str) -> Iterator[Found]:
    for match in islice(_INTERNAL_MENTION.finditer(text), _MOST):
        around = text[max(0, match.start() - 16) : match.end() + 16]
        before = text[max(0, match.start() - 4) : match.start()]
        if _LEGAL_NEIGHBOUR.search(around) or _LEGAL_BEFORE.search(before):
            continue
        yield _as_found(match, HintCode.INTERNAL_MARK, Severity.NOTE)


def _as_found(match: re.Match[str], code: HintCode, severity: Severity) -> Found:
    shown = match[0]
    start = match.start() + len(shown) - len(shown.lstrip())
    shown = shown.strip()
    value = re.sub(r"\s+", "", shown)
    return Found(code, severity, start, start + len(shown), value, value[:40])


def _each_once(found: list[Found]) -> Iterator[Found]:
    order = sorted(
        found,
        key=lambda one: (one.start, one.severity is not Severity.SERIOUS, -one.end),
    )
    until = 0
    for one in order:
        if one.start >= until:
            until = one.end
            yield one
