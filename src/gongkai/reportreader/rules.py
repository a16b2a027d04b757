"""The patterns of ``patterns/``: which words around a number make it which figure.

A pattern is a short text in which ``#`` stands for the number and its unit, ``~`` for
a few characters within the clause, ``…`` for more within the sentence, and ``{名}`` for
a word list of ``patterns/words.yaml``; the rest is a regular expression. It is matched
against what stands left of the number, up to it, and what stands right of its unit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from gongkai.reportreader.numbers import UNITS

PATTERNS = Path(__file__).parent / "patterns"
# Stands in a text for a number that has a unit or a percent sign.
NUMBER = "\ue000"
_SHORT = rf"[^,。;:!?{NUMBER}]{{0,18}}?"
_BESIDE = rf"[^,。;:!?、{NUMBER}]{{0,18}}?"
_LONG = rf"[^。;!?{NUMBER}]{{0,40}}?"
# What may stand between the last word of a pattern and its number.
_FILLER = (
    r"(?:\([^()\ue000]{1,12}\)|总数量?|数量|总量|总计|合计|共计|累计|一共|共有|共|总|计"
    r"|达到|达|为|有|了|已|约|近|的|数|分别|各|均|仅|只|新增|全年|全部|量|:|\(|是|就|等"
    r"|,(?=共|总|累计|合计|达|计|数|约|全年)|信息|内容|案件|申请|“|”|\)"
    r"|(?:件|条|次|篇|个|人次|人)\))*+"
)


@dataclass(frozen=True)
class Example:
    text: str
    value: str
    heading: str = ""


@dataclass(frozen=True)
class Rule:
    """One pattern of one indicator."""

    indicator: str
    say: str
    units: frozenset[str]
    file: str
    near: str = ""
    about: str = ""
    unless: str = ""
    never: str = ""
    unless_heading: str = ""
    also: tuple[str, ...] = ()
    scope: str = "year"
    is_zero: bool = False
    takes: tuple[Example, ...] = field(default=(), compare=False)
    leaves: tuple[Example, ...] = field(default=(), compare=False)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Words of which one stands in whatever the pattern matches; () if unknown."""
        return _literals(_expand(self.say))

    @cached_property
    def left(self) -> re.Pattern[str]:
        left = _expand(self.say.partition("#")[0])
        return re.compile(f"(?:{left}){_FILLER}$" if left else "$")

    @cached_property
    def right(self) -> re.Pattern[str] | None:
        right = self.say.partition("#")[2]
        return re.compile(_expand(right.replace("~", _BESIDE))) if right else None

    @cached_property
    def whole(self) -> re.Pattern[str]:
        return re.compile(_expand(self.say))

    @cached_property
    def near_pattern(self) -> re.Pattern[str] | None:
        return re.compile(_expand(self.near)) if self.near else None

    @cached_property
    def about_pattern(self) -> re.Pattern[str] | None:
        return re.compile(_expand(self.about)) if self.about else None

    @cached_property
    def never_pattern(self) -> re.Pattern[str] | None:
        return re.compile(_expand(self.never)) if self.never else None

    @cached_property
    def unless_heading_pattern(self) -> re.Pattern[str] | None:
        return re.compile(_expand(self.unless_heading)) if self.unless_heading else None

    @cached_property
    def unless_pattern(self) -> re.Pattern[str] | None:
        return re.compile(_expand(self.unless)) if self.unless else None


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which they are tried."""
    return tuple(rule for name in _order() for rule in _rules_of(name))


@dataclass(frozen=True)
class RuleIndex:
    """Rules with the words of which one must stand around the number."""

    rules: tuple[Rule, ...]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple({key for rule in self.rules for key in rule.keys})

    @cached_property
    def _keyed(self) -> tuple[tuple[Rule, frozenset[str]], ...]:
        return tuple((rule, frozenset(rule.keys)) for rule in self.rules)

    def possible(self, text: str) -> Iterator[Rule]:
        """The rules that could match in the text, in their order."""
        there = {key for key in self.keys if key in text}
        for rule, keys in self._keyed:
            if not keys or not keys.isdisjoint(there):
                yield rule


@lru_cache(maxsize=1)
def zero_rules() -> RuleIndex:
    return RuleIndex(tuple(rule for rule in rules() if rule.is_zero))


@lru_cache(maxsize=64)
def number_rules(unit: str) -> RuleIndex:
    """The rules that take a number with this printed unit, "" for none."""
    return RuleIndex(
        tuple(rule for rule in rules() if not rule.is_zero and unit in rule.units)
    )


@lru_cache(maxsize=1)
def traps() -> tuple[re.Pattern[str], ...]:
    """What around a number makes it no figure of this year."""
    read = _read("traps")
    return tuple(re.compile(_expand(text)) for text in read["left"])


@lru_cache(maxsize=1)
def traps_behind() -> tuple[re.Pattern[str], ...]:
    """What behind a number's unit makes it no figure."""
    return tuple(re.compile(_expand(text)) for text in _read("traps")["right"])


@lru_cache(maxsize=1)
def sentence_traps() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_expand(text)) for text in _read("traps")["sentence"])


def _order() -> list[str]:
    return list(_words()["order"])


@lru_cache(maxsize=32)
def _read(name: str) -> dict[str, Any]:
    data = (PATTERNS / f"{name}.yaml").read_bytes()
    if not yaml.__with_libyaml__:
        read: dict[str, Any] = yaml.safe_load(data)
        return read
    read = yaml.load(data, Loader=yaml.CSafeLoader)  # ten times as fast
    return read


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return _read("words")


def _rules_of(name: str) -> Iterator[Rule]:
    for indicator, told in _read(name).items():
        shared = {
            key: told[key]
            for key in ("near", "about", "unless", "never", "unless_heading")
            if key in told
        }
        for pattern in told.get("patterns", ()):
            yield _rule(name, indicator, {**shared, **pattern}, told)
        for pattern in told.get("zero", ()):
            yield _rule(name, indicator, pattern, told, is_zero=True)


def _rule(
    file: str,
    indicator: str,
    pattern: dict[str, Any],
    told: dict[str, Any],
    *,
    is_zero: bool = False,
) -> Rule:
    units = pattern.get("units", told["units"])
    known = {unit for unit in UNITS if UNITS[unit] in units or unit in units}
    return Rule(
        indicator=indicator,
        say=pattern["say"],
        units=frozenset(known | ({""} if pattern.get("bare") else set())),
        file=file,
        near=pattern.get("near", ""),
        about=pattern.get("about", ""),
        unless=pattern.get("unless", ""),
        never=pattern.get("never", ""),
        unless_heading=pattern.get("unless_heading", ""),
        also=tuple(pattern.get("also", ())),
        scope=pattern.get("scope", "year"),
        is_zero=is_zero,
        takes=tuple(_examples(pattern.get("takes", {}))),
        leaves=tuple(_examples(dict.fromkeys(pattern.get("leaves", ()), ""))),
    )


def _examples(told: dict[str, Any]) -> Iterator[Example]:
    """``标题 / 句子`` gives the heading that a sentence stands under."""
    for text, value in told.items():
        heading, slash, sentence = text.partition(" / ")
        if not slash:
            heading, sentence = "", text
        yield Example(sentence, str(value), heading)


_WORD = re.compile(r"\{([\u4e00-\u9fff]+)\}")


def _expand(say: str) -> str:
    """The regular expression behind a pattern's text."""
    while found := _WORD.search(say):
        choice = _words()["words"][found[1]]
        say = f"{say[: found.start()]}(?:{choice}){say[found.end() :]}"
    return say.replace("~", _SHORT).replace("…", _LONG).replace("№", NUMBER)


def _literals(expression: str) -> tuple[str, ...]:
    """The longest plain word that every match must hold, or the first such choice."""
    plain = expression.replace(_SHORT, "\0").replace(_LONG, "\0").replace("#", "\0")
    outside = _without_groups(plain)
    found = re.findall(r"[\u4e00-\u9fff]{2,}(?![?*{])", outside)
    found = [word for word in found if word]
    if found and "|" not in outside:
        return (max(found, key=len),)
    for group in re.finditer(
        r"\((?:\?:)?([\u4e00-\u9fffA-Za-z0-9|]+)\)(?![?*{])", plain
    ):
        choices = group[1].split("|")
        if all(choices) and "|" not in outside and _is_outer(plain, group.start()):
            return tuple(choices)
    return ()


def _without_groups(expression: str) -> str:
    kept, depth = [], 0
    for char in expression:
        if char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
            kept.append("\0")
        elif depth == 0:
            kept.append(char)
    return re.sub(r"[\u4e00-\u9fff](?=[?*{])", "\0", "".join(kept))


def _is_outer(expression: str, at: int) -> bool:
    before = expression[:at]
    return before.count("(") == before.count(")")
