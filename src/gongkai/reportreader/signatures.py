"""Who signed the text and when: a line with a day, an organ's name beside it."""

import re
from dataclasses import dataclass
from datetime import date

from gongkai.reportreader.dates import find_dates
from gongkai.reportreader.lines import Line, Page
from gongkai.reportreader.metadata import is_metadata
from gongkai.reportreader.names import is_organ
from gongkai.reportreader.quoting import Quote

_MARKS = " ()〔〕,、:·-日期"
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")


@dataclass(frozen=True)
class Signature:
    """``name`` is folded, empty where only a day was set; so is ``on`` None."""

    name: str
    on: date | None
    name_quote: Quote | None
    date_quote: Quote | None


def find_signature(page: Page) -> Signature | None:
    """The last line that is only a day, or an organ's name with one.

    An annex may follow, so it need not stand at the end; one with a name goes first.
    """
    found = [signed for n in range(len(page.lines)) if (signed := _signed(page, n))]
    named = [signed for signed in found if signed.name]
    if named or found:
        return (named or found)[-1]
    return _undated(page)


def _signed(page: Page, index: int) -> Signature | None:
    line = page.lines[index]
    if len(line.text) > 60 or "|" in line.text or is_metadata(line):
        return None
    days = find_dates(line.text, line.start)
    if len(days) != 1:
        return None
    day = days[0]
    date_quote = page.quote(day.start, day.end)
    rest = line.text[: day.start - line.start] + line.text[day.end - line.start :]
    name = _CLOCK.sub("", rest).strip(_MARKS)
    if name and not is_organ(name):
        return None
    if name:
        start = line.start + line.text.index(name)
        quoted = page.quote(start, start + len(name))
        return Signature(name, day.on, quoted, date_quote)
    return _with_neighbour(page, index, day.on, date_quote)


def _with_neighbour(page: Page, index: int, on: date, day: Quote) -> Signature:
    for line in _neighbours(page, index):
        name = line.text.replace(" ", "").strip(_MARKS)
        if len(line.text) <= 45 and is_organ(name):
            return Signature(name, on, page.quote_line(line), day)
    return Signature("", on, None, day)


def _neighbours(page: Page, index: int) -> list[Line]:
    return [*page.lines[max(0, index - 1) : index], *page.lines[index + 1 : index + 2]]


def _undated(page: Page) -> Signature | None:
    """A name alone as the text's last words."""
    for line in page.lines[:-6:-1] if len(page.lines) > 6 else ():
        name = line.text.replace(" ", "")
        if is_organ(name) and not is_metadata(line):
            return Signature(name, None, page.quote_line(line), None)
    return None
