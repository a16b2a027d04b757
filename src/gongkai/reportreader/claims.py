"""What the prose states: a figure for an indicator, or that there was none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Literal

from gongkai.reportreader.names import shortens
from gongkai.reportreader.numbers import UNITS, Number, years_in
from gongkai.reportreader.passages import Passage, Sentence
from gongkai.reportreader.quoting import Quote
from gongkai.reportreader.rules import (
    NUMBER,
    Rule,
    number_rules,
    sentence_traps,
    traps,
    traps_behind,
    zero_rules,
)
from gongkai.returns import indicator

Scope = Literal["year", "cumulative", "part", "other_body"]
Origin = Literal["prose", "table"]

STATED_UNITS = frozenset("条 件 次 篇 个 人 人次 元 份 期 场".split())  # noqa: SIM905
_WINDOW = 90
_LOOK = 200
_AHEAD = 40
_FAR = 300
_NEAR = 60
_SHORTEST_NAME = 3
# 发布会3次、解读12条、微信40条: what is counted before belongs to no figure behind.
_CLAUSES = re.compile(f"([,;。:]|(?<={NUMBER}[条件次篇个期份场])、)")


@dataclass(frozen=True)
class Claim:
    """A figure that the text states. ``quote`` holds the words and the number.

    ``value`` is in base units, money in 元; ``row`` and ``column`` are of a table.
    """

    indicator: str
    value: Decimal
    exact: bool
    scope: Scope
    unit: str
    source: Origin
    quote: Quote
    row: str = ""
    column: str = ""


@dataclass(frozen=True)
class Spot:
    """A number with what stands around it in its sentence.

    ``left`` ends where the number begins, ``right`` begins behind its unit; ``place``
    is where ``left`` ends in the masked text of the passage. ``holes`` are asides that
    were cut out of ``left``: where each stood, and its length.
    """

    number: Number
    left: str
    right: str
    place: int
    before: str
    holes: tuple[tuple[int, int], ...] = ()

    def place_of(self, index: int) -> int:
        """Where a place of ``left`` stands in the masked text of the passage."""
        lost = sum(length for at, length in self.holes if at > index)
        return self.place - (len(self.left) - index) - lost

    @property
    def window(self) -> str:
        return f"{self.left[-_WINDOW:]}{NUMBER}{self.number.unit}{self.right[:_AHEAD]}"

    @property
    def clause(self) -> str:
        pieces = _CLAUSES.split(self.left)
        left = pieces[-1]
        if len(pieces) > 2 and (len(left) < 3 or len(pieces[-3]) < 4):
            left = "".join(pieces[-3:])  # a bare word of connection: 其中, 共
        right = re.split("[,;。:、(]", self.right)[0]
        return f"{left}{NUMBER}{self.number.unit}{right}"


@dataclass(frozen=True)
class ProseReader:
    """Reads the claims of passages, for a report on ``year``."""

    text: str
    year: int | None
    agency: str = ""

    @cached_property
    def _own_name(self) -> re.Pattern[str] | None:
        """四川省气象局 and 省气象局: a site called so is no other body's."""
        level = self.agency.find("省")
        names = [
            self.agency.removeprefix("中华人民共和国"),
            self.agency[level:] if level > 0 else "",
        ]
        known = [re.escape(name) for name in names if len(name) >= _SHORTEST_NAME]
        return re.compile("|".join(known)) if known else None

    def claims(self, passage: Passage) -> Iterator[Claim]:
        if passage.is_heading or _PLANS.search(passage.topic):
            return
        masked = passage.masked
        for sentence in passage.sentences:
            text = sentence.text
            if any(trap.search(text) for trap in sentence_traps()):
                continue
            counted: set[str] = set()
            if _DIGIT.search(text):
                for spot in _spots(passage, sentence, masked):
                    for claim in self._figures(passage, sentence, spot):
                        counted.add(claim.indicator)
                        yield claim
            denied = _with_noughts(passage, sentence)
            if _NONE.search(denied):
                yield from self._zeros(passage, sentence, denied, counted)

    def _figures(
        self, passage: Passage, sentence: Sentence, spot: Spot
    ) -> Iterator[Claim]:
        if any(trap.search(spot.left[-_WINDOW:]) for trap in traps()):
            return
        if any(trap.match(spot.right) for trap in traps_behind()):
            return
        scope = self._scope(spot)
        for rule in number_rules(spot.number.unit).possible(spot.window):
            span = _match(rule, spot, passage, self._own_name)
            if span is None:
                continue
            if scope is None and not rule.indicator.startswith(_CARRIED):
                return
            for key in (rule.indicator, *rule.also):
                told = self._whose(key, spot, scope or "year")
                yield self._claim(passage, spot, key, span, told)
            return

    def _claim(
        self,
        passage: Passage,
        spot: Spot,
        key: str,
        span: tuple[int, int],
        scope: Scope,
    ) -> Claim:
        number = spot.number
        view = passage.view
        first = min(passage.view_at(span[0]), number.start)
        last = number.unit_end + span[1]
        unit = number.base_unit if number.base_unit in STATED_UNITS else unit_of(key)
        quoted = _quote(self.text, view.source_start(first), view.source_end(last))
        return Claim(key, number.value, number.exact, scope, unit, "prose", quoted)

    def _whose(self, key: str, spot: Spot, scope: Scope) -> Scope:
        """``other_body`` where the clause begins with the name of another organ."""
        if not self.agency or key not in _OF_ONE_BODY:
            return scope
        named = _ORGAN.match(spot.clause)
        if not named:
            return scope
        name = named["name"]
        is_own = name in self.agency or shortens(name, self.agency)
        return scope if is_own else "other_body"

    def _scope(self, spot: Spot) -> Scope | None:
        """None where the number is about another year than the report's."""
        said = _BRACKETED.sub("", _BRACKETED.sub("", spot.left[-_WINDOW:]))
        said = self._without_own_terms(_COMPARED.sub("", said))
        named = [*years_in(said)]
        if _SINCE.search(said):
            return "cumulative"
        if self.year and named and named[-1] != self.year and not _UNTIL.search(said):
            return None
        return "cumulative" if _EVER.search(said) else "year"

    def _without_own_terms(self, said: str) -> str:
        """Without spans of months that begin or end in the report's year: a school's
        2016年9月至2017年8月.
        """
        return _TERM.sub(
            lambda term: "" if str(self.year) in term.groups() else term[0], said
        )

    def _zeros(
        self, passage: Passage, sentence: Sentence, text: str, counted: set[str]
    ) -> Iterator[Claim]:
        """What the sentence says there was none of, unless it counts some as well."""
        now = _BEGUN.sub("", text)
        if self.year and any(year != self.year for year in years_in(now)):
            return
        if _SHORTCOMINGS.search(passage.topic):
            return
        said = _bare_answer(text, passage.headings) or text
        before = passage.masked[max(0, sentence.start - _FAR) : sentence.start]
        about = f"{passage.topic}。{before}{said}"
        told = set(counted)
        for rule in zero_rules().possible(said):
            if rule.indicator in told or not _is_zero(rule, said, about):
                continue
            told.add(rule.indicator)
            view = passage.view
            first = passage.view_at(sentence.start)
            last = passage.view_at(sentence.end)
            quoted = _quote(self.text, view.source_start(first), view.source_end(last))
            unit = unit_of(rule.indicator)
            yield Claim(rule.indicator, Decimal(0), True, "year", unit, "prose", quoted)


_DIGIT = re.compile(rf"[\d{NUMBER}]|零")
_NONE = re.compile("未|无|没|零|∅|免|不存在|不收|不涉及")
_PLANS = re.compile(
    r"下一?步|工作打算|工作计划|努力方向|今后|工作思路|20\d\d年(?:度)?(?:工作)?(?:重点|安排|计划|打算|思路)"
)
_SHORTCOMINGS = re.compile("问题|不足|困难|差距")
_SINCE = re.compile(
    r"(?:自|从)[^,。;]{0,24}(?:以来|至今|起至今)|历年|(?:开通|成立|建立|上线|建成|施行|实施)以来|累计至今|建站以来"
)
_OF_ONE_BODY = frozenset({"proactive_total", "applications_received"})
_ORGAN = re.compile(
    r"(?P<name>[市县区省州旗][\u4e00-\u9fff]{1,8}?(?:局|办|委|中心|处|队|院))"
    r"(?=主动公开|公开|发布|共|收到|受理)"
)
_BEGUN = re.compile(
    r"自20\d\d年[^,。;]{0,10}(?:起|以来|开始)|20\d\d年度?(?:未|无|没有)(?:结转|转结)"
)
# What these count belongs to the year before or behind, and is named with it.
_CARRIED = ("applications.carried_in", "applications.carried_out")
_TERM = re.compile(
    r"(20\d\d)年\d{1,2}月(?:\d{1,2}日)?(?:至|到|-|~)+(20\d\d)年\d{1,2}月(?:\d{1,2}日)?"
)
_BRACKETED = re.compile(r"\([^()]*\)")
_COMPARED = re.compile(r"(?:比|较|与|同)(?:20\d\d年|上年|去年)[^,。;(]*")
_UNTIL = re.compile(r"截[至止]|年底|年末|止")
_EVER = re.compile(r"(?:截[至止](?:到)?目前|迄今|至今)[^。;]{0,20}累计")


def _spots(passage: Passage, sentence: Sentence, masked: str) -> Iterator[Spot]:
    before = masked[max(0, sentence.start - _FAR) : sentence.start]
    spread = _spread(sentence.text)
    for number in passage.numbers_of(sentence):
        if number.kind != "figure":
            continue
        place = passage.masked_at(number.start)
        behind = passage.masked_at(number.unit_end)
        right = masked[behind : min(sentence.end, behind + _LOOK)]
        if not number.unit and not _ENDS_BARE.match(right):
            continue
        left = masked[max(sentence.start, place - _LOOK) : place]
        left = re.sub(f"(?:{_ROUND})$", "", left)
        lefts = spread.get(place - sentence.start, (left,))
        for each in lefts:
            yield _without_asides(Spot(number, each, right, place, before))


# 发布信息(包括动态、公告等四个栏目)共30条: what the brackets hold parts the words.
# 网站12个栏目发布信息30条: so does a number that counts nothing.
# 点击量由上年的250万次上升到475万次: so does what a figure was before.
_ASIDE = re.compile(
    rf"[由从][^,。;{NUMBER}]{{0,14}}{NUMBER}[^,。;{NUMBER}]{{0,4}}"
    rf"(?:上升|增加|增长|提高|扩大|下降|减少|降低)[到至为]"
    rf"|\([^()]{{8,}}\)|{NUMBER}[个大类项]*(?:[一二三]级)?(?:栏目|专栏|板块|版块)"
)


def _without_asides(spot: Spot) -> Spot:
    asides = list(_ASIDE.finditer(spot.left))
    if not asides:
        return spot
    holes, lost = [], 0
    for aside in asides:
        holes.append((aside.start() - lost, len(aside[0])))
        lost += len(aside[0])
    left = _ASIDE.sub("", spot.left)
    return replace(spot, left=left, holes=tuple(holes))


def _with_noughts(passage: Passage, sentence: Sentence) -> str:
    """The sentence with ∅ for each nought: 复议、诉讼案件0件 denies both."""
    text = sentence.text
    if "0" not in passage.view.text:
        return text
    for number in passage.numbers_of(sentence):
        at = passage.masked_at(number.start) - sentence.start
        if not number.value and number.kind == "figure" and text[at] == NUMBER:
            text = f"{text[:at]}∅{text[at + 1 :]}"
    return text


_ENDS_BARE = re.compile(r"[,。;、()]|$|和|及")
_ROUND = "多达|大约|将近|接近|超过|高达|近|约|逾|超|突破"
_RESPECTIVELY = re.compile(
    rf"(?P<labels>[^,。;:{NUMBER}]{{3,80}}?)(?P<word>分别|各(?={NUMBER}))(?P<said>[^,。;{NUMBER}]{{0,14}}?)"
    rf"(?P<numbers>{NUMBER}[^,。;、和及{NUMBER}]{{0,4}}(?:[、,和及与]+{NUMBER}[^,。;、和及{NUMBER}]{{0,4}})*)"
)


def _spread(text: str) -> dict[int, tuple[str, ...]]:
    """For 甲、乙分别为12条、30条 and 甲、乙各3条: what stands left of each number."""
    found: dict[int, tuple[str, ...]] = {}
    if "分别" not in text and "各" not in text:
        return found
    for match in _RESPECTIVELY.finditer(text):
        labels = re.split("[、和及与]", match["labels"])
        at = [
            match.start("numbers") + n
            for n, char in enumerate(match["numbers"])
            if char == NUMBER
        ]
        before = text[: match.start("labels")]
        lefts = [before + label + match["said"] for label in labels if label]
        if match["word"] == "分别" and len(lefts) == len(at):
            found |= {place: (left,) for place, left in zip(at, lefts, strict=True)}
        elif match["word"] == "各" and len(at) == 1 and len(lefts) > 1:
            found[at[0]] = tuple(lefts)
    return found


def _match(
    rule: Rule, spot: Spot, passage: Passage, own_name: re.Pattern[str] | None
) -> tuple[int, int] | None:
    """Where in the masked text the pattern begins, and how far it goes on behind the
    unit; None where it does not fit.
    """
    left = spot.left[-_WINDOW:]
    found = rule.left.search(left)
    if not found:
        return None
    behind = 0
    if rule.right:
        following = rule.right.match(spot.right)
        if not following:
            return None
        behind = following.end()
    if rule.near_pattern and not rule.near_pattern.search(spot.window):
        return None
    if rule.unless_pattern and rule.unless_pattern.search(
        own_name.sub("我", spot.clause) if own_name else spot.clause
    ):
        return None
    if rule.never_pattern and rule.never_pattern.search(
        f"{spot.before[-_NEAR:]}{spot.left}"
    ):
        return None
    if rule.unless_heading_pattern and rule.unless_heading_pattern.search(
        passage.headings[-1] if passage.headings else ""
    ):
        return None
    if rule.about_pattern:
        said = f"{passage.topic}。{spot.before}{spot.left}{spot.right[:_AHEAD]}"
        if not rule.about_pattern.search(said):
            return None
    start = found.start()
    while start < len(left) and left[start] in "、,;:(":
        start += 1
    return spot.place_of(len(spot.left) - len(left) + start), behind


def _is_zero(rule: Rule, said: str, about: str) -> bool:
    if not any(_is_meant(rule, said, found) for found in rule.whole.finditer(said)):
        return False
    if rule.near_pattern and not rule.near_pattern.search(said):
        return False
    return not (rule.about_pattern and not rule.about_pattern.search(about))


def _is_meant(rule: Rule, said: str, found: re.Match[str]) -> bool:
    """Whether the clauses of the match say nothing that the rule excludes."""
    if not rule.unless_pattern:
        return True
    end = re.search("[,;。]|[和及、](?:未|没|无)?因|$", said[found.end() :])
    behind = found.end() + (end.start() if end else 0)
    return not rule.unless_pattern.search(said[found.start() : behind])


_BARE_ANSWER = re.compile(
    r"(?:本年度?|全年|今年|20\d\d年度?|我[局委办县市区镇乡厅]|本[局委办县市区镇乡厅]|本单位|本机关|目前|,|至今|均|暂|:)*"
    r"(?:没有|未|无|尚未|不存在|暂无|零)(?:发生|出现|产生|收到|有)?(?:过)?(?:任何|此|该|这)?(?:类|项|方面|上述|以上|相关|有关)?(?:的)?(?:情况|情形|事项|现象|问题|费用|案件|申请|内容)?(?:发生|出现)?[。;,!]?$"
)
_LABELLED = re.compile(r"^(?P<label>[^:。]{4,60}):(?P<answer>.{1,24})$")


def _bare_answer(text: str, headings: tuple[str, ...]) -> str | None:
    """The sentence with what it answers: 无。 under 收费情况 says 无收费情况."""
    labelled = _LABELLED.match(text)
    if labelled and _BARE_ANSWER.match(labelled["answer"]):
        return f"无{re.sub('^[^一-龥]*', '', labelled['label'])}"
    if headings and _BARE_ANSWER.match(text):
        return f"无{headings[-1]}"
    return None


def _quote(text: str, start: int, end: int) -> Quote:
    return Quote(text[start:end], start, end)


@lru_cache(maxsize=1024)
def unit_of(key: str) -> str:
    known = indicator(key)
    unit = known.unit if known else ""
    return unit if unit in STATED_UNITS else UNITS.get(unit, "件")
