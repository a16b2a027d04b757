"""From the directory of regime files to regimes; a new text is just a new file."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from gongkai.law.documents import Entry, read_document
from gongkai.law.exceptions import NoRegime, UnknownRegime
from gongkai.law.model import (
    Channel,
    Notice,
    Part,
    Regime,
    Result,
    Role,
    StartRule,
    Suspension,
    SuspensionKind,
    Term,
    Unit,
)
from gongkai.law.texts import cited, label

REGIMES = Path(__file__).parent / "regimes"

_COMMON = ("key", "citation", "label")
_WORDS = {
    "terms": ("unit", "length", "month_day", *_COMMON),
    "channels": ("rule", "acknowledged_at_once", *_COMMON),
    "suspensions": (
        *("kind", "begins", "arrives", "ends"),
        *("begin_within", "answer_within", "first", *_COMMON),
    ),
    "notices": ("act", "to", *_COMMON),
    "results": (*("code", "row", "row_in", "refusal", "adverse", "remedy", *_COMMON),),
}
_OWN_WORDS = ("in_force", "citation", "label", "withheld_grounds", "fees", *_WORDS)
_LENGTHS = (Unit.WORKING_DAYS, Unit.NATURAL_DAYS, Unit.MONTHS)
T = TypeVar("T")


def regime_names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in REGIMES.glob("*.yaml")))


def regime_on(day: date) -> Regime:
    """The regime of a case received on ``day``; raises NoRegime before the first.

    Neither text has a transitional clause: the day of receipt decides [D].
    """
    for name in regime_names():
        if regime(name).is_in_force(day):
            return regime(name)
    raise NoRegime(day, regime_names())


@lru_cache(maxsize=8)
def regime(name: str) -> Regime:
    """Raises UnknownRegime with the known names, or DataError naming file and key."""
    if name not in regime_names():
        raise UnknownRegime(name, regime_names())
    return read_regime(REGIMES / f"{name}.yaml")


def read_regime(path: Path) -> Regime:
    """Raises DataError naming the file, the key and the remedy."""
    entry = read_document(path, _OWN_WORDS)
    in_force = entry.entry("in_force", ("first", "last"))
    suspensions = _by_key(entry, "suspensions", _suspension)
    results = {result.code: result for result in _each(entry, "results", _result)}
    terms = _by_key(entry, "terms", _term)
    _check_terms(entry, terms, suspensions)
    return Regime(
        name=path.stem,
        first=in_force.required_day("first"),
        last=in_force.day("last"),
        citation=cited(entry),
        label=label(entry),
        terms=terms,
        channels=_by_key(entry, "channels", _channel),
        suspensions=suspensions,
        notices=tuple(_each(entry, "notices", _notice)),
        results=results,
        withheld_grounds=tuple(_grounds(entry, results)),
        fees=entry.choice("fees", ("processing", "cost")),
        parts=_parts(suspensions),
    )


def _each(entry: Entry, word: str, read: Callable[[Entry], T]) -> Iterator[T]:
    for item in entry.entries(word, _WORDS[word]):
        item.where = f"{entry.where} {word} {item.required('key')}"
        yield read(item)


def _by_key(entry: Entry, word: str, read: Callable[[Entry], T]) -> dict[str, T]:
    keys = [item.text("key") for item in entry.entries(word, _WORDS[word])]
    for key in keys:
        if keys.count(key) > 1:
            raise entry.error(f"的 {word} 中 {key} 写了两次", "改名或删去其中一处")
    return dict(zip(keys, _each(entry, word, read), strict=True))


def _term(entry: Entry) -> Term:
    unit = Unit(entry.choice("unit", [*Unit]))
    length = entry.number("length")
    if (length is not None) != (unit in _LENGTHS):
        raise entry.error("的 length 与 unit 不合", "按日或月计的写 length，其他的不写")
    return Term(
        key=entry.required("key"),
        unit=unit,
        length=length,
        month_day=_month_day(entry) if unit is Unit.DATE else None,
        citation=cited(entry),
        label=label(entry),
    )


def _month_day(entry: Entry) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"2001-{entry.required('month_day')}")
    except ValueError as problem:
        raise entry.error("的 month_day 不是日期", "写成 01-31 的形式") from problem
    return day.month, day.day


def _channel(entry: Entry) -> Channel:
    return Channel(
        key=entry.required("key"),
        rule=StartRule(entry.choice("rule", [*StartRule])),
        acknowledged_at_once=entry.flag("acknowledged_at_once"),
        citation=cited(entry),
        label=label(entry),
    )


def _suspension(entry: Entry) -> Suspension:
    return Suspension(
        key=entry.required("key"),
        kind=SuspensionKind(entry.choice("kind", [*SuspensionKind])),
        begins=entry.text("begins"),
        arrives=entry.text("arrives"),
        ends=entry.text("ends"),
        begin_within=entry.text("begin_within"),
        answer_within=entry.text("answer_within"),
        first=entry.day("first"),
        citation=cited(entry),
        label=label(entry),
    )


def _check_terms(
    entry: Entry, terms: dict[str, Term], suspensions: dict[str, Suspension]
) -> None:
    wanted = {"reply", "extension"}
    for suspension in suspensions.values():
        wanted |= {suspension.begin_within, suspension.answer_within} - {""}
    for key in sorted(wanted - set(terms)):
        raise entry.error(f"的 terms 中没有 {key}", "补上这个期限，或改正引用它的键")


def _parts(suspensions: dict[str, Suspension]) -> dict[str, Part]:
    return {
        kind: Part(suspension, role)
        for suspension in suspensions.values()
        for kind, role in (
            (suspension.begins, Role.BEGINS),
            (suspension.arrives, Role.ARRIVES),
            (suspension.ends, Role.ENDS),
        )
        if kind
    }


def _notice(entry: Entry) -> Notice:
    return Notice(
        key=entry.required("key"),
        act=entry.required("act"),
        to=entry.required("to"),
        citation=cited(entry),
        label=label(entry),
    )


def _result(entry: Entry) -> Result:
    rows = entry.entry("row_in", None)
    return Result(
        code=entry.required("code"),
        key=entry.required("key"),
        is_refusal=entry.flag("refusal"),
        is_adverse=entry.flag("adverse"),
        remedy=entry.choice("remedy", ("review_first", "free_choice")),
        citation=cited(entry),
        label=label(entry),
        usual_row=entry.required("row"),
        row_in={form: rows.required(form) for form in rows.words},
    )


def _grounds(entry: Entry, results: dict[str, Result]) -> Iterator[Result]:
    for code in entry.texts("withheld_grounds"):
        if code not in results:
            raise entry.error(
                f"的 withheld_grounds 中 {code} 不是结果", "写 results 的编码"
            )
        yield results[code]
