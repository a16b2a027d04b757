"""What a reader asks of the search page, and what it answers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import ClassVar, Final
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai import search
from gongkai.agencies.models import Agency
from gongkai.items.choices import Kind, Validity
from gongkai.items.listing import Row, row_of
from gongkai.items.models import Item
from gongkai.items.querysets import ItemQuerySet
from gongkai.items.reading.text import html_to_text
from gongkai.items.search_documents import KIND

A_PAGE = 20
_YEAR = re.compile("[12][0-9]{3}")
MOST_CHOICES = 12
NEWEST: Final = "newest"
RELEVANCE: Final = "relevance"


def whole_number(text: str) -> str | None:
    """Address of the one public item with this document or index number, or None."""
    if not text:
        return None
    hits = [hit.object_id for hit in search.exact(text) if hit.kind == KIND]
    found = list(Item.objects.visible_to_public().filter(pk__in=hits[:3])[:2])
    return found[0].get_absolute_url() if len(found) == 1 else None


@dataclass(frozen=True)
class Asked:
    """The words and the filters; a filter that means nothing is empty."""

    text: str = ""
    site: Agency | None = None  # with all bodies below it
    kind: str = ""
    topic: str = ""
    year: str = ""
    validity: str = ""
    body: Agency | None = None
    sort: str = RELEVANCE
    page: int = 1

    NAMES: ClassVar = (
        "q",
        "agency",
        "kind",
        "topic",
        "year",
        "validity",
        "body",
        "sort",
        "page",
    )

    @classmethod
    def read(cls, query: QueryDict, site: Agency | None) -> "Asked":
        year, body = query.get("year", ""), query.get("body", "")
        page = query.get("page", "1")
        return cls(
            text=query.get("q", ""),
            site=site,
            kind=_one_of(query.get("kind", ""), Kind.values),
            topic=query.get("topic", ""),
            year=year if _YEAR.fullmatch(year) else "",
            validity=_one_of(query.get("validity", ""), Validity.values),
            body=Agency.objects.filter(slug=body).first() if body else None,
            sort=NEWEST if query.get("sort") == NEWEST else RELEVANCE,
            page=max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1,
        )

    @property
    def filters(self) -> dict[str, str]:
        """By the names of the facets, without the empty ones."""
        told = {
            "kind": self.kind,
            "topic": self.topic,
            "year": self.year,
            "validity": self.validity,
        }
        return {name: value for name, value in told.items() if value}

    def address(self, **changes: str | None) -> str:
        """The search with some parameters changed; None or "" takes one away."""
        told: dict[str, str | None] = {
            "q": self.text,
            "agency": self.site.slug if self.site else "",
            **self.filters,
            "body": self.body.slug if self.body else "",
            "sort": self.sort if self.sort != RELEVANCE else "",
            **changes,
        }
        kept = {name: value for name, value in told.items() if value}
        return f"{reverse('portal:search')}?{urlencode(kept)}"

    def query(self) -> search.Query:
        return search.Query(
            text=self.text,
            kind=KIND,
            agency_id=self.body.pk if self.body else None,
            subtree_of=self.site.path if self.site else None,
            filters=self.filters,
            sort=NEWEST if self.sort == NEWEST else RELEVANCE,
            page=self.page,
            page_size=A_PAGE,
        )

    def items(self) -> ItemQuerySet:
        """The same without the words, asked of the ledger itself."""
        found = Item.objects.visible_to_public()
        if self.site is not None:
            found = found.of_subtree(self.site)
        if self.body is not None:
            found = found.filter(agency=self.body)
        if self.kind:
            found = found.filter(kind=self.kind)
        if self.topic:
            found = found.filter(live__topic=self.topic)
        if self.validity:
            found = found.filter(validity=self.validity)
        if self.year:
            first, last = date(int(self.year), 1, 1), date(int(self.year), 12, 31)
            found = found.filter(published_on__range=(first, last))
        return found


def _one_of(value: str, allowed: list[str]) -> str:
    return value if value in allowed else ""


@dataclass(frozen=True)
class FacetChoice:
    label: str
    count: str
    url: str


@dataclass(frozen=True)
class Facet:
    label: str
    choices: tuple[FacetChoice, ...]


class Found:
    """The answer. Its queries do not grow with what is found."""

    def __init__(self, asked: Asked, today: date) -> None:
        self.asked, self.today = asked, today
        self.words = asked.text
        query = asked.query()
        self.results = search.find(query) if asked.text else search.browse(query)
        if asked.text and not self.results.total:
            self._loosen(query)

    def _loosen(self, query: search.Query) -> None:
        """Nothing holds the words as they were written: look for their parts."""
        looser = search.loosen(query)
        results = search.find(looser) if looser else None
        if looser is not None and results is not None and results.total:
            self.results, self.words = results, looser.text

    @property
    def is_loosened(self) -> bool:
        return self.words != self.asked.text

    @cached_property
    def total(self) -> int:
        """Without words the very number; with words capped where there are many."""
        return self.results.total if self.asked.text else self.asked.items().count()

    @property
    def total_words(self) -> str:
        capped = self.asked.text and self.results.total_is_capped
        return f"{self.total:,}{'+' if capped else ''}"

    @cached_property
    def page_obj(self) -> Page[int]:
        return Paginator(range(self.total), A_PAGE).get_page(self.asked.page)

    @cached_property
    def rows(self) -> list[Row]:
        return [self._row(item) for item in self._items()]

    def _items(self) -> Iterator[Item]:
        if not self.asked.text:
            first = (self.page_obj.number - 1) * A_PAGE
            found = self.asked.items().for_public_list().newest_first()
            yield from found[first : first + A_PAGE]
            return
        ids = [hit.object_id for hit in self.results.hits]
        # The index is not asked whether the public may see it; the ledger is.
        readable = Item.objects.visible_to_public().select_related(
            "live", "agency", "column"
        )
        by_id = readable.in_bulk(ids)
        yield from (by_id[one] for one in ids if one in by_id)

    def _row(self, item: Item) -> Row:
        row = row_of(item, self.today, body=True)
        live, text = item.live, self.words
        if not text or live is None:
            return row
        facts = tuple(search.highlight(fact, text) for fact in row.facts)
        return Row(
            title=search.highlight(row.title, text),
            url=row.url,
            on=row.on,
            facts=facts,
            tags=row.tags,
            snippet=search.snippet(html_to_text(live.body), text),
        )

    @cached_property
    def facets(self) -> list[Facet]:
        """What still divides the results; a chosen one stands among the chips."""
        asked, offered = self.asked, self.results.facets
        told = (
            ("kind", _("Kind"), dict(Kind.choices)),
            ("year", _("Year"), None),
            ("topic", "主题分类", None),
            ("validity", "有效性", dict(Validity.choices)),
        )
        facets = [
            self._facet(name, label, offered.get(name, []), labels)
            for name, label, labels in told
            if name not in asked.filters
        ]
        if asked.body is None:
            facets.append(self._bodies(offered.get("agency", [])))
        return [facet for facet in facets if len(facet.choices) > 1]

    def _facet(
        self,
        name: str,
        label: str,
        counts: list[search.FacetCount],
        labels: Mapping[str, object] | None,
    ) -> Facet:
        if name == "year":
            counts = sorted(counts, key=lambda one: one.value, reverse=True)
        choices = tuple(
            FacetChoice(
                label=str(labels.get(one.value, one.value)) if labels else one.value,
                count=_count(one),
                url=self.asked.address(**{name: one.value}),
            )
            for one in counts[:MOST_CHOICES]
        )
        return Facet(label, choices)

    def _bodies(self, counts: list[search.FacetCount]) -> Facet:
        ids = [int(one.value) for one in counts[:MOST_CHOICES]]
        by_id = Agency.objects.in_bulk(ids)
        choices = tuple(
            FacetChoice(
                label=body.short_name or body.name,
                count=_count(one),
                url=self.asked.address(body=body.slug),
            )
            for one in counts[:MOST_CHOICES]
            if (body := by_id.get(int(one.value))) is not None
        )
        return Facet(_("Body"), choices)

    @cached_property
    def chips(self) -> list[tuple[str, str, str]]:
        """(label, value, address without it) of the filters in force."""
        asked = self.asked
        told = (
            ("kind", _("Kind"), dict(Kind.choices).get(asked.kind, "")),
            ("topic", "主题分类", asked.topic),
            ("year", _("Year"), asked.year),
            ("validity", "有效性", dict(Validity.choices).get(asked.validity, "")),
            ("body", _("Body"), asked.body.name if asked.body else ""),
        )
        return [
            (label, str(value), asked.address(**{name: None}))
            for name, label, value in told
            if value
        ]

    @property
    def clear_url(self) -> str:
        return self.asked.address(kind="", topic="", year="", validity="", body="")

    @property
    def everywhere_url(self) -> str:
        return self.asked.address(agency="")

    @property
    def is_partly_ranked(self) -> bool:
        """Whether the reader must be told that not all was sorted by relevance."""
        return (
            bool(self.asked.text)
            and self.asked.sort == RELEVANCE
            and not self.results.ranked_all
        )

    @property
    def sort_urls(self) -> dict[str, str]:
        return {
            RELEVANCE: self.asked.address(sort=""),
            NEWEST: self.asked.address(sort=NEWEST),
        }

    @cached_property
    def ways_on(self) -> list[tuple[str, str]]:
        """From an empty result, the words carried over; the likeliest first."""
        ways = []
        if self.chips:
            ways.append((_("Search without the filters"), self.clear_url))
        if self.asked.site is not None:
            words = _("Search all bodies of the platform")
            ways.append((words, self.everywhere_url))
        ways.append((_("Apply for it"), self._apply_url()))
        return ways

    def _apply_url(self) -> str:
        """To the body that was searched, else to the choice of one."""
        site = self.asked.site
        address = (
            reverse("applications:start", args=[site.slug])
            if site is not None
            else reverse("applications:apply")
        )
        tail = urlencode({"about": self.asked.text}) if self.asked.text else ""
        return f"{address}?{tail}" if tail else address


def _count(one: search.FacetCount) -> str:
    return f"{one.count:,}{'+' if one.is_capped else ''}"
