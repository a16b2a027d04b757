"""Numbers in a view: their value, how exact, their unit, and what they are not.

321, 1,036, 17.6万, 三百二十一, 两 ... Times, ordinals, document numbers and the like
are found too, so that they are not taken for figures: only a number of kind "figure"
may become a claim.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

Kind = Literal["figure", "percent", "year", "time", "ordinal", "code", "range", "list"]

_CN_DIGITS = {char: n for n, char in enumerate("〇一二三四五六七八九")}
_CN_DIGITS |= {"零": 0, "两": 2}
_CN_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10_000, "亿": 100_000_000}
_CN = "〇零一二两三四五六七八九十百千"

# Units that a figure of a report may have, and the base unit that each counts as.
UNITS = {
    "人次": "人次",
    "人(次)": "人次",
    "件(次)": "件",
    "件次": "件",
    "条(次)": "条",
    "条次": "条",
    "次(场)": "次",
    "场(次)": "场",
    "场次": "场",
    "期(次)": "期",
    "份(件)": "件",
    "班次": "次",
    "条": "条",
    "件": "件",
    "次": "次",
    "篇": "篇",
    "个": "个",
    "人": "人",
    "元": "元",
    "份": "份",
    "期": "期",
    "场": "场",
    "宗": "件",
    "起": "件",
    "例": "件",
    "项": "件",
    "名": "人",
    "位": "人",
    "回": "次",
    "批": "次",
    "则": "条",
    "处": "个",
    "家": "个",
    "班": "期",
    "部": "个",
    "册": "份",
    "本": "份",
    "幅": "个",
    "张": "个",
    "户": "户",
    "类": "类",
    "次数": "次",
}
# A unit's sign is no unit where it begins one of these words.
_NOT_UNIT = {
    "条": "例款",
    "件": "套",
    "人": "大民事社员力口才文均类们",
    "份": "额",
    "起": "步诉施",
    "次": "日年月于性要",
    "期": "间限",
    "个": "",
    "名": "单称录",
    "项": "目目",
    "部": "门署",
    "本": "级局机委年办",
    "处": "理罚长室",
    "家": "庭长",
    "回": "应复答访",
    "位": "于",
    "类": "别",
    "场": "所",
    "例": "如",
    "张": "贴",
    "批": "准复次示",
    "班": "子",
    "户": "籍",
    "则": "",
    "元": "旦素",
}
_TIMES = (
    r"个?(?:多)?(?:工作日|自然日|月|小时|钟头|星期|周|季度|年头)"
    r"|年|月|日(?!常)|天|时(?!效|间)|点(?!击)|分钟|周|岁|季度|届|世纪|度"
)
# 1.2018年: the number of a list, before a year.
_DIGITS = (
    r"\d{1,2}(?=\.(?:19|20)\d\d年)|\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?"
)
_LONGEST_CN = 16
_ROUND = "多达|大约|将近|接近|超过|高达|近|约|逾|超|突破"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    units = "|".join(
        re.escape(unit) + (f"(?![{_NOT_UNIT[unit]}])" if _NOT_UNIT.get(unit) else "")
        for unit in sorted(UNITS, key=len, reverse=True)
    )
    return re.compile(
        rf"(?P<round>{_ROUND})?(?P<sign>(?<![\d\-+A-Za-z./])[+-](?=\d))?"
        rf"(?:(?P<digits>{_DIGITS})|(?P<cn>[{_CN}]+(?:万[{_CN}]*)?))"
        r"(?P<more>余|多(?!样|元|种|媒|次|渠|方|层|部|角)|几|来(?=[万个条件次人]))?"
        r"(?P<scale>万|亿|千|百(?!分))?"
        r"(?P<more2>余|多(?=[条件次人篇元场期份]))?"
        rf"(?:(?P<percent>%|‰|个百分点)|(?P<time>{_TIMES})|(?P<code>号|#|版|层|楼|室|栋)"
        rf"|(?P<unit>(?:人民币)?(?:{units})))?"
        r"(?P<after>(?:以上|以内|左右|上下|之多))?"
    )


@dataclass(frozen=True)
class Number:
    """``[start, end)`` is the number in the view, ``unit_end`` the end of its unit.

    ``unit`` is as printed, "" where there is none; ``value`` is in base units, so that
    17.6万 is 176000.
    """

    value: Decimal
    exact: bool
    start: int
    end: int
    unit: str
    unit_end: int
    kind: Kind
    chinese: bool = False

    @property
    def base_unit(self) -> str:
        return UNITS.get(self.unit, "")


def find_numbers(text: str) -> list[Number]:
    """The numbers of a view's text in order."""
    found = [
        number for match in _pattern().finditer(text) if (number := _number(match))
    ]
    return _without_ranges(text, found)


def chinese_value(word: str) -> Decimal | None:
    """321 of 三百二十一, 2018 of 二〇一八; None for what is no number: 百千."""
    if len(word) > _LONGEST_CN:
        return None
    if "万" in word:
        high, low = word.split("万", 1)
        above = chinese_value(high) if high else None
        below = chinese_value(low.lstrip("零〇")) if low.strip("零〇") else Decimal(0)
        if above is None or below is None or below >= _SCALES["万"]:
            return None
        return above * _SCALES["万"] + below
    if not any(char in _CN_TENS for char in word):
        return Decimal("".join(str(_CN_DIGITS[char]) for char in word))
    return _with_tens(word)


def _with_tens(word: str) -> Decimal | None:
    total, digit, last = 0, None, 10_000
    for char in word:
        if char in _CN_DIGITS:
            if digit:
                return None
            digit = _CN_DIGITS[char]
            continue
        size = _CN_TENS[char]
        if size >= last or (digit is None and size != 10):
            return None
        total += size * (1 if digit is None else digit)
        digit, last = None, size
    if digit and last > 10 and not re.search("[零〇].$", word):
        digit *= last // 10  # 三百二 is 320.
    return Decimal(total + (digit or 0))


def _number(match: re.Match[str]) -> Number | None:
    chinese = match["cn"] is not None
    value = _value(match)
    kind = _kind(match)
    is_counted = match["unit"] or kind == "percent"
    if value is None or (chinese and not is_counted):
        # 一是, 三公, 两会: a Chinese numeral without a unit counts nothing, but a
        # nought may (为零).
        if match["cn"] != "零" or not re.match(
            "[,。;)]|$", match.string[match.end() :]
        ):
            return None
        value = Decimal(0)
    if chinese and match["cn"] == "零" and match["unit"] is None and kind == "figure":
        kind = "figure"
    inexact = match["round"] or match["more"] or match["more2"] or match["after"]
    unit_end = match.end("unit") if match["unit"] else match.end()
    if match["unit"] is None and match["after"]:
        unit_end = match.start("after")
    end = match.end("more2") if match["more2"] else -1
    end = max(
        end, match.end("scale"), match.end("more"), match.end("digits"), match.end("cn")
    )
    start = match.start("sign") if match["sign"] else -1
    if start < 0:
        start = match.start("digits") if match["digits"] else match.start("cn")
    unit = (match["unit"] or "").removeprefix("人民币")
    return Number(value, not inexact, start, end, unit, unit_end, kind, chinese)


def _value(match: re.Match[str]) -> Decimal | None:
    if match["digits"]:
        if len(match["digits"]) > 15:
            return None
        value: Decimal | None = Decimal(match["digits"].replace(",", ""))
    else:
        value = chinese_value(match["cn"])
    if value is None:
        return None
    sizes = _SCALES | _CN_TENS
    value *= sizes[match["scale"]] if match["scale"] else 1
    value = -value if match["sign"] == "-" else value
    return Decimal(int(value)) if value == value.to_integral_value() else value


_LIST_BEFORE = re.compile(r"(?:^|[。;:\n])\(?$")
_CODE_BEFORE = re.compile(
    r"(?:电话|传真|邮编|邮政编码|号码|热线|QQ|地址|编号|账号|代码|邮箱|网址|字第|号牌"
    r"|[A-Za-z_@/=.])[:为是]?\(?[\d\-–、,]*$"
)


_ORDINAL = re.compile(rf"第[\d{_CN}、,和至到-]*$")


def _kind(match: re.Match[str]) -> Kind:
    text, start, end = match.string, match.start(), match.end()
    before, after = text[max(0, start - 14) : start], text[end : end + 8]
    if match["percent"] or before.endswith("百分之"):
        return "percent"
    if before.endswith(("第", "〔", "[", "之")) or re.search(
        r"第[\d、,和至到-]*$", before
    ):
        return "ordinal"
    if match["code"] or re.match(r"[A-Za-z_@]|-\d|\.[A-Za-z\d]|[〕\]]|/\d", after):
        return "code"
    if match["time"]:
        return _time_kind(match)
    if match["digits"] and not match["unit"]:
        if after[:1] in {"、", ".", ")"} and _LIST_BEFORE.search(before):
            return "list"
        if _CODE_BEFORE.search(before) or len(match["digits"]) > 9:
            return "code"
        if re.match("[+＋]", after):
            return "code"
    return "figure"


def _time_kind(match: re.Match[str]) -> Kind:
    digits = match["digits"] or ""
    is_year = match["time"] == "年" and re.fullmatch(r"(?:19|20)\d\d", digits)
    return "year" if is_year else "time"


_TO = re.compile(r"(?:-|~|—|至|到)+")


def _without_ranges(text: str, numbers: list[Number]) -> list[Number]:
    """Both ends of 3至5次 are marked: they give no one value."""
    ends = {
        index
        for index in range(len(numbers) - 1)
        if _TO.fullmatch(text[numbers[index].unit_end : numbers[index + 1].start])
        and numbers[index + 1].kind == "figure"
    }
    spans = ends | {index + 1 for index in ends}
    return [
        _as_range(number) if index in spans and number.kind == "figure" else number
        for index, number in enumerate(numbers)
    ]


def _as_range(number: Number) -> Number:
    return Number(
        number.value,
        False,
        number.start,
        number.end,
        number.unit,
        number.unit_end,
        "range",
        number.chinese,
    )


def years_in(text: str) -> Iterator[int]:
    """The years named in a text: 2017年, 2017年度, 二〇一七年."""
    for match in re.finditer(r"(?<!\d)((?:19|20)\d\d)(?=年|-20\d\d年)", text):
        yield int(match[1])
    for match in re.finditer(
        r"二[〇零O][〇零一二][〇零一二三四五六七八九](?=年)", text
    ):
        value = chinese_value(match[0].replace("O", "〇"))
        if value:
            yield int(value)
