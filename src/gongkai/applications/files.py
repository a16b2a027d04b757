"""Documents of a case: sealed before they are stored, opened for whoever may read."""

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.applications.exceptions import BadInput
from gongkai.applications.models import Case, CaseFile
from gongkai.registry import files as store
from gongkai.registry.models import StoredFile
from gongkai.registry.sealing import Blob, seal, seal_file, unseal, unseal_file

ALLOWED = frozenset(
    {
        "application/pdf",
        store.DOCX,
        store.XLSX,
        "application/zip",
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "text/plain",
    }
)
MOST_BYTES = 20 * 1024 * 1024
NAME_PLACE, FILE_PLACE = "file name", "file"


@dataclass(frozen=True)
class Prepared:
    """An upload that was looked at: its bytes decide the type, not its name."""

    kind: str
    name: str
    media_type: str
    data: bytes
    for_applicant: bool = False


def prepare(
    kind: str,
    upload: "UploadedFile[Any]",
    field: str = "files",
    for_applicant: bool = False,
) -> Prepared:
    """Read and check an upload; raises BadInput for a type or size not taken."""
    name = str(upload.name or "").replace("\\", "/").rsplit("/", 1)[-1][:200] or "1"
    if (upload.size or 0) > MOST_BYTES:
        raise BadInput(
            field,
            _("“%(name)s” is larger than 20 MB. Make it smaller or split it.")
            % {"name": name},
        )
    data = upload.read()
    media_type = store.media_type_of_bytes(data)
    if media_type not in ALLOWED:
        raise BadInput(
            field,
            _("“%(name)s” is of no type that is taken: PDF, Word, Excel, picture, zip.")
            % {"name": name},
        )
    return Prepared(kind, name, media_type, data, for_applicant)


@dataclass(frozen=True)
class Kept:
    """A prepared file, sealed with a case's key and in the store; not yet its own."""

    prepared: Prepared
    stored: StoredFile
    sealed_name: bytes


def keep(key: Blob | None, prepared: Prepared) -> Kept:
    """Seal and store the bytes. Before the transaction: it must not wait for a disk."""
    sealed = seal_file(key, io.BytesIO(prepared.data), FILE_PLACE)
    name = seal(key, json.dumps(prepared.name).encode(), NAME_PLACE)
    return Kept(prepared, store.store(sealed), name)


def attach(
    case: Case, kept: Kept, *, by_applicant: bool, now: datetime | None = None
) -> CaseFile:
    """Make the kept file a document of the case. Part of the act's transaction."""
    return CaseFile.objects.create(
        case=case,
        kind=kept.prepared.kind,
        stored=kept.stored,
        media_type=kept.prepared.media_type,
        size=len(kept.prepared.data),
        sealed_name=kept.sealed_name,
        added_at=now or timezone.now(),
        by_applicant=by_applicant,
        for_applicant=kept.prepared.for_applicant,
    )


def keep_for(case: Case, prepared: Iterable[Prepared]) -> list[Kept]:
    """Of a case that is there: sealed with its own key."""
    return [keep(case.data_key, one) for one in prepared]


def name_of(file: CaseFile) -> str:
    """Its name; raises CannotOpen once the case was purged."""
    return open_name(file.case.data_key, file.sealed_name)


def chunks_of(file: CaseFile) -> Iterator[bytes]:
    """The plain bytes, in chunks; raises CannotOpen."""
    return open_chunks(file.case.data_key, file.stored)


def open_name(key: Blob | None, sealed: Blob) -> str:
    """The name that ``keep`` sealed; raises CannotOpen."""
    told: str = json.loads(unseal(key, sealed, NAME_PLACE))
    return told


def open_chunks(key: Blob | None, stored: StoredFile) -> Iterator[bytes]:
    """The bytes that ``keep`` sealed, in chunks; raises CannotOpen."""
    with store.open_file(stored) as sealed:
        yield from unseal_file(key, sealed, FILE_PLACE)
