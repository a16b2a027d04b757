"""The hash that reviewers decide on: everything that would be public, in one string."""

import hashlib
import json
from collections.abc import Iterable, Mapping

from gongkai.items.models.content import AttachedFile, Content


def content_hash(
    content: Content, files: Iterable[AttachedFile], agency_id: int, note: str
) -> str:
    """SHA-256, hex, over fields, column, public note and each file with its name."""
    told = {name: _text(getattr(content, name)) for name in Content.FIELDS}
    told["agency"] = str(agency_id)
    told["column"] = _text(content.column_id)
    told["public_note"] = note
    listed = [
        [
            file.public_id,
            file.name,
            file.stored.sha256,
            file.stored.media_type,
            str(file.is_picture),
            str(file.position),
        ]
        for file in files
    ]
    return digest_of({"fields": told, "files": sorted(listed)})


def digest_of(content: Mapping[str, object]) -> str:
    """SHA-256, hex, of what is reviewed, whatever the order of its fields."""
    whole = json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(whole.encode()).hexdigest()


def _text(value: object) -> str:
    return "" if value is None else str(value)
