"""What a file is, told by its bytes alone."""

import io
import zipfile
from enum import StrEnum


class FileKind(StrEnum):
    DOCX = "docx"
    XLSX = "xlsx"
    OTHER_PACKAGE = "other_package"  # pptx, OFD, OpenDocument
    ZIP = "zip"
    PDF = "pdf"
    IMAGE = "image"
    OLD_OFFICE = "old_office"
    ENCRYPTED_OFFICE = "encrypted_office"
    TEXT = "text"
    EMPTY = "empty"
    UNKNOWN = "unknown"


_OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGE_HEADS = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"BM",
    b"II*\0",
    b"MM\0*",
)
_PACKAGE_PARTS = ("ppt/", "OFD.xml", "mimetype", "content.xml")


def kind_of(data: bytes) -> FileKind:
    if not data:
        return FileKind.EMPTY
    if data.startswith(_OLE_HEAD):
        name = "EncryptedPackage".encode("utf-16-le")
        return FileKind.ENCRYPTED_OFFICE if name in data else FileKind.OLD_OFFICE
    if b"%PDF-" in data[:1024]:
        return FileKind.PDF
    if data.startswith(_IMAGE_HEADS) or (data[:4], data[8:12]) == (b"RIFF", b"WEBP"):
        return FileKind.IMAGE
    if data[:2] == b"PK" or zipfile.is_zipfile(io.BytesIO(data)):
        return _kind_of_zip(data)
    return FileKind.TEXT if decoded(data) is not None else FileKind.UNKNOWN


def _kind_of_zip(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return FileKind.ZIP
    if "[Content_Types].xml" in names:
        if any(name.startswith("word/") for name in names):
            return FileKind.DOCX
        if any(name.startswith("xl/") for name in names):
            return FileKind.XLSX
        return FileKind.OTHER_PACKAGE
    if any(name.startswith(_PACKAGE_PARTS) for name in names):
        return FileKind.OTHER_PACKAGE
    return FileKind.ZIP


def decoded(data: bytes) -> str | None:
    """The text in the encodings met in offices; None for bytes that are not text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in data:
        return None
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
