"""Who may read an item's files: whoever may read the item."""

from typing import Any

from gongkai.items.models import DraftFile, Item, Release, VersionFile
from gongkai.registry.files import OwnedFile, register_owner


def find(public_id: str, scope: Any | None) -> OwnedFile | None:
    """The file as the public has it, else as the scope's colleagues have it."""
    public = _in_version(public_id, Item.objects.visible_to_public(), is_live=True)
    if public is not None or scope is None:
        return public
    visible = Item.objects.visible_to(scope)
    return (
        _in_version(public_id, visible, is_live=False)
        or _in_draft(public_id, visible)
        or _in_proof(public_id, visible)
    )


def _in_version(public_id: str, items: Any, *, is_live: bool) -> OwnedFile | None:
    files = VersionFile.objects.filter(
        public_id=public_id, version__item__in=items
    ).select_related("stored")
    if is_live:
        files = files.filter(version__live_for__isnull=False)
    file = files.first()
    return OwnedFile(file.stored, file.name) if file else None


def _in_draft(public_id: str, items: Any) -> OwnedFile | None:
    file = (
        DraftFile.objects.filter(public_id=public_id, draft__item__in=items)
        .select_related("stored")
        .first()
    )
    return OwnedFile(file.stored, file.name) if file else None


def _in_proof(public_id: str, items: Any) -> OwnedFile | None:
    release = (
        Release.objects.filter(proof_public_id=public_id, item__in=items)
        .select_related("proof_file")
        .first()
    )
    if release is None or release.proof_file is None:
        return None
    return OwnedFile(release.proof_file, release.proof_name)


register_owner(find)
