"""The processing fee (信息处理费), by item or by volume, with its brackets.

The organ picks one of the two per request, never both. Source: 国办函〔2020〕109号.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from gongkai.law.documents import Entry, read_document
from gongkai.law.exceptions import BadNumber
from gongkai.law.model import Text
from gongkai.law.texts import cited, label, sentences

MOST = 100_000
"""Most items or pages that are reckoned at once."""
_FREE = Decimal("0.00")


@dataclass(frozen=True)
class Step:
    """What exceeds ``after`` costs ``yuan`` each, rising if ``rises_every``."""

    after: int
    yuan: Decimal
    rises_every: int | None
    rises_by: Decimal


@dataclass(frozen=True)
class Method:
    """A way to reckon the fee: its steps, cheapest first."""

    key: str
    unit: Text
    label: Text
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Schedule:
    """The document that sets the fee, the first day of receipt that bears it."""

    citation: Text
    made_on: date
    first: date
    label: Text
    methods: dict[str, Method]


@dataclass(frozen=True)
class FeeLine:
    """Numbers ``first`` to ``last`` at ``unit_yuan`` each."""

    first: int
    last: int
    unit_yuan: Decimal
    unit: Text

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def fee_yuan(self) -> Decimal:
        return self.count * self.unit_yuan

    def words(self, language: str) -> str:
        code = "fee.free" if self.unit_yuan == 0 else "fee.priced"
        return sentences().say(
            code,
            language,
            first=self.first,
            last=self.last,
            count=self.count,
            unit=self.unit,
            unit_yuan=self.unit_yuan,
            fee_yuan=self.fee_yuan,
        )


@dataclass(frozen=True)
class Fee:
    """An amount in yuan with two places, and the brackets that make it up."""

    method: Method
    lines: tuple[FeeLine, ...]

    @property
    def total_yuan(self) -> Decimal:
        return sum((line.fee_yuan for line in self.lines), _FREE)

    def explain(self, language: str) -> list[str]:
        total = sentences().say("fee.total", language, total_yuan=self.total_yuan)
        return [*(line.words(language) for line in self.lines), total]


def by_item(n: int, already: int = 0) -> Fee:
    """Fee in yuan for ``n`` requests after ``already`` others, all results counted.

    Both of the same applicant to the same organ in the same calendar month. Raises
    BadNumber where a number is not a whole one from 0 to MOST.
    """
    _check("already", already)
    return _fee("by_item", n, already)


def by_volume(pages: int) -> Fee:
    """Fee in yuan for ``pages`` of one request; raises BadNumber as by_item."""
    return _fee("by_volume", pages, 0)


def is_charged_on(received_on: date) -> bool:
    """Whether a request received on that day bears the fee."""
    return schedule().first <= received_on


@lru_cache(maxsize=1)
def schedule() -> Schedule:
    """Raises DataError naming the key and the remedy."""
    words = ("document", "made", "first", "label", "methods")
    entry = read_document(Path(__file__).with_name("fees.yaml"), words)
    methods = entry.entries("methods", ("key", "unit", "label", "steps"))
    return Schedule(
        citation=cited(entry, "document"),
        made_on=entry.required_day("made"),
        first=entry.required_day("first"),
        label=label(entry),
        methods={method.required("key"): _method(method) for method in methods},
    )


def _method(entry: Entry) -> Method:
    words = ("after", "yuan", "rises_every", "rises_by")
    steps = tuple(_step(step) for step in entry.entries("steps", words))
    return Method(entry.required("key"), label(entry, "unit"), label(entry), steps)


def _step(entry: Entry) -> Step:
    rises = "rises_every" in entry
    return Step(
        after=entry.number("after") or 0,
        yuan=entry.yuan("yuan"),
        rises_every=entry.number("rises_every"),
        rises_by=entry.yuan("rises_by") if rises else _FREE,
    )


def _check(name: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
        raise BadNumber(name, value, f"请写 0 到 {MOST} 的整数")


def _fee(key: str, number: int, already: int) -> Fee:
    method = schedule().methods[key]
    _check("n" if key == "by_item" else "pages", number)
    lines = []
    for first, last, unit_yuan in _brackets(method, already + number):
        low = max(first, already + 1)
        if low <= last:
            lines.append(FeeLine(low, last, unit_yuan, method.unit))
    return Fee(method, tuple(lines))


def _brackets(method: Method, top: int) -> Iterator[tuple[int, int, Decimal]]:
    """(first, last, yuan each) of all brackets up to ``top``."""
    ends = [step.after for step in method.steps[1:]] + [top]
    for step, end in zip(method.steps, ends, strict=True):
        yield from _risen(step, min(end, top))


def _risen(step: Step, end: int) -> Iterator[tuple[int, int, Decimal]]:
    after, yuan = step.after, step.yuan
    while after < end:
        last = min(after + step.rises_every, end) if step.rises_every else end
        yield after + 1, last, yuan
        after, yuan = last, yuan + step.rises_by
