"""Resident ID, mobile phone and bank card numbers in comparable text.

Every pattern steps over bounded stretches only, so that hostile text costs time in
proportion to its length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from stdnum import luhn
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from gongkai.items.inspection.hints import (
    HintCode,
    Severity,
    mask_card,
    mask_id,
    mask_phone,
)
from gongkai.items.inspection.normal import digits_only


@dataclass(frozen=True)
class Found:
    """A finding in comparable text; ``value`` is never shown nor kept."""

    code: HintCode
    severity: Severity
    start: int
    end: int
    value: str
    excerpt: str


def find_numbers(text: str) -> Iterator[Found]:
    identities = list(_resident_ids(text))
    yield from identities
    taken = [(found.start, found.end) for found in identities]
    for found in (*_old_ids(text), *_cards(text), *_phones(text)):
        if not _overlaps(found, taken):
            yield found


def _overlaps(found: Found, taken: list[tuple[int, int]]) -> bool:
    """Whether an ID number found before covers the place; ``taken`` is in order."""
    low, high = 0, len(taken)
    while low < high:
        middle = (low + high) // 2
        if taken[middle][1] <= found.start:
            low = middle + 1
        else:
            high = middle
    return low < len(taken) and taken[low][0] < found.end


# --- resident ID numbers, GB 11643 ---------------------------------------------------

_GAP = r"[ .\-\n]{0,4}+"
_ID_18 = re.compile(
    "(?=("
    + rf"[1-9]{_GAP}" + rf"[0-9]{_GAP}" * 5
    + rf"(?:1{_GAP}9|2{_GAP}0){_GAP}[0-9]{_GAP}[0-9]{_GAP}"
    + rf"[01]{_GAP}[0-9]{_GAP}[0-3]{_GAP}[0-9]{_GAP}"
    + rf"[0-9]{_GAP}" * 3
    + "[0-9X]))"
)  # fmt: skip
_CHECK_SIGNS = "0123456789X"
_PROVINCE_CODES = """
11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63
64 65 71 81 82 83
"""
_PROVINCES = frozenset(_PROVINCE_CODES.split())
_ID_WORDS = re.compile(r"身份证|公民身份|身份号码|证件号码?")


def _resident_ids(text: str) -> Iterator[Found]:
    taken_until = 0
    for found in _ID_18.finditer(text):
        start, end = found.span(1)
        if start < taken_until:
            continue
        spelled = found[1]
        number = spelled if len(spelled) == 18 else digits_only(spelled)
        stands_alone = not _touches_digit(text, start, end)
        if len(number) < end - start and not stands_alone:
            continue  # pieced together from parts of other numbers
        code = _judge_id(number, stands_alone, text, start)
        if code is None:
            continue
        taken_until = end
        is_wrong = code is HintCode.RESIDENT_ID_WRONG
        severity = Severity.NOTE if is_wrong else Severity.SERIOUS
        yield Found(code, severity, start, end, number, mask_id(number))


def _judge_id(
    number: str, stands_alone: bool, text: str, start: int
) -> HintCode | None:
    if not _is_day(number[6:14]):
        return None
    if not _has_right_check_sign(number):
        # A mistyped number still tells who is meant.
        named = stands_alone and _ID_WORDS.search(text, max(0, start - 16), start)
        return HintCode.RESIDENT_ID_WRONG if named else None
    if _is_known_place(number[:6], number[6:10]):
        return HintCode.RESIDENT_ID
    # New counties come faster than tables; foreigners' permits begin with 9.
    is_plausible = number[:2] in _PROVINCES or number[0] == "9"
    return HintCode.RESIDENT_ID if stands_alone and is_plausible else None


def _has_right_check_sign(number: str) -> bool:
    # The weights are powers of 2 modulo 11, as are those of 13: read it to that base.
    return _CHECK_SIGNS[(1 - 2 * int(number[:17], 13)) % 11] == number[17]


@lru_cache(maxsize=8192)
def _is_known_place(place: str, year: str) -> bool:
    try:
        ric.get_birth_place(f"{place}{year}01010000")
    except (ValidationError, KeyError):  # KeyError: a province without that county
        return False
    return True


def _is_day(text: str) -> bool:
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return False
    return True


def _touches_digit(text: str, start: int, end: int) -> bool:
    before = start > 0 and text[start - 1].isdigit()
    return before or (end < len(text) and text[end].isdigit())


_ID_15 = re.compile(
    r"(?<![0-9A-Za-z.])([1-6][0-9]{5}[ \-]?[0-9]{2}[01][0-9][0-3][0-9][ \-]?[0-9]{3})"
    r"(?![0-9A-Za-z])"
)


def _old_ids(text: str) -> Iterator[Found]:
    """15 digits, issued until 1999, without a check sign: a note only."""
    for found in _ID_15.finditer(text):
        number = digits_only(found[1])
        year = f"19{number[6:8]}"
        if (
            _is_day(year + number[8:12])
            and _is_known_place(number[:6], year)
            and not _is_reference(text, *found.span(1))
        ):
            yield Found(
                HintCode.RESIDENT_ID_OLD,
                Severity.NOTE,
                *found.span(1),
                number,
                mask_id(number),
            )


# --- what a number's surroundings tell -----------------------------------------------

_REFERENCE_LABEL = re.compile(
    r"(?:编号|流水号|订单号|合同号|案号|文号|索引号|单号|证书号|许可证号|备案号|登记号|"
    r"条形码|条码|代码|编码|序列号|批号|项目号|标识码|识别号|网址|ISBN|ISSN|No\.?|NO\.?)"
    r"[ ]?(?:为|是)?[:：]?[ ]?$"
)
_PHONE_LABEL = re.compile(
    r"(?<![A-Za-z0-9])(?:tel|phone|mobile|mob|cell|wx|vx|wechat|qq|t|m|v)[.:： ]{0,2}$",
    re.IGNORECASE,
)
_UNIT_AFTER = re.compile(
    r"\.[0-9]{1,6}(?![0-9])|[ ]?[万亿]?"
    r"(?:元|吨|公斤|千克|立方|平方|人次|千瓦|公里)|[%％‰]|[万亿](?=[人户亩件])"
)
_YEAR_AFTER = re.compile(r"[/\-](?:19|20)[0-9]{2}(?![0-9])")
_MONEY_BEFORE = re.compile(r"[¥￥$€£][ ]?$|(?<![0-9])[0-9]{1,3}\.$")
_CODE_BEFORE = re.compile(r"[A-Za-z0-9][\-/]$|[A-Za-z]$|[第〔][ ]?$")
_LANDLINE_BEFORE = re.compile(r"(?<![0-9])(?:0[0-9]{2,3}-?)?[0-9]{7,8}[/\-]$")


_PHONE_AND_SLASH = re.compile(
    r"(?<![0-9])1[3-9][0-9][ .\-]?[0-9]{4}[ .\-]?[0-9]{4}[/\-]$"
)


def _is_reference(text: str, start: int, end: int) -> bool:
    """Part of a document, index or order number, or an amount."""
    before = text[max(0, start - 24) : start]
    after = text[end : end + 8]
    if _REFERENCE_LABEL.search(before) or _MONEY_BEFORE.search(before):
        return True
    if _UNIT_AFTER.match(after) or _YEAR_AFTER.match(after):
        return True
    return after[:1].isascii() and after[:1].isalpha()


def _is_in_code(text: str, start: int) -> bool:
    before = text[max(0, start - 24) : start]
    if not _CODE_BEFORE.search(before) or _PHONE_LABEL.search(before):
        return False
    if before.endswith(("86-", "86/")) or _LANDLINE_BEFORE.search(before):
        return False
    return not _PHONE_AND_SLASH.search(before)


_FIGURE_BEFORE = re.compile(
    r"((?:(?<![0-9])[0-9]{1,8}(?:\.[0-9]{1,4})?[ \n]{1,4}){2})$"
)
_FIGURE_AFTER = re.compile(
    r"(?:[ \n]{1,4}[0-9]{1,8}(?:\.[0-9]{1,4})?(?![0-9.年月日号])){2}"
)
_PHONE_AFTER = re.compile(r"[ \n]{1,4}1[3-9][0-9][ \-.][0-9]{4}[ \-.][0-9]{4}(?![0-9])")
_PHONE_BEFORE = re.compile(
    r"(?<![0-9])1[3-9][0-9][ \-.][0-9]{4}[ \-.][0-9]{4}[ \n]{1,4}$"
)


def _is_row_of_figures(text: str, start: int, end: int) -> bool:
    """Whether spaced groups are rather cells of a table that lost its lines."""
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    left = _FIGURE_BEFORE.search(before) and not _PHONE_BEFORE.search(before)
    right = _FIGURE_AFTER.match(after) and not _PHONE_AFTER.match(after)
    return bool(left or right)


# --- mobile phone numbers ------------------------------------------------------------

_PHONE = re.compile(r"(?<![0-9])(?:(?:00)?86[ \-]?|0)?(1[3-9][0-9]{9})(?![0-9])")
_PHONE_GROUPS = (
    re.compile(
        r"(?<![0-9])(?:(?:00)?86[ \-.]{0,2})?"
        r"(1[3-9][0-9]([ .\-]{1,3}|[ ]?\n[ ]?)[0-9]{4}\2[0-9]{4})(?![0-9])"
    ),
    re.compile(
        r"(?<![0-9])(?:(?:00)?86[ \-.]{0,2})?"
        r"(1[3-9][0-9]{5}[ \-]{1,3}[0-9]{4}|1[3-9][0-9][ \-]{1,3}[0-9]{8})"
        r"(?![0-9])"
    ),
    re.compile(r"(?<![0-9])(1([ .\-]{1,2})[3-9](?:\2[0-9]){9})(?![ .\-]{0,2}[0-9])"),
)
_TWO_LINES = re.compile(
    r"(?<![^\n\x1d])[ ]?([0-9]{1,18})[ ]?\n[ ]?([0-9]{1,18})[ ]?(?![^\n\x1d])"
)
_DIGIT_LINE_BEFORE = re.compile(r"[0-9][ ]?\n[ ]?$")
_DIGIT_LINE_AFTER = re.compile(r"[ ]?\n[ ]?[0-9]")


def _phones(text: str) -> Iterator[Found]:
    for found in _PHONE.finditer(text):
        start, end = found.span(1)
        if not _is_reference(text, start, end) and not _is_in_code(text, found.start()):
            yield _phone(found[1], start, end)
    for pattern in _PHONE_GROUPS:
        for found in pattern.finditer(text):
            start, end = found.span(1)
            if not _is_unlikely_phone(text, found[1], start, end):
                yield _phone(digits_only(found[1]), start, end)
    for number, start, end in _wrapped_numbers(text):
        if re.fullmatch(r"1[3-9][0-9]{9}", number):
            yield _phone(number, start, end)


def _is_unlikely_phone(text: str, spelled: str, start: int, end: int) -> bool:
    if _is_reference(text, start, end) or _is_in_code(text, start):
        return True
    groups = re.split(r"[ .\-\n]+", spelled)
    if len(groups) == 3 and all(_looks_like_year(group) for group in groups[1:]):
        return True
    is_spaced = " " in spelled or "\n" in spelled
    return is_spaced and _is_row_of_figures(text, start, end)


def _looks_like_year(text: str) -> bool:
    return text[:2] in {"19", "20"}


def _wrapped_numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """Numbers that a narrow cell broke over two lines, alone on both."""
    for found in _TWO_LINES.finditer(text):
        before = text[max(0, found.start(1) - 4) : found.start(1)]
        if _DIGIT_LINE_BEFORE.search(before):
            continue
        if _DIGIT_LINE_AFTER.match(text, found.end(2)):
            continue  # a column of figures
        yield found[1] + found[2], found.start(1), found.end(2)


def _phone(number: str, start: int, end: int) -> Found:
    return Found(
        HintCode.MOBILE_PHONE,
        Severity.SERIOUS,
        start,
        end,
        number,
        mask_phone(number),
    )


# --- bank card numbers ---------------------------------------------------------------

_CARD = re.compile(r"(?<![0-9A-Za-z])([0-9]{16,19})(?![0-9A-Za-z])")
_CARD_GROUPS = (
    re.compile(
        r"(?<![0-9A-Za-z])"
        r"([0-9]{4}([ .\-]{1,3}|[ ]?\n[ ]?)[0-9]{4}\2[0-9]{4}\2[0-9]{4}"
        r"(?:\2[0-9]{1,3})?)"
        r"(?![0-9A-Za-z])"
    ),
    re.compile(
        r"(?<![0-9A-Za-z])"
        r"([0-9]{6}[ \-]{1,3}[0-9]{10,13}|[0-9]{8}[ \-]{1,3}[0-9]{8,11})"
        r"(?![0-9A-Za-z])"
    ),
    re.compile(
        r"(?<![0-9])([0-9]([ .\-]{1,2})(?:[0-9]\2){14,17}[0-9])(?![ .\-]{0,2}[0-9])"
    ),
)
_LINKED = re.compile(r"[0-9A-Za-z][\-./]$")
_LINKED_AFTER = re.compile(r"[\-./][0-9A-Za-z]")
# Issuer prefixes with the lengths they are used with: UnionPay, older domestic ones,
# and the international schemes that domestic banks issue.
_CARD_PREFIXES = (
    (re.compile(r"62|955[0-9]|6013|6014|6029|6033|6052|6858|9400|9688|9843|9852|9988"),
     frozenset({16, 17, 18, 19})),
    (re.compile(r"43674|45635|4[0-9]"), frozenset({16, 19})),
    (re.compile(r"5[1-5]|2[2-7]|35(?:2[89]|[3-8])"), frozenset({16})),
)  # fmt: skip


def _cards(text: str) -> Iterator[Found]:
    for pattern in (_CARD, *_CARD_GROUPS):
        for found in pattern.finditer(text):
            start, end = found.span(1)
            number = digits_only(found[1])
            if _is_card(number) and not _is_unlikely_card(text, found[1], start, end):
                yield _card(number, start, end)
    for number, start, end in _wrapped_numbers(text):
        if _is_card(number):
            yield _card(number, start, end)


def _is_card(number: str) -> bool:
    has_prefix = any(
        len(number) in lengths and prefix.match(number)
        for prefix, lengths in _CARD_PREFIXES
    )
    return (
        has_prefix
        and len(set(number)) > 1
        and luhn.is_valid(number)
        and not (len(number) == 18 and uscc.is_valid(number))
    )


def _is_unlikely_card(text: str, spelled: str, start: int, end: int) -> bool:
    if _is_reference(text, start, end):
        return True
    before = text[max(0, start - 2) : start]
    if _LINKED.search(before) or _LINKED_AFTER.match(text, end):
        return True
    is_spaced = " " in spelled or "\n" in spelled
    return is_spaced and _is_row_of_figures(text, start, end)


def _card(number: str, start: int, end: int) -> Found:
    return Found(
        HintCode.BANK_CARD, Severity.SERIOUS, start, end, number, mask_card(number)
    )
