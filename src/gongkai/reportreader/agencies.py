"""Whose report it is: the organ's full official name and what in the text says so.

Asked in this order, until one gives a name that says which organ it is wherever it is
read: the title; what the page labels as its publisher, the form as its reporter; the
signature; the lines over the title; the sentences of the opening; the body of the text
(``mentions``). A short name (区商务局, 省管局) is not taken as it is but written out
from a later witness that it shortens, or with the place that the text speaks of. An
address, or anything that cannot be an organ's name, is never taken: mirrors of reports
put their own where the name stood. An office that signs for its government names the
government, unless the title gives the office itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from gongkai.reportreader import mentions
from gongkai.reportreader.lines import Page
from gongkai.reportreader.metadata import Value
from gongkai.reportreader.names import (
    ADDRESS,
    bare_level,
    is_full,
    is_organ,
    is_place,
    level_of,
    official,
    place_of,
    principal_of,
    shortens,
)
from gongkai.reportreader.places import Surroundings
from gongkai.reportreader.quoting import Quote
from gongkai.reportreader.signatures import Signature
from gongkai.reportreader.titles import Title, name_in

_OPENING = 2_500
_HAN = "[\u4e00-\u9fff]"
_SITE = re.compile("(?:人民)?(?:政府)?(?:门户)?(?:网站?|信息网)$")
_TOLD = re.compile(
    rf"(?:由|现将|现公布|公布|发布|请?与|联系[:]?) ?(?:\d{{4}} ?年度?)?(?P<name>{_HAN}{{4,30}}?)"
    r"(?=\d{4} ?年|编制|组织编制|汇总|负责|联系|政府信息公开|信息公开|政务公开|\(地址|\(电话)"
)
_SUBJECT = re.compile(
    rf"(?:^|\n)\s*(?:\d{{4}} ?年度?, ?)?(?P<name>{_HAN}{{4,24}}?)(?=政府信息公开工作|政务公开工作|认真|深入|严格|坚持|高度|在)"
)


@dataclass(frozen=True)
class Witness:
    """A name and where it stands. ``by``: title, metadata, signature, opening, body."""

    by: str
    name: str
    quote: Quote


@dataclass(frozen=True)
class Found:
    """``name`` is empty where nothing tells; ``witnesses`` are what it rests on."""

    name: str
    witnesses: tuple[Witness, ...]
    how: str


@dataclass(frozen=True)
class AgencySearch:
    page: Page
    title: Title | None
    metadata: tuple[Value, ...]
    signature: Signature | None

    @cached_property
    def around(self) -> Surroundings:
        return Surroundings(self.page.source.folded)

    @cached_property
    def title_name(self) -> str:
        """What stands in the title in the place of the name, be it a name or not."""
        return name_in(self.title.folded) if self.title else ""

    def find(self) -> Found:
        witnesses = self._witnesses()
        title = [each for each in witnesses if each.by == "title"]
        if title and is_full(title[0].name):
            return self._titled(title[0], witnesses)
        if title:
            found = self._completed(title[0], witnesses[1:])
            if found:
                return found
        for witness in witnesses:
            found = self._taken(witness, witnesses)
            if found:
                return found
        return self._inferred()

    def _witnesses(self) -> list[Witness]:
        found = [*self._from_title(), *self._from_metadata(), *self._from_signature()]
        found += [*self._from_head(), *self._from_opening()]
        return [each for each in found if is_organ(each.name)]

    def _from_title(self) -> Iterator[Witness]:
        if self.title and self.title_name:
            quoted = self._within(self.title.start, self.title.end, self.title_name)
            yield Witness("title", self.title_name, quoted)

    def _within(self, start: int, end: int, name: str) -> Quote:
        text = self.page.source.folded[start:end]
        found = re.search(r"\s*".join(map(re.escape, name)), text)
        if found is None:
            return self.page.quote(start, end)
        return self.page.quote(start + found.start(), start + found.end())

    def _from_metadata(self) -> Iterator[Witness]:
        for field in ("publisher", "reporter", "source"):
            for value in self.metadata:
                if value.field == field:
                    quoted = self.page.quote(value.start, value.end)
                    yield Witness("metadata", value.text.replace(" ", ""), quoted)

    def _from_signature(self) -> Iterator[Witness]:
        if self.signature and self.signature.name_quote:
            name = self.signature.name
            yield Witness("signature", name, self.signature.name_quote)

    def _from_head(self) -> Iterator[Witness]:
        """Lines over the title that are nothing but a name."""
        first = self.title.lines[0] if self.title and self.title.lines else 3
        for line in self.page.lines[: min(first, 5)]:
            if is_full(line.text.replace(" ", "")):
                name = line.text.replace(" ", "")
                yield Witness("head", name, self.page.quote_line(line))

    def _from_opening(self) -> Iterator[Witness]:
        start = self.title.end if self.title else 0
        text = self.page.source.folded[start : start + _OPENING]
        for pattern in (_TOLD, _SUBJECT):
            for match in pattern.finditer(text):
                name = re.sub("(?:党政)?办公?室?$", "", match["name"])
                if is_full(name) and not _SITE.search(name):
                    at = start + match.start("name")
                    quoted = self.page.quote(at, at + len(name))
                    yield Witness("opening", name, quoted)

    def _titled(self, title: Witness, witnesses: list[Witness]) -> Found:
        """The title's own name; a place alone may stand for a department there."""
        name = title.name
        if is_place(name) and self._speaks_as_department():
            for other in witnesses[1:]:
                if place_of(other.name) and not is_place(other.name):
                    if not principal_of(other.name) and _is_department(other.name):
                        return Found(official(other.name), (title, other), "told")
        longer = self._longer(official(name), witnesses)
        if longer:
            return Found(longer.name, (title, longer), "told")
        for other in witnesses[1:]:
            if official(name) != name and shortens(name, other.name):
                return Found(official(other.name), (title, other), "told")
        return Found(self._governed(name), (title,), "told")

    def _governed(self, name: str) -> str:
        """Written out; a new area has a government if the text names one."""
        government = name + "人民政府"
        if is_place(name) and government in self.around.text[:20_000]:
            return government
        return official(name)

    def _longer(self, name: str, witnesses: list[Witness]) -> Witness | None:
        """The same township or street with its county: towns of one name are many."""
        if level_of(place_of(name)) not in {"镇", "乡", "街道", "苏木"}:
            return None
        longer = (
            Witness(each.by, official(each.name), each.quote) for each in witnesses
        )
        return next(
            (e for e in longer if e.name != name and e.name.endswith(name)), None
        )

    def _speaks_as_department(self) -> bool:
        text = self.around.text[:20_000]
        own = len(re.findall("[我本](?:局|委|办|厅|中心)", text))
        places = len(re.findall("[我本](?:[省市县区州旗盟镇乡]|街道)", text))
        return own > 2 * places

    def _completed(self, short: Witness, others: list[Witness]) -> Found | None:
        """A short name in the title, written out."""
        for other in others:
            full = official(other.name)
            if is_full(other.name) and _completes(short.name, full):
                return Found(full, (short, other), "completed")
        named = mentions.in_full(short.name, self.around)
        if not named:
            return None
        return Found(official(named), (short, *self._body(named)), "completed")

    def _body(self, name: str) -> tuple[Witness, ...]:
        at = self.page.source.folded.find(name)
        if at < 0:
            at = self.page.source.folded.find(name := place_of(name))
        if at < 0 or not name:
            return ()
        return (Witness("body", name, self.page.quote(at, at + len(name))),)

    def _taken(self, witness: Witness, witnesses: list[Witness]) -> Found | None:
        """What a witness other than the title says."""
        name = witness.name
        if witness.by == "title" or ADDRESS.search(name) or _SITE.search(name):
            return None
        if not is_full(name):
            others = [each for each in witnesses if each is not witness]
            return self._completed(witness, others) if bare_level(name) else None
        principal = principal_of(name)
        if principal and not self._speaks_as_department():
            return Found(principal, (witness,), "office")
        return Found(official(name), (witness,), "told")

    def _inferred(self) -> Found:
        author = mentions.find_author(self.around)
        if author and not self._speaks_as_government(author):
            name = mentions.in_full(author.name, self.around)
            at = author.mention.start
            quoted = self.page.quote(at, at + len(author.name))
            own = Witness("body", author.name, quoted)
            if name:
                return Found(official(name), (own, *self._body(name)), "inferred")
        place = self.around.place_at(self.around.level())
        if place and not self._speaks_as_department():
            return Found(official(place), self._body(place), "inferred")
        return Found("", (), "unknown")

    def _speaks_as_government(self, author: mentions.Author) -> bool:
        text = self.around.text[:20_000]
        ours = len(re.findall("我(?:[省市县区州旗盟镇乡]|街道)", text))
        own = len(re.findall("[我本](?:局|委|办|厅|中心)|局党组|局机关", text))
        return ours > own + author.weight / 2


def _is_department(name: str) -> bool:
    return not re.search("政府(?:办公室|办公厅)?$|信息中心$", name)


def _completes(short: str, full: str) -> bool:
    rest = short[len(bare_level(short)) :]
    return full.endswith(rest) and _same_level(short, full) or shortens(short, full)


def _same_level(short: str, full: str) -> bool:
    level = bare_level(short)
    return not level or level_of(place_of(full)) == level[-1:] or level == "街道"
