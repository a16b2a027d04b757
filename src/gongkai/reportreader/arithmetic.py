"""Sums that a sentence states itself: rates, growth, parts of a total."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from gongkai.reportreader.findings import Finding, Maker, shown
from gongkai.reportreader.numbers import Number
from gongkai.reportreader.passages import Passage, Sentence
from gongkai.reportreader.quoting import Quote
from gongkai.reportreader.rules import NUMBER

_RATE = re.compile(
    r"(?P<what>办结|办理|答复|回复|办复|满意|按[时期]办结|按[时期]答复)率[^,。;]{0,6}$"
)
_DONE = {
    "办结": "办结",
    "按时办结": "办结",
    "按期办结": "办结",
    "按时答复": "答复|回复",
    "按期答复": "答复|回复",
    "办理": "办结|办复|办理",
    "答复": "答复",
    "回复": "回复|答复",
    "办复": "办复|办结|答复",
    "满意": "满意",
}
_TAKEN = re.compile(
    "受理|收到|接到|承办|共|接收|转办|交办|收集|转来|[派交]来|派发|登记|来[信电访]"
)
# 占总数的78%, (占87.4%): a share of the whole that the sentence tells.
_SHARE = re.compile(
    r"占(?:比|(?:其中|全部|公开|申请|信息|主动|政府|发布|受理|来信|案件|办理)*"
    r"(?:的|总数|总量|总件数|总条数|数量))?(?:的|为|比|:|达到|达)*(?:百分之)?$"
)
_PENDING = re.compile("结转|正在|未到期|撤|办理中|其余|剩余|尚|不予受理|年底")
_GROWN = re.compile(
    r"(?P<up>增长|增加|上升|提高|增幅|增多|多出?)|(?P<down>下降|减少|降低|减幅|少)"
)
_SAID_OF = re.compile(r"^(?:了|约|为|达|达到|出)*(?:百分之)?$")
_BEFORE = re.compile(
    r"(?:上年|去年|上一年|20\d\d年)(?:度|全年|同期)?(?:的|为|是|有|共|公开|发布|\()*$"
)
_POINTS = "个百分点"
_TAKEN_OR_MADE = re.compile(f"{_TAKEN.pattern}|公开|发布|制发|编发|办理")
# So near to its beginning a sentence goes on listing what the one before has told.
_BARE = 6
_HEAD = 40
_CHANNEL = re.compile(
    "网站|微信|微博|公众号|公报|媒体|报纸|电视|平台|栏|渠道|新浪|腾讯|头条|抖音"
)
_CARRIED = re.compile("结转|转结|上年|去年|遗留")
_OPEN = re.compile(r"\([^()]*$")
# 不予公开7件(其中甲3件、乙4件): the parts of a part.
_INNER = re.compile(r"(?<=[条件次个份篇宗起])\([^()]*\)")
_OTHER = re.compile(
    "(?<![按延超][时期])办结|答复|回复|结转|此外|同时|另外|全年|总计|共计|已|累计"
)
# Two clauses that count nothing: the list is over.
_TALE = re.compile(rf"(?:,[^,。;、{NUMBER}]{{3,}}){{2,}},")
_NEAR = 80
# A sentence with more numbers than this is a table that lost its form.
_MOST_NUMBERS = 60
_NESTED = re.compile("其中.*其中|累计|(?<![(])含|包括")
_LISTING = re.compile(
    f"其中|按[^,。;:{NUMBER}]{{1,12}}(?:分|划分|分类|区分|来?看)[,:]"
    f"|(?<={NUMBER})[条件个份][^,。;{NUMBER}]{{0,12}}中,"
)
# The last of a list that leaves nothing out.
_REST = re.compile(f"(?:其[他它]|其余)[^,。;、{NUMBER}]{{0,8}}$")


@dataclass(frozen=True)
class Arithmetic:
    text: str
    maker: Maker

    def findings(self, passages: Sequence[Passage]) -> Iterator[Finding]:
        for passage in passages:
            if passage.is_heading or len(passage.numbers) < 2:
                continue
            said: list[Number] = []
            for sentence in passage.sentences:
                told, said = said, _of_sentence(passage, sentence)
                if not 2 <= len(said) <= _MOST_NUMBERS:
                    continue
                yield from self._rates(passage, sentence, said)
                yield from self._shares(passage, sentence, said, told)
                yield from self._growth(passage, sentence, said)
                yield from self._parts(passage, sentence, said, told)

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

    def _shares(
        self,
        passage: Passage,
        sentence: Sentence,
        numbers: list[Number],
        told: list[Number],
    ) -> Iterator[Finding]:
        """共326条，其中动态286条，占总数的87.7%."""
        goes_on = _LISTING.search(sentence.text[:_BARE]) is not None
        told = told if goes_on else []
        for index, share in enumerate(numbers):
            if share.kind != "percent" or not index or not share.exact:
                continue
            if not _SHARE.search(_left(passage, sentence, share)):
                continue
            part = numbers[index - 1]
            wholes = [
                n
                for n in (*told, *numbers[: index - 1])
                if n.kind == part.kind == "figure"
                and not self._has_share(passage, sentence, n, numbers)
                and n.unit == part.unit
                and n.value >= part.value > 0
            ]
            exact = part.exact and all(n.exact for n in wholes)
            if not wholes or not exact:
                continue
            rights = [part.value * 100 / n.value for n in wholes]
            # Of which whole it is a share the sentence need not say.
            if any(_agrees(right, share.value) for right in rights):
                continue
            place = passage.masked_at(wholes[0].start)
            said = passage.masked[max(0, place - _NEAR) : place]
            if not _TAKEN_OR_MADE.search(said):
                continue
            message = (
                f"占比写 {shown(share.value)}%，按 {shown(part.value)}/"
                f"{shown(wholes[0].value)} 计算应为 {round(rights[0], 2)}%。"
            )
            yield self._finding("rate", message, passage, (wholes[0], part, share))

    def _has_share(
        self,
        passage: Passage,
        sentence: Sentence,
        number: Number,
        numbers: list[Number],
    ) -> bool:
        """Whether the number is itself a part: its share follows."""
        behind = next((n for n in numbers if n.start > number.start), None)
        if behind is None or behind.kind != "percent":
            return False
        return _SHARE.search(_left(passage, sentence, behind)) is not None

    def _growth(
        self, passage: Passage, sentence: Sentence, numbers: list[Number]
    ) -> Iterator[Finding]:
        """120条，比上年100条增加20条，增长20%."""
        for index in range(len(numbers) - 2):
            now, before = numbers[index : index + 2]
            if not self._are_two_years(passage, sentence, now, before):
                continue
            for change in numbers[index + 2 : index + 4]:
                said = self._said_change(passage, sentence, change)
                if said is None:
                    break
                right = self._right_change(passage, now, before, change, said)
                if right:
                    sign = "%" if change.kind == "percent" else ""
                    message = (
                        f"从 {shown(before.value)} 到 {shown(now.value)} "
                        f"的变化应为 {right}，文中写 {shown(said)}{sign}。"
                    )
                    whole = (now, before, change)
                    yield self._finding("growth", message, passage, whole)

    def _are_two_years(
        self, passage: Passage, sentence: Sentence, now: Number, before: Number
    ) -> bool:
        if not (now.kind == before.kind == "figure" and now.exact and before.exact):
            return False
        if now.base_unit != before.base_unit or not before.value:
            return False
        return _BEFORE.search(_left(passage, sentence, before)) is not None

    def _said_change(
        self, passage: Passage, sentence: Sentence, change: Number
    ) -> Decimal | None:
        """The change with its sign; None where the number tells none."""
        left = _left(passage, sentence, change)[-9:]
        said = list(_GROWN.finditer(left))
        if not said or not _SAID_OF.match(left[said[-1].end() :]):
            return None
        return -change.value if said[-1]["down"] else change.value

    def _right_change(
        self,
        passage: Passage,
        now: Number,
        before: Number,
        change: Number,
        said: Decimal,
    ) -> str:
        """What the change should be, "" where it is so or cannot be told."""
        grown = now.value - before.value
        if not change.exact:
            return ""
        if change.kind == "percent":
            if passage.view.text.startswith(_POINTS, change.end):
                return ""
            right = grown * 100 / before.value
            return "" if _agrees(right, said) else f"{round(right, 2)}%"
        if change.kind != "figure" or change.base_unit != now.base_unit:
            return ""
        return "" if grown == said else shown(grown)

    def _parts(
        self,
        passage: Passage,
        sentence: Sentence,
        numbers: list[Number],
        told: list[Number],
    ) -> Iterator[Finding]:
        """共2483条，其中甲319条、乙851条、丙2348条: parts greater than the whole.

        ``told`` are the numbers of the sentence before, where the whole may stand.
        """
        listing = _LISTING.search(sentence.text)
        if not listing or _NESTED.search(sentence.text):
            return
        cut = listing.start()
        parts = self._listed(passage, sentence, numbers, listing.end())
        total = self._whole(passage, sentence, numbers, told, cut)
        if total is None:
            return
        parts = list(takewhile(lambda part: part.unit == total.unit, parts))
        if len(parts) < 2:
            return
        at = passage.masked_at(total.start)
        if _CARRIED.search(passage.masked[max(0, at - 12) : at]):
            return  # What came in and what was carried in are the whole together.
        whole = (total, *parts)
        if any(n.kind != "figure" or not n.exact or not n.unit for n in whole):
            return
        added = sum(n.value for n in parts)
        is_bare = cut < _BARE
        before = (
            passage.masked[max(0, sentence.start - _HEAD) : sentence.start]
            if is_bare
            else ""
        )
        head = before + sentence.text[:cut]
        last = passage.masked_at(parts[-1].start) - sentence.start
        listed = sentence.text[cut:last]
        # One item on two channels counts twice among them and once in the total.
        if _CHANNEL.search(listed) and not _counts_together(head):
            return
        leaves_none_out = len(parts) > 2 and bool(
            _REST.search(_left(passage, sentence, parts[-1]))
        )
        if added == total.value or (added < total.value and not leaves_none_out):
            return
        spelled = "+".join(shown(n.value) for n in parts)
        sums = f"{spelled}={shown(Decimal(added))}"
        how = "大于" if added > total.value else "小于"
        message = f"分项之和 {sums}，{how}总数 {shown(total.value)}。"
        yield self._finding("parts_total", message, passage, whole)

    def _whole(
        self,
        passage: Passage,
        sentence: Sentence,
        numbers: list[Number],
        told: list[Number],
        cut: int,
    ) -> Number | None:
        """The figure whose parts a list gives: before it, or in the sentence before."""
        at = sentence.start + cut
        before = [
            n
            for n in numbers
            if passage.masked_at(n.start) <= at
            and not _OPEN.search(_left(passage, sentence, n))
            and not self._is_compared(passage, n)
        ]
        if before:
            return before[-1]
        if cut > _BARE:
            return None
        wholes = [n for n in told if not self._is_compared(passage, n)]
        return wholes[0] if len(wholes) == 1 else None

    def _is_compared(self, passage: Passage, number: Number) -> bool:
        """Whether it is last year's figure, a change or a share."""
        place = passage.masked_at(number.start)
        left = passage.masked[max(0, place - _NEAR) : place]
        if number.kind == "percent" or _BEFORE.search(left):
            return True
        said = list(_GROWN.finditer(left[-9:]))
        return bool(said) and bool(_SAID_OF.match(left[-9:][said[-1].end() :]))

    def _listed(
        self, passage: Passage, sentence: Sentence, numbers: list[Number], cut: int
    ) -> list[Number]:
        """The parts behind 其中, up to what is told of the whole again."""
        end = len(sentence.text)
        if _OPEN.search(sentence.text[:cut]):
            closed = sentence.text.find(")", cut)
            end = closed if closed >= 0 else end
        for behind in (_OTHER, _TALE):
            found = behind.search(sentence.text, cut, end)
            end = found.start() if found else end
        first, last = sentence.start + cut, sentence.start + end
        inner = [each.span() for each in _INNER.finditer(sentence.text, cut)]
        return [
            n
            for n in numbers
            if first <= (at := passage.masked_at(n.start)) < last
            and not any(a < at - sentence.start < b for a, b in inner)
            and not self._is_compared(passage, n)
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
