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

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from gongkai.reportreader import mentions, witnesses
from gongkai.reportreader.lines import Page
from gongkai.reportreader.metadata import Value
from gongkai.reportreader.names import (
    bare_level,
    is_department,
    is_full,
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
from gongkai.reportreader.titles import Title
from gongkai.reportreader.witnesses import Witness

_TOWNS = frozenset({"镇", "乡", "街道", "苏木"})


@dataclass(frozen=True)
class Found:
    """``name`` is empty where nothing tells; ``evidence`` is what it rests on.

    Told: a witness gives it. Inferred: only the running text points to it.
    """

    name: str
    evidence: tuple[Quote, ...] = ()
    how: Literal["told", "inferred"] = "told"


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
    def others(self) -> list[Witness]:
        return witnesses.outside_title(
            self.page, self.title, self.metadata, self.signature
        )

    def find(self) -> Found:
        titled = witnesses.in_title(self.page, self.title)
        if titled and is_full(titled.name):
            return self._titled(titled)
        found = self._written_out(titled) if titled else None
        if found:
            return found
        taken = (self._taken(witness) for witness in self.others)
        return next(filter(None, taken), None) or self._inferred()

    def _titled(self, title: Witness) -> Found:
        """A full name in the title, corrected by a witness who knows better."""
        better = (
            self._department_of_place(title)
            or self._town_with_county(title)
            or self._spelled_out(title)
        )
        if better:
            return Found(official(better.name), (title.quote, better.quote))
        return Found(self._governed(title.name), (title.quote,))

    def _department_of_place(self, title: Witness) -> Witness | None:
        """The department whose report a title calls by its place alone."""
        if not is_place(title.name) or not self.around.speaks_for_department:
            return None
        local = (each for each in self.others if place_of(each.name))
        return next((each for each in local if is_department(each.name)), None)

    def _town_with_county(self, title: Witness) -> Witness | None:
        """The same township or street with its county: towns of one name are many."""
        name = official(title.name)
        if level_of(place_of(name)) not in _TOWNS:
            return None
        longer = (each for each in self.others if len(official(each.name)) > len(name))
        return next((e for e in longer if official(e.name).endswith(name)), None)

    def _spelled_out(self, title: Witness) -> Witness | None:
        """Who gives a short form in full, since such forms differ between places."""
        if official(title.name) == title.name:
            return None
        return next((e for e in self.others if shortens(title.name, e.name)), None)

    def _governed(self, name: str) -> str:
        """Written out; a new area has a government if the text names one."""
        government = name + "人民政府"
        return government if government in self.around.text else official(name)

    def _written_out(self, short: Witness) -> Found | None:
        """A name without its place, from another witness or from the text."""
        for other in self.others:
            full = official(other.name)
            if is_full(other.name) and shortens(short.name, full):
                return Found(full, (short.quote, other.quote))
        named = mentions.in_full(short.name, self.around)
        if not named:
            return None
        return Found(official(named), (short.quote, *self._printed(named)))

    def _printed(self, name: str) -> tuple[Quote, ...]:
        """Where the text has the name, or else its place."""
        for words in (name, place_of(name)):
            at = self.page.source.folded.find(words)
            if at >= 0:
                return (self.page.quote(at, at + len(words)),)
        return ()

    def _taken(self, witness: Witness) -> Found | None:
        """What a witness other than the title says."""
        name = witness.name
        if not is_full(name):
            return self._written_out(witness) if bare_level(name) else None
        principal = principal_of(name)
        if principal and not self.around.speaks_for_department:
            return Found(principal, (witness.quote,))
        return Found(official(name), (witness.quote,))

    def _inferred(self) -> Found:
        author = mentions.find_author(self.around)
        if author and not self.around.speaks_for_place_over(author.weight):
            name = mentions.in_full(author.name, self.around)
            if name:
                at = author.start
                own = self.page.quote(at, at + len(author.name))
                return Found(official(name), (own, *self._printed(name)), "inferred")
        place = self.around.place_at(self.around.level())
        if place and not self.around.speaks_for_department:
            return Found(official(place), self._printed(place), "inferred")
        return Found("")
