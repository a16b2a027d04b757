"""The prose of a body: paragraphs with their headings, sentences with their numbers."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from gongkai.reportreader.blocks import Block
from gongkai.reportreader.numbers import Number, find_numbers
from gongkai.reportreader.rules import NUMBER
from gongkai.reportreader.writing import View, view_of

_SENTENCE = re.compile(r"[^。;!?]+[。;!?]?")
_ENDED = re.compile(r"[。;:!?”)]\s*$")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.,]|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[、.]"
    r"|\(\d{1,2}\)|[㈠-㈩①-⑳]|第[一二三四五六七八九十]|[一二三四五六七八九]是)"
)
_HEADED = re.compile(
    r"^(?:\([一二三四五六七八九十]{1,3}\)|\d{1,2}[、.](?!\d)|\(\d{1,2}\)|[㈠-㈩]"
    r"|[一二三四五六七八九十]{1,3}[、.]|[一二三四五六七八九]是)([^。;:№]{2,34})[。:]"
)
_LONGEST = 4_000
_WRAPPED = 15


@dataclass(frozen=True)
class Sentence:
    """``[start, end)`` in the passage's masked text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """A paragraph. ``headings`` are those over it, outermost first, without numbers."""

    view: View
    headings: tuple[str, ...]
    is_heading: bool = False

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        return tuple(find_numbers(self.view.text))

    @cached_property
    def _masking(self) -> tuple[str, list[int], list[int], list[int]]:
        """The masked text; behind each mask, its place there, its place in the view
        and how many characters were lost up to it.
        """
        parts: list[str] = []
        places, indices, losses = [0], [0], [0]
        last = size = lost = 0
        for number in self.numbers:
            if not _is_masked(number):
                continue
            parts += [self.view.text[last : number.start], NUMBER]
            size += number.start - last + 1
            lost += number.end - number.start - 1
            last = number.end
            places.append(size)
            indices.append(last)
            losses.append(lost)
        parts.append(self.view.text[last:])
        return "".join(parts), places, indices, losses

    @property
    def masked(self) -> str:
        return self._masking[0]

    def masked_at(self, index: int) -> int:
        """Where the view's ``index`` stands in the masked text."""
        _text, _places, indices, losses = self._masking
        return index - losses[bisect_right(indices, index) - 1]

    def view_at(self, place: int) -> int:
        """Where a place of the masked text stands in the view."""
        _text, places, _indices, losses = self._masking
        return place + losses[bisect_right(places, place) - 1]

    @cached_property
    def _starts(self) -> list[int]:
        return [number.start for number in self.numbers]

    def numbers_of(self, sentence: Sentence) -> tuple[Number, ...]:
        first = bisect_left(self._starts, self.view_at(sentence.start))
        last = bisect_left(self._starts, self.view_at(sentence.end))
        return self.numbers[first:last]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(
            Sentence(found[0], found.start(), found.end())
            for found in _SENTENCE.finditer(self.masked)
        )

    @cached_property
    def topic(self) -> str:
        """The headings in one string."""
        return "。".join(self.headings)


def _is_masked(number: Number) -> bool:
    counted = number.kind in {"figure", "percent", "range"}
    return counted and bool(number.unit or number.kind != "figure")


def passages(plain: str, blocks: list[Block]) -> list[Passage]:
    """The paragraphs and headings among the blocks, broken lines joined."""
    found: list[Passage] = []
    headings: list[tuple[int, str]] = []
    for start, end, level in _joined(blocks):
        view = view_of(plain, start, end)
        if not view.text:
            continue
        if level:
            headings = [each for each in headings if each[0] < level]
            headings.append((level, _without_number(view.text)))
        own = tuple(text for _level, text in headings)
        led = _HEADED.match(view.text)
        if led and not level:
            own = (*own, led[1])
        found.append(Passage(view, own, bool(level)))
    return found


def _joined(blocks: list[Block]) -> Iterator[tuple[int, int, int]]:
    """(start, end, level) of headings and of paragraphs made whole again."""
    pending: Block | None = None
    start = 0
    for block in blocks:
        if pending and block.kind == "paragraph" and _goes_on(start, pending, block):
            pending = block
            continue
        if pending:
            yield start, pending.end, 0
            pending = None
        if block.kind == "heading":
            yield block.start, block.end, block.level
        elif block.kind == "paragraph":
            start, pending = block.start, block
    if pending:
        yield start, pending.end, 0


_OPEN_END = re.compile(r"[了的和及与为共达有是至在将到于约收,、(\d]$")
_OPEN_START = re.compile(r"^(?:[,。;、)%]|[条件次篇个人份元期场名宗起](?:[,。;、]|$))")


def _goes_on(start: int, before: Block, after: Block) -> bool:
    """Whether a line is the rest of the one before, broken off by the page."""
    if _ENDED.search(before.text) or after.end - start > _LONGEST:
        return bool(_OPEN_START.match(after.text)) and after.end - start <= _LONGEST
    if after.start - before.end > 8 or _NUMBERED.match(after.text):
        return False
    if len(before.text) >= _WRAPPED:
        return True
    return bool(_OPEN_END.search(before.text) or _OPEN_START.match(after.text))


def _without_number(text: str) -> str:
    return re.sub(rf"^{_NUMBERED.pattern}", "", text)
