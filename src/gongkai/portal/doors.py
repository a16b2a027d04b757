"""The ways into a site that its home page offers first. None leads nowhere."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.catalogue.models import Column, ColumnKind
from gongkai.catalogue.navigation import Section
from gongkai.items.listing import Row


@dataclass(frozen=True)
class Door:
    label: str
    text: str
    url: str


def of_section(section: Section | None) -> list[Door]:
    """Find, guide, apply, reports: what is open to everybody now."""
    slug = section.agency.slug if section else ""
    tail = f"?agency={slug}" if section and section.agency.depth > 1 else ""
    found = Door(
        _("Find"),
        _("Browse everything by body, topic and year"),
        reverse("portal:search") + tail,
    )
    if section is None:
        return [found]
    told = (
        (ColumnKind.APPLY, _("Apply"), _("What is not published can be applied for")),
        (ColumnKind.GUIDE, _("Guide"), _("What is published where, and who answers")),
        (ColumnKind.ANNUAL_REPORT, _("Reports"), _("What was done in each year")),
    )
    return [
        found,
        *(
            Door(label, text, section.address(column))
            for kind, label, text in told
            if (column := section.of_kind(kind)) is not None
        ),
    ]


def statutory(section: Section | None) -> list[tuple[Column, str]]:
    """The categories of Art. 20 with their addresses."""
    if section is None:
        return []
    parent = section.of_kind(ColumnKind.STATUTORY)
    if parent is None:
        return []
    return [(column, section.address(column)) for column in section.children(parent)]


def example_number(rows: Iterable[Row]) -> str:
    """A document number among the rows, to show what may be typed into the search."""
    pattern = re.compile(r"〔\d{4}〕\d+号$")
    facts = (fact for row in rows for fact in row.facts)
    return next((fact for fact in facts if pattern.search(fact)), "")
