"""An agency's site by its address, and the bodies below it."""

from datetime import date

from django.shortcuts import get_object_or_404

from gongkai.agencies.models import Agency
from gongkai.catalogue.navigation import Section


def section_of(slug: str) -> Section:
    """Of the agency at this address, also a dissolved one; raises Http404."""
    return Section(get_object_or_404(Agency, slug=slug))


def bodies_directly_below(agency: Agency, today: date) -> list[Agency]:
    found = Agency.objects.existing(today).filter(
        path__startswith=agency.path, depth=agency.depth + 1
    )
    return list(found)
