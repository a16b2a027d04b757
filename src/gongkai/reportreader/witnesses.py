"""The names that a report puts where its own organ's name belongs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.reportreader.lines import Page
from gongkai.reportreader.metadata import Value
from gongkai.reportreader.names import is_full, is_organ
from gongkai.reportreader.quoting import Quote
from gongkai.reportreader.signatures import Signature
from gongkai.reportreader.titles import Title, name_in

_OPENING = 2_500
_HEAD_LINES = 5
_HAN = "[\u4e00-\u9fff]"
_TOLD = re.compile(
    r"(?:由|与|现将|公布|发布|联系:?) ?(?:\d{4} ?年度?)?"
    rf"(?P<name>{_HAN}{{4,30}}?)"
    r"(?=\d{4} ?年|编制|组织编制|汇总|负责|联系|\(地址|\(电话"
    r"|政府信息公开|信息公开|政务公开)"
)
_SUBJECT = re.compile(
    r"(?:^|\n)\s*(?:\d{4} ?年度?, ?)?"
    rf"(?P<name>{_HAN}{{4,24}}?)"
    r"(?=政府信息公开工作|政务公开工作|认真|深入|严格|坚持|高度|在)"
)
_OWN_OFFICE = re.compile("(?:党政)?办公?室?$")


@dataclass(frozen=True)
class Witness:
    """An organ's name without the blanks in it, and where it stands."""

    name: str
    quote: Quote


def in_title(page: Page, title: Title | None) -> Witness | None:
    """The name in the title, unless what stands in its place can be no organ's."""
    name = name_in(title.folded) if title else ""
    if title is None or not is_organ(name):
        return None
    printed = re.search(r"\s*".join(map(re.escape, name)), title.folded)
    start, end = printed.span() if printed else (0, len(title.folded))
    return Witness(name, page.quote(title.start + start, title.start + end))


def outside_title(
    page: Page,
    title: Title | None,
    metadata: tuple[Value, ...],
    signature: Signature | None,
) -> list[Witness]:
    """The most trustworthy first: labels, signature, lines of the head, opening."""
    found = [*_labelled(page, metadata), *_signed(signature)]
    found += [*_at_head(page), *_in_opening(page, title)]
    return [witness for witness in found if is_organ(witness.name)]


def _labelled(page: Page, metadata: tuple[Value, ...]) -> Iterator[Witness]:
    for field in ("publisher", "reporter", "source"):
        for value in metadata:
            if value.field == field:
                name = value.text.replace(" ", "")
                yield Witness(name, page.quote(value.start, value.end))


def _signed(signature: Signature | None) -> Iterator[Witness]:
    if signature and signature.name_quote:
        yield Witness(signature.name, signature.name_quote)


def _at_head(page: Page) -> Iterator[Witness]:
    for line in page.lines[:_HEAD_LINES]:
        yield Witness(line.text.replace(" ", ""), page.quote_line(line))


def _in_opening(page: Page, title: Title | None) -> Iterator[Witness]:
    """Full names in sentences that say whose report it is: 现公布某某局 ..."""
    start = title.end if title else 0
    opening = page.source.folded[start : start + _OPENING]
    for pattern in (_TOLD, _SUBJECT):
        for match in pattern.finditer(opening):
            name = _without_own_office(match["name"])
            if is_full(name):
                at = start + match.start("name")
                yield Witness(name, page.quote(at, at + len(name)))


def _without_own_office(name: str) -> str:
    """某某局 of 某某局办公室, which answers for it; 某某市外事办公室 as it is."""
    principal = _OWN_OFFICE.sub("", name)
    return principal if is_full(principal) else name
