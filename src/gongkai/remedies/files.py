"""Documents of a remedy: looked at and sealed as the desk's own, with its key."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from gongkai.applications.files import FILE_PLACE, NAME_PLACE, Kept, Prepared, keep
from gongkai.registry import files as store
from gongkai.registry.sealing import unseal, unseal_file
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
    told: str = json.loads(unseal(file.remedy.data_key, file.sealed_name, NAME_PLACE))
    return told


def chunks_of(file: RemedyFile) -> Iterator[bytes]:
    """The plain bytes, in chunks; raises CannotOpen."""
    with store.open_file(file.stored) as sealed:
        yield from unseal_file(file.remedy.data_key, sealed, FILE_PLACE)
