"""Laying a case down: every document hashed, what describes them made, all frozen.

Before the transaction of the filing, which must not wait for a disk.
"""

import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils import translation
from django.utils.crypto import get_random_string

from gongkai.applications.archiving import contents
from gongkai.applications.archiving.contents import Described
from gongkai.applications.archiving.documents import KINDS, PDF, Document, documents_of
from gongkai.applications.archiving.faces import pages_of
from gongkai.applications.archiving.verifying import SUMS
from gongkai.applications.files import FILE_PLACE
from gongkai.applications.models import Archive, ArchiveEntry, Case
from gongkai.registry import files as store
from gongkai.registry.models import StoredFile
from gongkai.registry.sealing import Blob, seal, seal_file, unseal

PLACE = "archive"
CONTENTS = "contents"
TEXT, CSV = "text/plain", "text/csv"


@dataclass(frozen=True)
class Told:
    """What an entry keeps sealed: the words of the contents page."""

    number: str = ""
    responsible: str = ""
    title: str = ""
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """A file of the archive, hashed; ``stored`` holds what was made here, sealed."""

    document: Document
    position: int
    path: str
    pages: int | None
    size: int
    sha256: str
    stored: StoredFile | None


@dataclass(frozen=True)
class LaidDown:
    """A case ready to be filed, as it was at ``state``."""

    filed_on: date
    manifest: str
    entries: tuple[Entry, ...]
    state: tuple[int | None, ...]

    def is_of_now(self, case: Case) -> bool:
        """Whether nothing happened to the case since. Some queries."""
        return self.state == state_of(case)

    def discard(self) -> None:
        """Take back what was stored, where the filing did not come about."""
        for entry in self.entries:
            if entry.stored is not None:
                store.discard(entry.stored)


def state_of(case: Case) -> tuple[int | None, ...]:
    newest = [
        related.aggregate(newest=Max("pk"))["newest"]
        for related in (case.acts, case.files, case.notices)
    ]
    return (*newest, case.rating)


def lay_down(case: Case, filed_on: date) -> LaidDown:
    """Hash and describe everything that lies in the file; raises CannotOpen.

    Memory holds one document, never all.
    """
    state = state_of(case)
    # The file of an office is Chinese, in whatever language the clerk works.
    with translation.override("zh-hans"):
        entries = list(_entries(case, documents_of(case, filed_on)))
        entries = [*_descriptions(case, filed_on, entries), *entries]
    listed = contents.sums((one.path, one.sha256) for one in entries)
    manifest = hashlib.sha256(listed).hexdigest()
    return LaidDown(filed_on, manifest, tuple(entries), state)


def keep(case: Case, laid: LaidDown) -> Archive:
    """Write the archive's rows. Part of the transaction of the filing."""
    numbered = [one for one in laid.entries if one.position and not one.document.face]
    archive = Archive.objects.create(
        case=case,
        filed_on=laid.filed_on,
        manifest=laid.manifest,
        documents=len(numbered),
        pages=sum(one.pages or 0 for one in numbered),
        size=sum(one.size for one in laid.entries),
    )
    ArchiveEntry.objects.bulk_create(_row(archive, one) for one in laid.entries)
    return archive


def told_of(entry: ArchiveEntry) -> Told:
    """The sealed words; raises CannotOpen."""
    key = entry.archive.case.data_key
    return Told(**json.loads(unseal(key, entry.sealed_told, PLACE)))


def _row(archive: Archive, entry: Entry) -> ArchiveEntry:
    document = entry.document
    told = {
        "number": document.number,
        "responsible": document.responsible,
        "title": document.title,
        "note": document.note,
    }
    words = json.dumps(told, ensure_ascii=False).encode()
    return ArchiveEntry(
        archive=archive,
        position=entry.position,
        kind=document.kind,
        path=entry.path,
        is_face=document.face,
        made_on=document.on,
        pages=entry.pages,
        media_type=document.media_type,
        size=entry.size,
        sha256=entry.sha256,
        file=document.file,
        stored=entry.stored,
        sealed_told=seal(archive.case.data_key, words, PLACE),
    )


def _entries(case: Case, documents: Iterable[Document]) -> Iterator[Entry]:
    position = 0
    for document in documents:
        position += not document.face
        name = f"{position:03}-{KINDS[document.kind]}"
        if document.face:
            name += "-阅读版"
        yield _entry(case.data_key, document, position, f"{name}.{document.ending}")


def _descriptions(
    case: Case, filed_on: date, entries: Iterable[Entry]
) -> Iterator[Entry]:
    rows = [_described(one) for one in entries]
    agency, mark = case.agency.name, get_random_string(32)
    made = {
        "000-说明.txt": (
            TEXT,
            contents.explanation(agency, case.number, filed_on, mark),
        ),
        "000-卷内目录.pdf": (PDF, contents.contents_pdf(agency, case.number, rows)),
        "000-卷内目录.csv": (CSV, contents.contents_csv(rows)),
    }
    for path, (media_type, data) in made.items():
        title = path.removeprefix("000-").partition(".")[0]
        document = Document(CONTENTS, title, filed_on, media_type, data=data)
        yield _entry(case.data_key, document, 0, path)


def _described(entry: Entry) -> Described:
    document = entry.document
    return Described(
        position=entry.position,
        number=document.number,
        responsible=document.responsible,
        title=document.title,
        on=document.on,
        pages=entry.pages,
        note=document.note,
        path=entry.path,
        sha256=entry.sha256,
    )


def _entry(key: Blob | None, document: Document, position: int, path: str) -> Entry:
    pages: int | None
    if document.media_type == PDF or document.file is None:
        # One document at a time: an upload holds 20 MB at most.
        data = b"".join(document.pieces())
        pages = pages_of(data) if document.media_type == PDF else None
        size, sha256 = len(data), hashlib.sha256(data).hexdigest()
    else:
        size, sha256 = _hashed(document.pieces())
        pages = 1 if document.media_type.startswith("image/") else None
    stored = None
    if document.file is None:
        sealed = seal_file(key, io.BytesIO(document.data), FILE_PLACE)
        stored = store.store(sealed)
    return Entry(document, position, path, pages, size, sha256, stored)


def _hashed(pieces: Iterable[bytes]) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
    return size, digest.hexdigest()


__all__ = ["SUMS", "LaidDown", "Told", "keep", "lay_down", "told_of"]
