"""What narrows a column's list; a value that means nothing is dropped."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import ClassVar
from urllib.parse import urlencode

from django.db.models import Max, Min
from django.http import QueryDict
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.catalogue.models import Column
from gongkai.catalogue.navigation import Section
from gongkai.items.choices import Validity
from gongkai.items.models import Item
from gongkai.items.querysets import ItemQuerySet
from gongkai.items.standing import NOT_YET, standing_is

ALL_BODIES = "all"
_STANDINGS = (*Validity.choices, (NOT_YET, "尚未施行"))


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    """One select of the form."""

    name: str
    label: str
    everything: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> Choice | None:
        return next((one for one in self.choices if one.is_chosen), None)


class ColumnFilters:
    NAMES: ClassVar = ("year", "body", "topic", "validity")

    def __init__(
        self, query: QueryDict, section: Section, column: Column, today: date
    ) -> None:
        self.query, self.section, self.column = query, section, column
        self.today = today

    @property
    def is_of_many_bodies(self) -> bool:
        return self._value("body") == ALL_BODIES

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chips)

    def items(self) -> ItemQuerySet:
        found = self._of_body().for_public_list()
        if year := self._value("year"):
            found = found.filter(
                published_on__range=(date(int(year), 1, 1), date(int(year), 12, 31))
            )
        if topic := self._value("topic"):
            found = found.filter(live__topic=topic)
        if standing := self._value("validity"):
            found = found.filter(standing_is(standing, self.today))
        return found.newest_first()

    @cached_property
    def all(self) -> list[Filter]:
        """The selects that offer a choice here."""
        filters = (
            self._filter("year", _("Year"), _("All years")),
            self._filter("body", _("Body"), self.section.agency.name),
            self._filter("topic", "主题分类", _("All topics")),
            self._filter("validity", "有效性", _("All")),
        )
        return [one for one in filters if len(one.choices) > 1 or one.chosen]

    @cached_property
    def chips(self) -> list[tuple[str, str, str]]:
        """(label, value, address without it) of the filters in force."""
        return [
            (one.label, one.chosen.label, self._without(one.name))
            for one in self.all
            if one.chosen
        ]

    def _value(self, name: str) -> str:
        """What was asked for, if it is one of the choices."""
        asked = self.query.get(name, "")
        return asked if asked and asked in dict(self._offered(name)) else ""

    def _offered(self, name: str) -> list[tuple[str, str]]:
        """(value, label) of each choice; only what is asked for is queried."""
        if name == "year":
            return self._years
        if name == "body":
            return self._bodies
        return self._topics if name == "topic" else self._standings

    def _filter(self, name: str, label: str, everything: str) -> Filter:
        chosen = self._value(name)
        choices = tuple(
            Choice(value, text, value == chosen) for value, text in self._offered(name)
        )
        return Filter(name, label, everything, choices)

    def _without(self, name: str) -> str:
        kept = {
            key: self.query[key]
            for key in self.NAMES
            if key != name and self._value(key)
        }
        return f"?{urlencode(kept)}"

    def _of_body(self) -> ItemQuerySet:
        """Items of the column here, or of the same columns at a body below."""
        public_ones = Item.objects.visible_to_public()
        own = self.section.at_or_below(self.column)
        body = self._value("body")
        if not body:
            return public_ones.filter(column__in=[one.pk for one in own])
        bodies = Agency.objects.at_or_below(self.section.agency)
        if body != ALL_BODIES:
            bodies = bodies.filter(slug=body)
        same = Column.objects.filter(
            agency__in=bodies, slug__in=[one.slug for one in own]
        )
        return public_ones.filter(column__in=same.order_by().values("pk"))

    @cached_property
    def _bodies(self) -> list[tuple[str, str]]:
        below = (
            Agency.objects.existing(self.today)
            .at_or_below(self.section.agency)
            .exclude(pk=self.section.agency.pk)
        )
        told = [(one.slug, one.short_name or one.name) for one in below[:200]]
        return [(ALL_BODIES, _("With all bodies below")), *told] if told else []

    @cached_property
    def _years(self) -> list[tuple[str, str]]:
        days = self._of_body().aggregate(
            first=Min("published_on"), last=Max("published_on")
        )
        if days["first"] is None:
            return []
        years = range(days["last"].year, days["first"].year - 1, -1)
        return [(str(year), str(year)) for year in years]

    @cached_property
    def _topics(self) -> list[tuple[str, str]]:
        found = self._of_body().exclude(live__topic="").order_by()
        topics = found.values_list("live__topic", flat=True).distinct()[:100]
        return [(topic, topic) for topic in sorted(topics)]

    @cached_property
    def _standings(self) -> list[tuple[str, str]]:
        return [(str(code), str(label)) for code, label in _STANDINGS]
