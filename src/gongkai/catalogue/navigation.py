"""An agency's columns as the public walks them: the bar, the tree, the way to one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.catalogue.models import Column, ColumnKind


@dataclass(frozen=True)
class Node:
    """A column in the tree that a page shows."""

    label: str
    url: str
    current: bool
    children: tuple["Node", ...]


class Section:
    """The open-government section of one agency's site. One query, at its making."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        self.columns = list(Column.objects.filter(agency=agency))
        self._by_id = {column.pk: column for column in self.columns}
        self._below: dict[int | None, list[Column]] = {}
        for column in self.columns:
            self._below.setdefault(column.parent_id, []).append(column)

    def column(self, slug: str) -> Column | None:
        """Also a retired one: its address and its items stay."""
        return next((one for one in self.columns if one.slug == slug), None)

    def of_kind(self, kind: ColumnKind) -> Column | None:
        """The first top column for the purpose, or None."""
        return next((one for one in self.children(None) if one.kind == kind), None)

    def children(self, column: Column | None) -> list[Column]:
        below = self._below.get(column.pk if column else None, [])
        return [one for one in below if one.retired_on is None]

    def way_to(self, column: Column) -> list[Column]:
        """The column with those above it, the top one first."""
        way = [column]
        while (parent := self._by_id.get(way[0].parent_id or 0)) is not None:
            way.insert(0, parent)
        return way

    def at_or_below(self, column: Column) -> list[Column]:
        """Retired ones too: what stands there is still public."""
        found = [column]
        for one in found:
            found.extend(self._below.get(one.pk, ()))
        return found

    def bar(self, current: Column | None = None) -> list[tuple[str, str, bool]]:
        """(label, address, is current) of the site's own navigation."""
        top = self.way_to(current)[0] if current else None
        home = (_("Home"), reverse("portal:agency", args=[self.agency.slug]))
        return [
            (*home, False),
            *((one.name, self.address(one), one == top) for one in self.children(None)),
        ]

    def context(self, current: Column | None = None) -> dict[str, object]:
        """What the base template of the portal needs on a page of this site."""
        return {
            "site_agency": self.agency,
            "portal_columns": self.bar(current),
            "feed_url": reverse("portal:agency-feed", args=[self.agency.slug]),
        }

    def tree(self, current: Column | None = None) -> tuple[Node, ...]:
        return self._nodes(self.children(None), current)

    def crumbs(self, column: Column | None) -> list[tuple[str, str]]:
        """The way from the site's home to the column, all of them links."""
        way = self.way_to(column) if column else []
        return [
            (_("Home"), reverse("portal:agency", args=[self.agency.slug])),
            *((one.name, self.address(one)) for one in way),
        ]

    def address(self, column: Column) -> str:
        return reverse("portal:column", args=[self.agency.slug, column.slug])

    def _nodes(
        self, columns: Iterable[Column], current: Column | None
    ) -> tuple[Node, ...]:
        return tuple(
            Node(
                label=one.name,
                url=self.address(one),
                current=one == current,
                children=self._nodes(self.children(one), current),
            )
            for one in columns
        )
