"""Organs that the running text names, and which of them is its author.

A mirror of a report may hold no full name of its body anywhere, since the mirror put
its own address wherever the name stood. What it leaves are the short names that the
body calls itself (市移民局), now and then one with all its words (市水库和生态移民局),
what it says as "we" (我局, 局党组), its field, which the sentences turn around (移民),
and its place, which stands in the documents it cites. So: every name after a word of
level is a candidate; names that shorten one another are one organ, the longest of them
its name; the one that begins sentences, fits the level and the kind of "we" and whose
field recurs is the author; the place of its level that the text names most goes before.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.reportreader.names import bare_level, level_of, place_of, shortens
from gongkai.reportreader.places import SCANNED, Surroundings

_HAN = "[\u4e00-\u9fff]"
_LEVEL = "省|市|县|区|州|旗|盟"
# The nearest ending, not one that begins another word (部门, 办理, 委托, 局面).
_NAME = re.compile(
    rf"(?P<name>(?:{_LEVEL})(?!委){_HAN}{{1,20}}?"
    r"(?:局(?![面限势域])|厅(?![级堂])|委员会|委(?![员托派任书市县区省政办])"
    r"|办公室|办(?![公理法事好结件学案文证税会])|中心(?![工任组城环小])))"
)
_NOT_INSIDE = re.compile(
    "政府|的|各|等|部门|党委|领导|有关|全[市县区省]|[市县区省]委|我们"
)
# Signs and words after which a name may begin; those of _OTHERS give it to others.
_BEFORE = frozenset('在向由经对与及和将从为按照据同到给请报受被把是至,。;、《〈“"(:')
_STARTS = frozenset({"", "\n", "。", ";", ","})
_OTHERS = frozenset("向报经请给")
_SELF = re.compile(
    "[我本](?P<we>局|委|办|厅|中心)"
    "|(?P<own>局|委|办|厅)(?:党组|党委|机关|办公室|属|领导)"
)
_ENOUGH = 5.0
_CROWD = re.compile("、|等(?:部门|单位)|会同|联合")


@dataclass(frozen=True)
class Mention:
    """A name in the text and how much it looks there like the author's."""

    name: str
    start: int
    weight: float


@dataclass(frozen=True)
class Author:
    """The most likely author: its longest short name and where that stands first."""

    name: str
    start: int
    weight: float


def find_author(around: Surroundings) -> Author | None:
    """The organ that the text itself shows as its author, if one stands out."""
    mentions = list(_mentions(around))
    best: Author | None = None
    for name in {mention.name for mention in mentions}:
        author = _judged(name, mentions, around)
        if best is None or (author.weight, author.name) > (best.weight, best.name):
            best = author
    return best if best and best.weight >= _ENOUGH else None


def _mentions(around: Surroundings) -> Iterator[Mention]:
    text = around.text[:SCANNED]
    starts = {at for _word, _kind, at in around.tokens}
    for match in _NAME.finditer(text):
        name, start = match["name"], match.start()
        if _NOT_INSIDE.search(name[1:]) or not bare_level(name):
            continue
        before = text[start - 1 : start]
        free = not re.match(_HAN, before) or before in _BEFORE or start in starts
        if free:
            yield Mention(name, start, _weight(text, match))


def _weight(text: str, match: re.Match[str]) -> float:
    """One mention: to begin a sentence speaks for it, to be told or joined against."""
    before = text[max(0, match.start() - 1) : match.start()]
    weight = 2.0 if before in _STARTS else 1.0
    if before in _OTHERS or _CROWD.match(text, match.end()):
        weight -= 1.5
    return weight


def _judged(name: str, mentions: list[Mention], around: Surroundings) -> Author:
    same = [each for each in mentions if each.name == name or shortens(each.name, name)]
    start = min(each.start for each in same if each.name == name)
    weight = min(6.0, sum(each.weight for each in same))
    weight += 3 if bare_level(name)[-1:] == around.level()[-1:] else -2
    weight += 2 if name[-1] in _self_kinds(around.text) else 0
    weight += min(3.0, _field_strength(name, same, around.text) / 4)
    return Author(name, start, weight)


def _self_kinds(text: str) -> set[str]:
    kinds: Counter[str] = Counter()
    for match in _SELF.finditer(text[:SCANNED]):
        kinds[match["we"] or match["own"]] += 1
    most = max(kinds.values(), default=0)
    return {kind[-1] for kind, count in kinds.items() if count * 2 >= most}


def _field_strength(name: str, same: list[Mention], text: str) -> int:
    """How often its field recurs outside the name, by the commonest pair of letters."""
    field = name[1:-1]
    pairs = {field[n : n + 2] for n in range(len(field) - 1)}
    counts = (text.count(pair, 0, SCANNED) - len(same) for pair in pairs)
    return max(counts, default=0)


def in_full(name: str, around: Surroundings) -> str:
    """A short name with its place in front, as the text has it or as it must be."""
    level = bare_level(name)
    rest = name[len(level) :]
    printed = _printed_in_full(rest, level, around.text)
    if printed:
        return printed
    place = around.place_at(level or around.level())
    return place + rest if place else ""


def _printed_in_full(rest: str, level: str, text: str) -> str:
    """The name that stands in the text with its place: 张店区 + 商务局."""
    found: Counter[str] = Counter()
    for match in re.finditer(re.escape(rest), text[:SCANNED]):
        run = re.search(
            rf"{_HAN}{{2,12}}$", text[max(0, match.start() - 12) : match.start()]
        )
        place = _place_at_end(run[0], level) if run else ""
        if place:
            found[place + rest] += 1
    return max(found, key=lambda name: (found[name], -len(name)), default="")


def _place_at_end(run: str, level: str) -> str:
    """The longest place that a run of characters ends with."""
    for start in range(len(run) - 1):
        tail = run[start:]
        if run[start - 1 : start] not in _BEFORE and start:
            continue
        if place_of(tail) == tail and (not level or level_of(tail) == level):
            return tail
    return ""
