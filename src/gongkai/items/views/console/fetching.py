"""Items as the signed-in person may see them; everything else is a 404."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.models import Agency
from gongkai.items.models import Item, Step, Version


def item_or_404(request: HttpRequest, item_id: int) -> Item:
    visible = Item.objects.visible_to(scope_of_request(request))
    found: Item = get_object_or_404(
        visible.select_related(
            "agency", "author__person", "draft__column", "live", "column"
        ),
        pk=item_id,
    )
    return found


def version_or_404(item: Item, number: int) -> Version:
    versions = item.versions.select_related(
        "column", "made_by__person", "author_person"
    )
    version: Version = get_object_or_404(versions, number=number)
    version.item = item
    return version


def newest_version(item: Item) -> Version | None:
    version: Version | None = (
        item.versions.select_related("column", "made_by__person", "author_person")
        .order_by("-number")
        .first()
    )
    if version is not None:
        version.item = item
    return version


def current_step(item: Item) -> Step | None:
    """The step that waits for a decision, with its version."""
    return (
        Step.objects.filter(version__item=item, is_current=True)
        .select_related("version__item__agency", "version__column", "agency")
        .first()
    )


def agency_or_404(request: HttpRequest, agency_id: int) -> Agency:
    visible = Agency.objects.in_console_of(scope_of_request(request))
    agency: Agency | None = visible.filter(pk=agency_id).first()
    if agency is None:
        raise Http404
    return agency
