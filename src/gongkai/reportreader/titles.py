"""Finding the report's title, and what it says of name and year."""

import re
from dataclasses import dataclass

from gongkai.reportreader.dates import YEAR_WORDS, year_of
from gongkai.reportreader.lines import Line, Page
from gongkai.reportreader.metadata import (
    HEAD_LINES,
    Value,
    is_clutter,
    is_metadata,
)
from gongkai.reportreader.names import ADDRESS, is_organ

LONGEST = 120
# 政府信息公开工作年度报告, 政务公开工作总结, 信息公开2010年度工作报告 ...
_KIND = re.compile(
    r"(?P<what>(?:政府|政务|部门)?(?:信息与政务公开|信息公开|政务公开))"
    r"(?P<between>[^。;《》|]{0,24}?)(?P<kind>年度?报告|报告|年报|总结)"
)
_PLAIN_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_NO_TITLE = re.compile(
    r"[一二三四五六七八九十]+[、. ]|\([一二三四五六七八九十]|\d+[、.]"
    r"|根据|按照|依据|为了?|现将|现就|兹将|本报告|本年度报告|本年报|附件|全文|各|第"
    r"|.*(?:通知|方案|办法|要求|编制本|如下|以下简称|下载|[。;!?>]|首页|/.*/)"
    r"|.*[,:]$"
)
_NOISE = re.compile(
    r"^(?:关于(?:印发|公布|发布)?|公布|发布)|(?:关于|的|工作|本级|\(.*?\))$"
)
_EDGES = " -_|·,:、《》“”\"'"


@dataclass(frozen=True)
class Title:
    """``text`` as printed, blanks taken out; it stands at ``[start, end)``."""

    text: str
    folded: str
    start: int
    end: int


def find_title(page: Page, metadata: tuple[Value, ...]) -> Title | None:
    """The labelled title, else the best line of the page's head."""
    for value in metadata:
        if value.field == "title" and _KIND.search(value.text):
            return _title(page, value.start, value.end)
    head = range(min(HEAD_LINES, len(page.lines)))
    found = [index for index in head if is_title_line(page.lines[index])]
    if not found:
        return None
    # A page often prints a bare 政府信息公开年报 as a button before the title.
    return _joined(page, max(found, key=lambda n: (_fullness(page.lines[n]), -n)))


def is_title_line(line: Line) -> bool:
    if len(line.text) > LONGEST or is_metadata(line) or is_clutter(line):
        return False
    named = _KIND.search(line.text)
    return bool(named) and not _NO_TITLE.match(ADDRESS.sub("", line.text))


def _fullness(line: Line) -> int:
    return 2 * (year_in(line.text) is not None) + bool(name_in(line.text))


def _title(page: Page, start: int, end: int) -> Title:
    printed = page.source.text[start:end]
    return Title(_closed_up(printed), page.source.folded[start:end], start, end)


def _joined(page: Page, index: int) -> Title:
    """The title with the lines before it that belong to it: name, year."""
    first, last = index, index
    while first and not _is_complete(page, first, last) and _is_part(page, first - 1):
        first -= 1
    if year_in(_between(page, first, last)) is None and _is_year_only(page, last + 1):
        last += 1
    return _title(page, page.lines[first].start, page.lines[last].end)


def _between(page: Page, first: int, last: int) -> str:
    return page.source.folded[page.lines[first].start : page.lines[last].end]


def _is_complete(page: Page, first: int, last: int) -> bool:
    text = _between(page, first, last)
    return last - first >= 2 or (bool(name_in(text)) and year_in(text) is not None)


def _is_part(page: Page, index: int) -> bool:
    text = page.lines[index].text.replace(" ", "")
    if len(text) > 40 or is_metadata(page.lines[index]):
        return False
    rest = _NOISE.sub("", YEAR_WORDS.sub("", text))
    return not rest or is_organ(rest) or bool(ADDRESS.fullmatch(rest))


def _is_year_only(page: Page, index: int) -> bool:
    if index >= len(page.lines):
        return False
    return bool(re.fullmatch(r"\(? ?20\d\d ?年?度? ?\)?", page.lines[index].text))


def _closed_up(text: str) -> str:
    """Without line ends, without blanks beside a Chinese character."""
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r"(?<=[^\x21-\x7e]) | (?=[^\x21-\x7e])", "", text)


def year_in(folded: str) -> int | None:
    """The first year in a title, digits of an address aside."""
    text = ADDRESS.sub("", _closed_up(folded))
    worded = YEAR_WORDS.search(text)
    if worded:
        return year_of(worded["year"])
    plain = _PLAIN_YEAR.search(text)
    return int(plain[1]) if plain else None


def name_in(folded: str) -> str:
    """What stands in the title where the organ's name belongs, an address included."""
    text = _closed_up(folded)
    kind = _KIND.search(text)
    if not kind:
        return ""
    what = kind["what"]
    before = text[: kind.start()]
    if what.startswith("政府") and before.endswith("人民"):
        before += "政府"
    name = _cleaned(before)
    return name or _cleaned(_in_brackets(text[kind.end() :]))


def _in_brackets(text: str) -> str:
    inside = re.search(r"[(〔]([^()〔〕]{2,60})[)〕]", text)
    return inside[1] if inside else ""


def _cleaned(text: str) -> str:
    address = ADDRESS.search(text)
    rest = ADDRESS.sub("", text)
    rest = _PLAIN_YEAR.sub("", YEAR_WORDS.sub("", rest)).strip(_EDGES)
    while (shorter := _NOISE.sub("", rest).strip(_EDGES)) != rest:
        rest = shorter
    # 某某市2018年市政府信息公开: the level is said twice once the year is out.
    rest = re.sub(r"([省市县区州旗])\1$", r"\1", rest)
    return rest or (address[0].strip() if address else "")
