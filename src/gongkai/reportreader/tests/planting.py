"""Whole reports that agree with themselves, and contradictions put into them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from gongkai.reportreader import SourceText
from gongkai.reportreader.tests.tables import rows_of, with_bars
from gongkai.returns import load_form

_FOLDER = Path(__file__).parent / "planted"
CLEAN = ("prose_2010", "form_2014", "form_2019", "form_2021")


@dataclass(frozen=True)
class Planted:
    """A report with one contradiction; ``name`` tells it in a test's failure."""

    code: str
    name: str
    source: SourceText


@lru_cache(maxsize=1)
def _figures() -> dict[str, dict[str, int]]:
    return _load("figures.yaml")


def _load(name: str) -> Any:
    return yaml.safe_load((_FOLDER / name).read_text(encoding="utf-8"))


def clean(report: str) -> SourceText:
    return SourceText(f"{report}.txt", _filled(report, _words(report)))


def planted(section: str) -> Iterator[Planted]:
    """The contradictions of a section of ``contradictions.yaml``, one report each."""
    for code, plants in _load("contradictions.yaml")[section].items():
        for report, *change in plants:
            text = _with(report, *change)
            name = f"{report} {change[-1]}"
            yield Planted(code, name, SourceText("报告.txt", text))


def _words(report: str) -> str:
    return (_FOLDER / f"{report}.txt").read_text(encoding="utf-8")


def _with(report: str, change: Any, instead: Any = None) -> str:
    words = _words(report)
    if isinstance(change, dict):
        return _filled(report, words, changes=change)
    if change == "printed":
        return _filled(report, words, form=instead)
    many = [change] if isinstance(change, str) else change
    others = [instead] if isinstance(instead, str) else instead
    for old, new in zip(many, others, strict=True):
        if words.count(old) < 1:
            raise ValueError(f"{report}: {old}")
        words = new.join(words.rsplit(old, 1))
    return _filled(report, words)


def _filled(
    report: str,
    words: str,
    *,
    form: str = "",
    changes: dict[str, int] | None = None,
) -> str:
    """The words with the tables of the form at their places."""
    if "{" not in words:
        return words
    form = form or report.removeprefix("form_")
    official = load_form(form)
    values = dict.fromkeys((str(row.key) for row in official.figures), 0)
    known = _figures()[report] | (changes or {})
    values |= {key: value for key, value in known.items() if key in values}
    places = re.findall(r"{(\w+)}", words)
    parts = _by_chapter(form, values)
    if "table" in places or "disclosure" not in parts:
        # A form that does not fit the chapters stands where its first table would.
        parts = {places[0]: with_bars(rows_of(form, values))}
    for place in places:
        words = words.replace(f"{{{place}}}", parts.get(place, ""))
    return words


def _by_chapter(form: str, values: dict[str, int]) -> dict[str, str]:
    """Prefix of the tables of a chapter → these tables, without the heading."""
    rows = rows_of(form, values)
    headings = {table.heading: table.prefix for table in load_form(form).tables}
    starts = [n for n, row in enumerate(rows) if row[0] in headings]
    ends = [*starts[1:], len(rows)]
    return {
        headings[rows[start][0]]: with_bars(rows[start + 1 : end])
        for start, end in zip(starts, ends, strict=False)
    }
