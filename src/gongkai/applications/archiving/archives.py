"""The archive as a zip: as it was filed, or what is left once the person is purged."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils import translation

from gongkai.applications.archiving import contents, sheets
from gongkai.applications.archiving.contents import Described
from gongkai.applications.archiving.documents import KINDS
from gongkai.applications.archiving.packing import Member, zip_chunks
from gongkai.applications.archiving.verifying import SUMS
from gongkai.applications.files import chunks_of, open_chunks
from gongkai.applications.models import Archive, ArchiveEntry
from gongkai.registry import files as store


def chunks(archive: Archive) -> Iterator[bytes]:
    """The zip in pieces, the same contents each time. Two queries.

    Raises DamagedFile or CannotOpen in the midst of it: the zip then has no end.
    """
    case = archive.case
    made = _purged(archive) if case.is_purged else _whole(archive)
    folder = (Member(f"{case.number}/{one.path}", one.open) for one in made)
    return zip_chunks(folder, archive.filed_on)


def name_of(archive: Archive) -> str:
    return f"{archive.case.number}.zip"


def entries_of(archive: Archive) -> list[ArchiveEntry]:
    rows = list(archive.entries.select_related("stored", "file__stored"))
    for row in rows:
        row.archive = archive
        if row.file is not None:
            row.file.case = archive.case
    return rows


def _whole(archive: Archive) -> Iterator[Member]:
    rows = entries_of(archive)
    listed = contents.sums((row.path, row.sha256) for row in rows)
    # What describes the archive stands at its beginning.
    yield _made(SUMS, listed)
    for row in rows:
        yield Member(row.path, lambda row=row: _checked(row))  # type: ignore[misc]


def _checked(row: ArchiveEntry) -> Iterator[bytes]:
    """The plain bytes; raises DamagedFile where they are not those that were filed."""
    digest = hashlib.sha256()
    for piece in _pieces(row):
        digest.update(piece)
        yield piece
    if digest.hexdigest() != row.sha256:
        raise store.DamagedFile(row.path)


def _pieces(row: ArchiveEntry) -> Iterator[bytes]:
    if row.file is not None:
        yield from chunks_of(row.file)
    elif row.stored is not None:
        yield from open_chunks(row.archive.case.data_key, row.stored)


# What is left


def _purged(archive: Archive) -> Iterable[Member]:
    """Course, result and a list of what there was; no document, nobody's name."""
    case, on = archive.case, archive.filed_on
    rows = [_left(row) for row in archive.entries.filter(position__gt=0, is_face=False)]
    gone = case.acts.filter(name="purge").last()
    with translation.override("zh-hans"):
        made = {
            "000-说明.txt": _said(archive, gone.on if gone else None),
            "000-卷内目录.pdf": contents.contents_pdf(
                case.agency.name, case.number, rows
            ),
            "000-卷内目录.csv": contents.contents_csv(rows),
            "001-登记表.pdf": sheets.register_sheet(case, None),
            "002-办理经过.pdf": sheets.course_sheet(case, on),
            "003-办理经过.csv": sheets.course_table(case, on),
        }
    listed = contents.sums(
        (path, hashlib.sha256(data).hexdigest()) for path, data in made.items()
    )
    return [_made(SUMS, listed), *(_made(path, data) for path, data in made.items())]


def _left(row: ArchiveEntry) -> Described:
    return Described(
        position=row.position,
        number="",
        responsible="",
        title=KINDS.get(row.kind, row.kind),
        on=row.made_on,
        pages=row.pages,
        note="已按保管期限销毁",
        path="",
        sha256="",
    )


def _said(archive: Archive, on: date | None) -> bytes:
    number, manifest = archive.case.number, archive.manifest
    day = f"{on.isoformat()} " if on else ""
    lines = [
        f"{archive.case.agency.name}　档号：{number}",
        f"本案的个人信息和全部材料已于 {day}按保管期限清除，任何人都不能再打开。"
        if on
        else "本案归档前个人信息已经清除。",
        "下列文件只有办理经过、办理结果和原有材料的清单，没有申请人的任何信息。",
        f"原档案的清单值（SHA-256）：{manifest or '无'}",
        f"核对：sha256sum -c {SUMS}",
        "",
        "The personal data and documents of this case were destroyed; what is left is "
        "its course, its result and the list of what there was.",
    ]
    return "\n".join(lines).encode() + b"\n"


def _made(path: str, data: bytes) -> Member:
    return Member(path, lambda: [data])
