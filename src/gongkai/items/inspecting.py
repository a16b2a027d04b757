"""The system's second look at a draft: what a tired reviewer misses."""

from django.conf import settings

from gongkai.items.inspection import Hint, InspectedFile, inspect_item
from gongkai.items.models import Draft, DraftFile
from gongkai.registry import files

INSPECTED_FIELDS = ("doc_no", "issuer", "keywords", "summary", "source", "public_note")


def inspect_draft(draft: Draft) -> list[Hint]:
    """Hints on the draft and its files. Reads every file: not inside a transaction."""
    return inspect_item(
        title=draft.title,
        metadata={name: str(getattr(draft, name)) for name in INSPECTED_FIELDS},
        body_html=draft.body,
        files=[_inspected(file) for file in draft.files.select_related("stored")],
        key=settings.SECRET_KEY.encode(),
    )


def _inspected(file: DraftFile) -> InspectedFile:
    return InspectedFile(
        name=file.name,
        media_type=file.stored.media_type,
        data=files.read(file.stored),
    )
