"""Hints on text: a whole text, pieces with places, or a file name."""

import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from gongkai.items.inspection.hints import (
    Hint,
    HintCode,
    Severity,
    Source,
    fingerprint,
)
from gongkai.items.inspection.marks import find_marks, find_marks_in_name
from gongkai.items.inspection.normal import HARD_BREAK, Normal
from gongkai.items.inspection.numbers import Found, find_numbers
from gongkai.items.reading.pieces import Piece

MOST_OF_A_KIND = 50
"""Hints of one kind in one text; what is beyond is summed up in one more."""

_MESSAGES = {
    HintCode.RESIDENT_ID: "疑似居民身份证号码。"
    "公开前请删除或遮盖，如 35*************123。",
    HintCode.RESIDENT_ID_OLD: "像是 15 位旧身份证号码。请核实，如是请删除或遮盖。",
    HintCode.RESIDENT_ID_WRONG: "像是身份证号码，但校验位不对，可能是输入有误。"
    "请核实，如是请删除或遮盖。",
    HintCode.MOBILE_PHONE: "疑似个人手机号码。"
    "请删除或遮盖（如 138****1234），或改为单位办公电话。",
    HintCode.BANK_CARD: "疑似银行卡号。公开前请删除或遮盖。",
    HintCode.SECRECY_MARK: "出现密级标志。涉密信息不得存入本系统，更不得公开。"
    "请立即停止操作，报告保密工作机构核实。",
    HintCode.INTERNAL_MARK: "出现内部资料或工作秘密字样。请核实能否公开，"
    "不能公开的请退回，能公开的请删去该字样。",
}


def inspect_text(
    text: str, where: str, *, key: bytes = b"", source: Source = Source.TEXT
) -> list[Hint]:
    """Hints on a text; ``where`` names it, the paragraph is added where it has many.

    A number may go over line breaks, as it does in a narrow table cell.
    """
    seen = Normal(text)
    place = _Lines(text, where)
    found = [*find_marks(seen.text), *find_numbers(seen.text)]
    return list(_hints(found, seen, place, key, source))


def inspect_pieces(pieces: Iterable[Piece], key: bytes, source: Source) -> list[Hint]:
    """Hints on text that was read piece by piece; no number goes across pieces."""
    listed = list(pieces)
    seen = Normal(HARD_BREAK.join(piece.text for piece in listed))
    place = _Places(listed)
    found = [*find_marks(seen.text), *find_numbers(seen.text)]
    return list(_hints(found, seen, place, key, source))


def inspect_file_name(name: str, *, key: bytes = b"") -> list[Hint]:
    seen = Normal(name)
    found = [*find_marks_in_name(seen.text), *find_numbers(seen.text)]
    where = f"文件名 {masked_file_name(name)}"
    return list(_hints(found, seen, lambda _: where, key, Source.FILE_NAME))


def masked_file_name(name: str) -> str:
    """The name as it may be shown: without the numbers that stand in it."""
    seen = Normal(name)
    found = list(find_numbers(seen.text))
    for one in sorted(found, key=lambda one: -one.start):
        start, end = seen.span(one.start, one.end)
        name = name[:start] + one.excerpt + name[end:]
    return name


class _Lines:
    """The line of an offset, counting lines that hold something."""

    def __init__(self, text: str, where: str) -> None:
        self._where = where
        self._starts: list[int] = []
        offset = 0
        for line in text.split("\n"):
            if line.strip():
                self._starts.append(offset)
            offset += len(line) + 1

    def __call__(self, offset: int) -> str:
        if len(self._starts) < 2:
            return self._where
        number = bisect.bisect_right(self._starts, offset)
        return f"{self._where} 第 {number} 段".strip()


class _Places:
    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._starts = [0]
        for piece in pieces[:-1]:
            self._starts.append(self._starts[-1] + len(piece.text) + 1)

    def __call__(self, offset: int) -> str:
        return self._pieces[bisect.bisect_right(self._starts, offset) - 1].where


@dataclass
class _Group:
    """All places of one value."""

    first: Found
    count: int = 1


def _hints(
    found: Iterable[Found],
    seen: Normal,
    place: Callable[[int], str],
    key: bytes,
    source: Source,
) -> Iterator[Hint]:
    """One hint for each value, at its first place, in order of code and place."""
    groups: dict[tuple[HintCode, str], _Group] = {}
    for one in found:
        group = groups.get((one.code, one.value))
        if group is None:
            groups[one.code, one.value] = _Group(one)
            continue
        group.count += 1
        if _goes_before(one, group.first):
            group.first = one
    by_code: dict[HintCode, list[_Group]] = {}
    for (code, _), group in groups.items():
        by_code.setdefault(code, []).append(group)
    for code, listed in by_code.items():
        listed.sort(key=lambda group: group.first.start)
        for group in listed[:MOST_OF_A_KIND]:
            yield _hint(group, seen, place, key, source)
        if rest := listed[MOST_OF_A_KIND:]:
            yield _rest(code, rest, seen, place, key, source)


def _goes_before(one: Found, other: Found) -> bool:
    if one.severity is not other.severity:
        return one.severity is Severity.SERIOUS
    return one.start < other.start


def _hint(
    group: _Group,
    seen: Normal,
    place: Callable[[int], str],
    key: bytes,
    source: Source,
) -> Hint:
    one = group.first
    start, end = seen.span(one.start, one.end)
    message = _MESSAGES[one.code]
    if group.count > 1:
        message += f"（同一内容共出现 {group.count} 次）"
    return Hint(
        one.code,
        one.severity,
        place(start),
        one.excerpt,
        message,
        fingerprint(key, one.code, source, one.value),
        start,
        end,
    )


def _rest(
    code: HintCode,
    groups: Sequence[_Group],
    seen: Normal,
    place: Callable[[int], str],
    key: bytes,
    source: Source,
) -> Hint:
    first = groups[0].first
    start, end = seen.span(first.start, first.end)
    values = "\x1e".join(sorted(group.first.value for group in groups))
    is_serious = any(group.first.severity is Severity.SERIOUS for group in groups)
    return Hint(
        code,
        Severity.SERIOUS if is_serious else Severity.NOTE,
        f"{place(start)} 起",
        first.excerpt,
        f"{_MESSAGES[code]}此处以后还有 {len(groups)} 个，未逐一列出。",
        fingerprint(key, code, source, values),
        start,
        end,
    )
