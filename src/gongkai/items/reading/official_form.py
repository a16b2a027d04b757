"""The parts of a Chinese official document, told from its lines.

Layout after GB/T 9704-2012: letterhead, document number, title, main recipient, text,
signature, date, note line with the disclosure attribute, imprint. Offices depart from
it daily, so each part is looked for by itself and may be missing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai.items.reading.dates import date_at_end, parse_date

_HEAD_LINES = 40
_TITLE_LINES = 6
_TITLE_LENGTH = 150
_GENRES = """
通知 公告 通告 意见 办法 决议 决定 命令 令 公报 通报 报告 请示 批复 议案 函 纪要
方案 规划 计划 要点 细则 规定 规则 条例 章程 制度 指南 目录 清单 公示 预案 标准
说明 解读 总结 答复 情况 名单 规程 措施 指引 启事 简报 安排 统计表 一览表 情况表
汇总表
"""
_GENRE_END = re.compile(
    rf"(?:{'|'.join(_GENRES.split())})(?:[（(].{{1,12}}[)）])?[》”]?$"
)
_ORGAN_END = re.compile(
    r"(?:政府|委员会|办公室|办公厅|[局厅部院处署委办站所会馆队]|中心|街道办事处|"
    r"公司|银行|学校|大学|领导小组|指挥部|委员会办公室)$"
)
_NUMBER = re.compile(
    r"(?:发文字号|文号|文件编号)?[:：]?"
    r"(?:(?P<issuer>.{2,40})文件)?"
    r"(?P<mark>[\u4e00-\u9fffA-Za-z]{1,20})"
    r"[〔\[［【（(﹝〖](?P<year>[0-9〇○零一二三四五六七八九]{4})[〕\]］】）)﹞〗]"
    r"第?(?P<number>[0-9]{1,5})号(?:签发人.*)?"
)
_ORDER_NUMBER = re.compile(r"[（(]?(?P<number>(?:[0-9]{4}年)?第[0-9]{1,5}号)[）)]?")
_LETTERHEAD = re.compile(r"(?P<issuer>.{2,60})文件")
_HEAD_MATTER = re.compile(
    r"[0-9]{6,7}|附件[0-9]{0,2}:?|(?:绝密|机密|秘密).{0,12}|(?:特|加|平)?急件?|特提|紧急|签发人.*|"
    r"[—_─━=★☆\-]+|(?:信息)?公开(?:属性|方式|选项|类型)[:：].*"
)
_RULE = re.compile(r"[—_─━=★☆\-]{3,}")
_SECTION = re.compile(
    r"(?:第[一二三四五六七八九十0-9]{1,4}[章节条部]|[一二三四五六七八九十]{1,3}、|"
    r"[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.．、](?![0-9]))"
)
_ATTRIBUTE = re.compile(r"[（(](此(?:文)?件[^（）()]{0,14}公开[^（）()]{0,8})[)）]")
_ATTRIBUTE_LABEL = re.compile(
    r"(?:信息)?公开(?:属性|方式|选项|类型|形式)[:：]"
    r"(主动公开|依申请公开|不予公开|不公开|公开发布)"
)
_DIGITS = str.maketrans("０１２３４５６７８９：", "0123456789:")
_CHINESE_YEAR = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_SENTENCE_SIGNS = re.compile("[。；;！？!?]")


@dataclass(frozen=True)
class Line:
    """A paragraph of the document as far as its form can be seen."""

    text: str
    is_centred: bool = False
    is_bold: bool = False
    size: float | None = None  # points
    style: str = ""
    is_table: bool = False

    @property
    def compact(self) -> str:
        return re.sub(r"\s+", "", self.text).translate(_DIGITS)

    @property
    def is_title_style(self) -> bool:
        return self.style.strip().lower() in {"title", "标题", "公文标题", "文件标题"}

    @property
    def stands_out(self) -> bool:
        is_heading = self.style.lower().replace(" ", "") in {"heading1", "标题1"}
        return self.is_centred or self.is_title_style or is_heading


@dataclass
class OfficialForm:
    """What was found; ``used`` are the lines that became fields and leave the body."""

    title: str = ""
    doc_no: str = ""
    issuer: str = ""
    made_on: date | None = None
    attribute_note: str = ""
    used: set[int] = field(default_factory=set)


def recognise(lines: Sequence[Line]) -> OfficialForm:
    form = OfficialForm()
    after_head = _read_head(lines, form)
    after_title = _read_title(lines, after_head, form)
    if not form.doc_no:
        _read_number_below_title(lines, after_title, form)
    _read_signature(lines, after_title, form)
    _read_attribute(lines, form)
    return form


def _read_head(lines: Sequence[Line], form: OfficialForm) -> int:
    """Letterhead and document number; returns the line after them."""
    letterhead = _letterhead_line(lines)
    number_at = _number_line(lines, form)
    head_end = max(
        letterhead if letterhead is not None else -1,
        number_at if number_at is not None else -1,
    )
    if letterhead is not None:
        _take_letterhead(lines, letterhead, form)
    elif number_at is not None:
        _take_organs_above(lines, number_at, form)
    if head_end >= 0:
        _drop_rules(lines, head_end, form)
    return head_end + 1


def _letterhead_line(lines: Sequence[Line]) -> int | None:
    for index, line in enumerate(lines[:12]):
        if _is_letterhead(lines, index):
            return index
        if line.compact.endswith((":", "。")):
            return None
    return None


def _is_letterhead(lines: Sequence[Line], index: int) -> bool:
    """“××文件”; a title may end so too (“招标文件”), hence the second look."""
    found = _LETTERHEAD.fullmatch(lines[index].compact)
    if found is None or lines[index].is_title_style or "关于" in found["issuer"]:
        return False
    below = [line.compact for line in lines[index + 1 :] if line.compact][:3]
    return bool(_ORGAN_END.search(found["issuer"])) or any(
        _NUMBER.fullmatch(text) for text in below
    )


def _number_line(lines: Sequence[Line], form: OfficialForm) -> int | None:
    """The line of the document number if it stands above the title."""
    for index, line in enumerate(lines[:20]):
        if found := _NUMBER.fullmatch(line.compact):
            _take_number(found, index, form)
            return index
        if _order_number(lines, index, form):
            return index + 1
        if line.compact.endswith(":") or _SENTENCE_SIGNS.search(line.text):
            return None
        if _GENRE_END.search(line.compact):
            return None
    return None


def _order_number(lines: Sequence[Line], index: int, form: OfficialForm) -> bool:
    """“××令” with “第12号” below it, the number of an order."""
    if index + 1 >= len(lines) or not lines[index].compact.endswith("令"):
        return False
    found = _ORDER_NUMBER.fullmatch(lines[index + 1].compact)
    if found is None:
        return False
    form.doc_no = lines[index].compact + found["number"]
    form.issuer = lines[index].compact[:-1]
    form.used |= {index, index + 1}
    return True


def _take_number(found: re.Match[str], index: int, form: OfficialForm) -> None:
    year = found["year"].translate(_CHINESE_YEAR)
    form.doc_no = f"{found['mark']}〔{year}〕{found['number']}号"
    form.used.add(index)
    if found["issuer"]:
        form.issuer = found["issuer"]


def _take_letterhead(lines: Sequence[Line], index: int, form: OfficialForm) -> None:
    last = _LETTERHEAD.fullmatch(lines[index].compact)
    if last is None:
        return
    organs = [last["issuer"]]
    form.used.add(index)
    for above in range(index - 1, -1, -1):
        if not lines[above].compact:
            continue
        if not _is_organ(lines[above]):
            break
        organs.insert(0, lines[above].compact)
        form.used.add(above)
    form.issuer = "、".join(organs)


def _take_organs_above(lines: Sequence[Line], index: int, form: OfficialForm) -> None:
    """The letterhead of a letter (函): the organ's name alone above the number."""
    organs = [
        at
        for at in range(index)
        if _is_organ(lines[at]) and not _GENRE_END.search(lines[at].compact)
    ]
    only_head = all(
        at in organs
        or at in form.used
        or not lines[at].compact
        or _HEAD_MATTER.fullmatch(lines[at].compact)
        for at in range(index)
    )
    if organs and only_head and not form.issuer:
        form.issuer = "、".join(lines[at].compact for at in organs)
        form.used |= set(organs)


def _drop_rules(lines: Sequence[Line], head_end: int, form: OfficialForm) -> None:
    """The red line under the letterhead, where it was typed."""
    for index, line in enumerate(lines[: head_end + 3]):
        if _RULE.fullmatch(line.compact):
            form.used.add(index)


def _is_organ(line: Line) -> bool:
    text = line.compact
    return 3 <= len(text) <= 40 and bool(_ORGAN_END.search(text)) and not line.is_table


def _read_title(lines: Sequence[Line], start: int, form: OfficialForm) -> int:
    """Sets the title; returns the line after it."""
    taken = _styled_title(lines, start) or _title_by_shape(lines, start)
    if not taken:
        return start
    form.title = _one_line([lines[index].text for index in taken])
    form.used |= set(taken)
    return taken[-1] + 1


def _styled_title(lines: Sequence[Line], start: int) -> list[int]:
    taken: list[int] = []
    for index in range(start, min(len(lines), start + _HEAD_LINES)):
        if lines[index].is_title_style and lines[index].compact:
            taken.append(index)
        elif taken and lines[index].compact:
            break
    return taken


def _title_by_shape(lines: Sequence[Line], start: int) -> list[int]:
    taken: list[int] = []
    for index in range(start, min(len(lines), start + _HEAD_LINES)):
        line = lines[index]
        if not line.compact:
            if taken and _is_complete(lines, taken):
                break
            continue
        if not taken and _HEAD_MATTER.fullmatch(line.compact):
            continue
        if len(taken) == _TITLE_LINES or not _may_be_title(lines, taken, line):
            break
        taken.append(index)
    return _accepted(lines, taken)


def _may_be_title(lines: Sequence[Line], taken: list[int], line: Line) -> bool:
    text = line.compact
    if line.is_table or text.endswith(":") or _SENTENCE_SIGNS.search(text):
        return False
    if len(text) > _TITLE_LENGTH or _SECTION.match(text) or _is_date_line(text):
        return False
    if not taken:
        return True
    if not _alike(lines[taken[-1]], line):
        return False
    if not _is_complete(lines, taken):
        return True
    # “……管理办法” / “修订工作的通知”: a complete look may be half a title.
    return line.stands_out and not _is_organ(line)


def _is_date_line(text: str) -> bool:
    inner = text.strip("（）()")
    return parse_date(inner) is not None or bool(
        re.match(r"[（(][0-9〇○零一二三四五六七八九]{4}年", text)
    )


def _alike(above: Line, line: Line) -> bool:
    return above.stands_out == line.stands_out and (
        above.size == line.size or above.size is None or line.size is None
    )


def _is_complete(lines: Sequence[Line], taken: list[int]) -> bool:
    whole = "".join(lines[index].compact for index in taken)
    return bool(_GENRE_END.search(whole))


def _accepted(lines: Sequence[Line], taken: list[int]) -> list[int]:
    if not taken or _is_complete(lines, taken):
        return taken
    first = lines[taken[0]]
    if first.stands_out or (first.is_bold and lines[taken[-1]].is_bold):
        return taken
    return taken[:1] if len(first.compact) <= 60 else []


def _one_line(parts: Sequence[str]) -> str:
    """One line; a space stays only between two words in Latin letters."""
    whole = " ".join(" ".join(parts).split())
    return re.sub(r"(?<![A-Za-z0-9,.]) | (?![A-Za-z0-9])", "", whole)


def _read_number_below_title(
    lines: Sequence[Line], start: int, form: OfficialForm
) -> None:
    near = [index for index in range(start, len(lines)) if lines[index].compact][:3]
    for index in near:
        text = lines[index].compact
        if found := _NUMBER.fullmatch(text):
            _take_number(found, index, form)
            return
        if found := _ORDER_NUMBER.fullmatch(text):
            form.doc_no = found["number"]
            form.used.add(index)
            return


def _read_signature(lines: Sequence[Line], start: int, form: OfficialForm) -> None:
    """The date of making, and the signing organs where there was no letterhead."""
    dated = [index for index in range(start, len(lines)) if _dated(lines[index])]
    signed = [index for index in dated if _signers(lines, index, start)]
    chosen = signed[0] if signed else dated[0] if dated else None
    if chosen is None:
        form.made_on = _date_under_title(lines, start)
        return
    if at_end := _dated(lines[chosen]):
        form.made_on = at_end[1]
    if not form.issuer:
        form.issuer = "、".join(_signers(lines, chosen, start))


def _dated(line: Line) -> tuple[str, date] | None:
    """A line that is a date, or an organ and a date."""
    if line.is_table or len(line.compact) > 60:
        return None
    found = date_at_end(line.text)
    if found is None:
        return None
    return found if not found[0] or _ORGAN_END.search(found[0]) else None


def _signers(lines: Sequence[Line], index: int, start: int) -> list[str]:
    dated = _dated(lines[index])
    if dated and dated[0]:
        return [dated[0]]
    organs: list[str] = []
    for above in range(index - 1, start - 1, -1):
        if not lines[above].compact:
            continue
        names = lines[above].text.split()
        if not _is_organ(lines[above]) or _SENTENCE_SIGNS.search(lines[above].text):
            break
        each = len(names) > 1 and all(_is_organ(Line(name)) for name in names)
        organs[:0] = names if each else [lines[above].compact]
    return organs


def _date_under_title(lines: Sequence[Line], start: int) -> date | None:
    """“（2026年11月16日县政府常务会议通过）”, for want of a signature."""
    for line in [line for line in lines[start:] if line.compact][:2]:
        found = re.match(r"[（(]([^日]{8,14}日)", line.compact)
        if found:
            return parse_date(found[1])
    return None


def _read_attribute(lines: Sequence[Line], form: OfficialForm) -> None:
    for line in reversed(lines):
        found = _ATTRIBUTE.search(line.compact) or _ATTRIBUTE_LABEL.search(line.compact)
        if found:
            form.attribute_note = found[1]
            return
