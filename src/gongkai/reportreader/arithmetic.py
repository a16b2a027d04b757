"""Sums that a sentence states itself: rates, growth, parts of a total."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.reportreader.findings import Finding, Maker, shown
from gongkai.reportreader.numbers import Number
from gongkai.reportreader.passages import Passage, Sentence
from gongkai.reportreader.quoting import Quote

_RATE = re.compile(
    r"(?P<what>办结|答复|回复|办复|满意|按时办结|按期办结)率[^,。;]{0,6}$"
)
_DONE = {
    "办结": "办结",
    "按时办结": "办结",
    "按期办结": "办结",
    "答复": "答复",
    "回复": "回复|答复",
    "办复": "办复|办结|答复",
    "满意": "满意",
}
_TAKEN = re.compile("受理|收到|接到|承办|共|接收|转办|交办|收集")
_PENDING = re.compile("结转|正在|未到期|撤|办理中|其余|剩余|尚|不予受理|年底")
_GROWN = re.compile(r"(?P<up>增长|增加|上升|提高|增幅)|(?P<down>下降|减少|降低|减幅)")
_BEFORE = re.compile(r"(?:上年|去年|上一年|20\d\d年)(?:度|同期)?(?:的|为|是)?$")
_CHANNEL = re.compile(
    "网站|微信|微博|公众号|公报|媒体|报纸|电视|平台|栏|渠道|新浪|腾讯|头条|抖音"
)
_CARRIED = re.compile("结转|转结|上年|去年|遗留")
_OPEN = re.compile(r"\([^()]*$")
# 不予公开7件(其中甲3件、乙4件): the parts of a part.
_INNER = re.compile(r"(?<=[条件次个份篇宗起])\([^()]*\)")
_OTHER = re.compile("办结|答复|回复|结转|此外|同时|另外|全年|总计|共计|已|累计")
_NEAR = 80
# A sentence with more numbers than this is a table that lost its form.
_MOST_NUMBERS = 60
_NESTED = re.compile("其中.*其中|同比|比上年|较上年|累计|(?<![(])含|包括")


@dataclass(frozen=True)
class Arithmetic:
    text: str
    maker: Maker

    def findings(self, passages: Sequence[Passage]) -> Iterator[Finding]:
        for passage in passages:
            if passage.is_heading or len(passage.numbers) < 2:
                continue
            for sentence in passage.sentences:
                numbers = _of_sentence(passage, sentence)
                if not 2 <= len(numbers) <= _MOST_NUMBERS:
                    continue
                yield from self._rates(passage, sentence, numbers)
                yield from self._growth(passage, sentence, numbers)
                yield from self._parts(passage, sentence, numbers)

    def _rates(
        self, passage: Passage, sentence: Sentence, numbers: list[Number]
    ) -> Iterator[Finding]:
        """2523 of 2670 is 94.49 %."""
        for index, rate in enumerate(numbers):
            if rate.kind != "percent" or index < 2:
                continue
            left = _left(passage, sentence, rate)
            named = _RATE.search(left)
            if not named or _PENDING.search(sentence.text):
                continue
            whole, part = numbers[index - 2], numbers[index - 1]
            if not self._are_part_and_whole(
                passage, sentence, whole, part, named["what"]
            ):
                continue
            if _agrees(part.value * 100 / whole.value, rate.value):
                continue
            calculated = round(part.value * 100 / whole.value, 2)
            message = (
                f"{named['what']}率写 {shown(rate.value)}%，按 {shown(part.value)}/"
                f"{shown(whole.value)} 计算应为 {calculated}%。"
            )
            yield self._finding("rate", message, passage, (whole, part, rate))

    def _are_part_and_whole(
        self,
        passage: Passage,
        sentence: Sentence,
        whole: Number,
        part: Number,
        what: str,
    ) -> bool:
        if not (whole.kind == part.kind == "figure" and whole.exact and part.exact):
            return False
        if whole.base_unit != part.base_unit or not 0 < part.value <= whole.value:
            return False
        of_part = _left(passage, sentence, part)[-14:]
        of_whole = _left(passage, sentence, whole)[-24:]
        return bool(re.search(_DONE[what], of_part) and _TAKEN.search(of_whole))

    def _growth(
        self, passage: Passage, sentence: Sentence, numbers: list[Number]
    ) -> Iterator[Finding]:
        """120条，比上年100条增长20%."""
        for now, before, change in zip(numbers, numbers[1:], numbers[2:], strict=False):
            if now.base_unit != before.base_unit or not (now.exact and before.exact):
                continue
            if now.kind != "figure" or before.kind != "figure" or not before.value:
                continue
            if not _BEFORE.search(_left(passage, sentence, before)):
                continue
            said = _GROWN.search(_left(passage, sentence, change)[-8:])
            if not said:
                continue
            grown = now.value - before.value
            told = -change.value if said["down"] else change.value
            if change.kind == "percent":
                right = grown * 100 / before.value
                if _agrees(right, told):
                    continue
                shown_right = f"{round(right, 2)}%"
            elif change.base_unit == now.base_unit and change.exact:
                if grown == told:
                    continue
                shown_right = shown(grown)
            else:
                continue
            message = (
                f"从 {shown(before.value)} 到 {shown(now.value)} "
                f"的变化应为 {shown_right}，"
                f"文中写 {shown(told)}{'%' if change.kind == 'percent' else ''}。"
            )
            yield self._finding("growth", message, passage, (now, before, change))

    def _parts(
        self, passage: Passage, sentence: Sentence, numbers: list[Number]
    ) -> Iterator[Finding]:
        """共2483条，其中甲319条、乙851条、丙2348条: parts greater than the whole."""
        cut = sentence.text.find("其中")
        if cut < 0 or _NESTED.search(sentence.text):
            return
        at = sentence.start + cut
        before = [
            n
            for n in numbers
            if passage.masked_at(n.start) < at
            and not _OPEN.search(_left(passage, sentence, n))
        ]
        parts = self._listed(passage, sentence, numbers, cut)
        if not before or len(parts) < 2:
            return
        total = before[-1]
        if _CARRIED.search(_left(passage, sentence, total)[-12:]):
            return  # What came in and what was carried in are the whole together.
        whole = (total, *parts)
        if any(n.kind != "figure" or not n.exact or not n.unit for n in whole):
            return
        if len({n.unit for n in whole}) > 1:
            return
        added = sum(n.value for n in parts)
        head = sentence.text[:cut]
        listed = sentence.text[cut:]
        # One item on two channels counts twice among them and once in the total.
        if _CHANNEL.search(listed) and not _counts_together(head):
            return
        if added <= total.value:
            return
        spelled = "+".join(shown(n.value) for n in parts)
        sums = f"{spelled}={shown(Decimal(added))}"
        message = f"分项之和 {sums}，大于总数 {shown(total.value)}。"
        yield self._finding("parts_total", message, passage, whole)

    def _listed(
        self, passage: Passage, sentence: Sentence, numbers: list[Number], cut: int
    ) -> list[Number]:
        """The parts behind 其中, up to what is told of the whole again."""
        end = len(sentence.text)
        if _OPEN.search(sentence.text[:cut]):
            closed = sentence.text.find(")", cut)
            end = closed if closed >= 0 else end
        other = _OTHER.search(sentence.text, cut, end)
        end = other.start() if other else end
        first, last = sentence.start + cut, sentence.start + end
        inner = [found.span() for found in _INNER.finditer(sentence.text, cut)]
        return [
            n
            for n in numbers
            if first < (at := passage.masked_at(n.start)) < last
            and not any(a < at - sentence.start < b for a, b in inner)
        ]

    def _finding(
        self, code: str, message: str, passage: Passage, numbers: Sequence[Number]
    ) -> Finding:
        view = passage.view
        quotes = []
        for number in numbers:
            start = view.source_start(number.start)
            end = view.source_end(number.unit_end)
            quotes.append(Quote(self.text[start:end], start, end))
        return self.maker.finding(code, "error", message, quotes, message)


def _counts_together(head: str) -> bool:
    return len(_CHANNEL.findall(head)) >= 2 and "共" in head


def _agrees(calculated: Decimal, told: Decimal) -> bool:
    """Rounded or cut off at the last place that is told."""
    exponent = told.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    if step > 1:
        step = Decimal(1)
    return abs(calculated - told) < step


def _left(passage: Passage, sentence: Sentence, number: Number) -> str:
    place = passage.masked_at(number.start)
    return passage.masked[max(sentence.start, place - _NEAR) : place]


def _of_sentence(passage: Passage, sentence: Sentence) -> list[Number]:
    return [
        number
        for number in passage.numbers_of(sentence)
        if number.kind in {"figure", "percent", "range"}
        and (number.unit or number.kind == "percent")
    ]
