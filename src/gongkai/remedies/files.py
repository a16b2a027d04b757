"""Documents of a remedy: looked at and sealed as the desk's own, with its key."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from gongkai.applications.files import Kept, Prepared, keep, open_chunks, open_name
from gongkai.remedies.models import Remedy, RemedyFile


def keep_for(remedy: Remedy, prepared: Iterable[Prepared]) -> list[Kept]:
    """Sealed and stored before the transaction, which must not wait for a disk."""
    return [keep(remedy.data_key, one) for one in prepared]


def attach(remedy: Remedy, kept: Iterable[Kept], now: datetime) -> None:
    """Make the kept files documents of the remedy. Part of the act's transaction."""
    RemedyFile.objects.bulk_create(
        RemedyFile(
            remedy=remedy,
            kind=one.prepared.kind,
            stored=one.stored,
            media_type=one.prepared.media_type,
            size=len(one.prepared.data),
            sealed_name=one.sealed_name,
            added_at=now,
        )
        for one in kept
    )


def name_of(file: RemedyFile) -> str:
    """Its name; raises CannotOpen once the remedy was purged."""
    return open_name(file.remedy.data_key, file.sealed_name)


def chunks_of(file: RemedyFile) -> Iterator[bytes]:
    """The plain bytes, in chunks; raises CannotOpen."""
    return open_chunks(file.remedy.data_key, file.stored)
