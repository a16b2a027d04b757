"""The file store: content-addressed, written and synced before its row exists."""

import hashlib
import io
import os
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import puremagic
from django.conf import settings

from gongkai.registry.models import StoredFile

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Chunks = Iterable[bytes]
_OFFICE_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}


class FileTooLarge(Exception):
    """The upload has more bytes than settings.MAX_UPLOAD_BYTES."""


class DamagedFile(Exception):
    """The bytes on disk are not those that the row names."""


def store(chunks: Chunks) -> StoredFile:
    """Keep the bytes and return their row; the same bytes give the same row.

    The file is written, synced and renamed into place before the row is made, so no
    row ever names a file that a power cut could take. Raises FileTooLarge.
    """
    root = settings.FILES_ROOT
    root.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor, name = tempfile.mkstemp(dir=root, prefix=".incoming-")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > settings.MAX_UPLOAD_BYTES:
                    raise FileTooLarge
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        sha256 = digest.hexdigest()
        known = StoredFile.objects.filter(sha256=sha256).first()
        if known is not None and path_of(sha256).exists():
            return known
        media_type = media_type_of(temporary)
        _move_into_place(temporary, path_of(sha256))
    finally:
        temporary.unlink(missing_ok=True)
    row, _ = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "media_type": media_type}
    )
    return row


def path_of(sha256: str) -> Path:
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256[2:4] / sha256


def open_file(stored: StoredFile) -> BinaryIO:
    return path_of(stored.sha256).open("rb")


def read(stored: StoredFile) -> bytes:
    """The bytes, checked against the hash; raises DamagedFile."""
    data = path_of(stored.sha256).read_bytes()
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        raise DamagedFile(stored.sha256)
    return data


def discard(stored: StoredFile) -> None:
    """Delete the row, then the bytes. Only of what no record names."""
    stored.delete()
    path_of(stored.sha256).unlink(missing_ok=True)


def media_type_of(path: Path) -> str:
    """Media type by content, never by name; ``application/octet-stream`` if unknown."""
    if zipfile.is_zipfile(path):
        return _zip_type(path)
    with path.open("rb") as file:
        return _type_of_head(file.read(4096))


def _type_of_head(head: bytes) -> str:
    try:
        found = puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError):
        found = ""
    if found in {
        "application/pdf",
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
    }:
        return str(found)
    return "text/plain" if _is_text(head) else "application/octet-stream"


def media_type_of_bytes(data: bytes) -> str:
    """As ``media_type_of``, of bytes in memory."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        return _zip_type(io.BytesIO(data))
    return _type_of_head(data[:4096])


def _zip_type(file: Path | BinaryIO) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return "application/octet-stream"
    for part, media_type in _OFFICE_PARTS.items():
        if part in names and "[Content_Types].xml" in names:
            return media_type
    return "application/zip"


def _is_text(head: bytes) -> bool:
    if b"\0" in head or not head:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            head[: len(head) - 4 if len(head) > 4 else None].decode(encoding)
        except UnicodeDecodeError:
            continue
        # Markup is text to a decoder and a program to a browser.
        return not head.lstrip().startswith(b"<")
    return False


def _move_into_place(temporary: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary.chmod(0o640)
    temporary.replace(target)
    for folder in (target.parent, target.parent.parent):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@dataclass(frozen=True)
class OwnedFile:
    """A file that somebody may read now, under the name that its record gives it."""

    stored: StoredFile
    name: str


class Owner(Protocol):
    """Answers for the files of one ledger.

    Gives the file only where the asker may read its record: ``scope`` is that of the
    signed-in person, None for the public.
    """

    def __call__(self, public_id: str, scope: Any | None) -> OwnedFile | None: ...


_owners: list[Owner] = []


def register_owner(owner: Owner) -> None:
    """For a ledger's ``file_owners`` module."""
    if owner not in _owners:
        _owners.append(owner)


def find_readable(public_id: str, scope: Any | None) -> OwnedFile | None:
    """The file behind a public id, if its record lets the asker read it."""
    for owner in _owners:
        owned = owner(public_id, scope)
        if owned is not None:
            return owned
    return None
