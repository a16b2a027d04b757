"""An uploaded report is its office's own; what is public has its item's address."""

from typing import Any

from gongkai.registry.files import OwnedFile, register_owner
from gongkai.reports.models import Reading


def find(public_id: str, scope: Any | None) -> OwnedFile | None:
    if scope is None:
        return None
    visible = Reading.objects.visible_to(scope).without_text()
    found = visible.select_related("stored").filter(public_id=public_id).first()
    if found is None or found.stored is None:
        return None
    return OwnedFile(found.stored, found.name)


register_owner(find)
