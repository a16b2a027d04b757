"""Labelled values that a page prints around its text: 索引号, 发文日期, 来源 ..."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gongkai.reportreader.lines import Line, Page
from gongkai.reportreader.wordlists import READ, any_of, labels, words
from gongkai.reportreader.writing import READING

# A report has its metadata in its first or last lines; the rest is not searched.
HEAD_LINES = 60
TAIL_LINES = 40
_LONGEST = 400
_EMPTY_VALUES = frozenset(
    {"", "无", "无文号", "无字号", "暂无", "-", "--", "/", "无标题"}
)
_FORM_LABELS = ("填报", "填表", "联系电话", "单位负责人")
_FORM_FIELDS = frozenset({"reporter", "filled"})
_TRIM = " \t|•·:;,【】[]〔〕_"


@dataclass(frozen=True)
class Value:
    """What stands behind a label. ``text`` is folded; it stands at ``[start, end)``."""

    field: str
    text: str
    start: int
    end: int


_CLUTTER = re.compile(rf" |{READ}")


@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    known = any_of(tuple(labels()), gaps=True)
    return re.compile(
        rf"(?P<label>{known})(?:{READING})?(?P<gap> ?[:|]|\t| {{2,}}|$|(?={known}))"
    )


def is_metadata(line: Line) -> bool:
    """Whether the line is a row of labels, not a sentence that holds such a word."""
    if len(line.text) > _LONGEST:
        return False
    ink = line.text.lstrip(_TRIM + "(")
    return _label().match(ink) is not None


def read_metadata(page: Page) -> tuple[Value, ...]:
    """Every labelled value of the page's first and last lines, empty ones left out."""
    found: list[Value] = []
    for index in _places(page):
        line = page.lines[index]
        if is_metadata(line):
            found += _values(line, _next(page, index))
    # The head and foot of a form stand wherever the form does.
    for line in page.lines:
        if line.text.startswith(_FORM_LABELS) and len(line.text) <= _LONGEST:
            found += [v for v in _values(line, None) if v.field in _FORM_FIELDS]
    return tuple(value for value in found if value.text not in _EMPTY_VALUES)


def _places(page: Page) -> list[int]:
    count = len(page.lines)
    head = range(min(HEAD_LINES, count))
    return [*head, *range(max(HEAD_LINES, count - TAIL_LINES), count)]


def _next(page: Page, index: int) -> Line | None:
    return page.lines[index + 1] if index + 1 < len(page.lines) else None


def _values(line: Line, following: Line | None) -> Iterator[Value]:
    marks = [mark for mark in _label().finditer(line.text) if _stands_free(mark)]
    ends = [*(mark.start() for mark in marks), len(line.text)][1:]
    for mark, end in zip(marks, ends, strict=True):
        field = labels()[_CLUTTER.sub("", mark["label"])]
        value = _trimmed(line, field, mark.end(), end)
        if not value.text and len(marks) == 1 and following:
            value = _value_below(field, following) or value
        yield value


def _stands_free(mark: re.Match[str]) -> bool:
    # 来源 inside 信息来源 is taken by the longer label; a gap alone is too weak
    # a sign in the middle of a line.
    return mark.start() == 0 or mark["gap"].strip() in {":", "|"}


def _trimmed(line: Line, field: str, start: int, end: int) -> Value:
    raw = line.text[start:end]
    text = raw.strip(_TRIM)
    at = line.start + start + (raw.index(text) if text else 0)
    return Value(field, text, at, at + len(text))


def _value_below(field: str, line: Line) -> Value | None:
    """The value on its own line under a label, where it has the shape of one."""
    shapes = {"index_no": r"[\w./()-]{6,60}$", "published": r"20\d\d[-/.年]"}
    shape = shapes.get(field)
    if shape and re.match(shape, line.text):
        return Value(field, line.text, line.start, line.end)
    return None


@lru_cache(maxsize=1)
def _clutter() -> re.Pattern[str]:
    known = any_of(words("page", "clutter"), gaps=True)
    marks = r"[\s|•·:;,.【】〔〕()<>/\\_*+-]"
    # Possessive: nothing that was passed is tried again, so the time stays linear.
    return re.compile(rf"(?:(?:{known})|{marks}|\d++)*+$")


@lru_cache(maxsize=1)
def _footer() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(words('page', 'footers'))})")


_TRAIL = re.compile(r"(?:网站)?首页 ?[>/》→-]|.{0,30} > .{0,30} > ")


def is_clutter(line: Line) -> bool:
    """Buttons, size switches and trails of a page's head or foot."""
    if len(line.text) > 120:
        return False
    return _clutter().match(line.text) is not None or bool(_TRAIL.match(line.text))


def is_footer(line: Line) -> bool:
    return len(line.text) < 200 and _footer().match(line.text) is not None
