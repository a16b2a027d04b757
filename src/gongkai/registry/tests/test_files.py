import hashlib
import zipfile
from io import BytesIO

import pytest
from pytest_django.fixtures import Settings

from gongkai.registry import files
from gongkai.registry.models import StoredFile

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n%%EOF\n"


def test_the_same_bytes_are_kept_once_under_their_hash() -> None:
    first, second = files.store([PDF]), files.store([PDF[:4], PDF[4:]])
    assert first == second
    assert first.sha256 == hashlib.sha256(PDF).hexdigest()
    assert files.read(first) == PDF


def test_a_changed_file_on_the_disk_is_not_read() -> None:
    stored = files.store([b"%PDF-1.4 mine\n"])
    path = files.path_of(stored.sha256)
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.4 theirs\n")
    with pytest.raises(files.DamagedFile):
        files.read(stored)


def test_a_file_lost_from_the_disk_is_written_again() -> None:
    stored = files.store([b"%PDF-1.4 lost\n"])
    files.path_of(stored.sha256).unlink()
    assert files.read(files.store([b"%PDF-1.4 lost\n"])) == b"%PDF-1.4 lost\n"


def test_a_file_over_the_limit_leaves_nothing(settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 10
    before = set(settings.FILES_ROOT.rglob("*"))
    with pytest.raises(files.FileTooLarge):
        files.store([b"x" * 6, b"x" * 6])
    assert set(settings.FILES_ROOT.rglob("*")) == before
    assert not StoredFile.objects.exists()


def office(part: str) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<x/>")
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (PDF, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 32, "image/png"),
        (office("word/document.xml"), files.DOCX),
        (office("xl/workbook.xml"), files.XLSX),
        (office("other.xml"), "application/zip"),
        (b"MZ" + b"\0" * 64, "application/octet-stream"),
        (b"<html><script>alert(1)</script></html>", "application/octet-stream"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "application/octet-stream"),
        ("春耕".encode(), "text/plain"),
        (b"", "application/octet-stream"),
    ],
)
def test_the_type_is_told_by_the_bytes(data: bytes, expected: str) -> None:
    assert files.store([data]).media_type == expected
