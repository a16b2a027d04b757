"""Checking an archive by its own hashes, on any machine: no database, no settings."""

import argparse
import hashlib
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

SUMS = "SHA256SUMS.txt"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](\S.*)")
_CHUNK = 1 << 20
MOST_SUMS = 16 << 20
"""Bytes of a list of hashes that are read into memory; a real one has thousands."""
BAD, UNREADABLE = 1, 2


class NoArchive(Exception):
    """What was given is no archive of a case; the text says why."""


@dataclass
class Checked:
    """What a check found. ``manifest`` is the hash of the list of hashes itself."""

    manifest: str
    good: int = 0
    problems: list[str] = field(default_factory=list)


def check(path: Path) -> Checked:
    """Hash every file of the archive, a zip or its unpacked folder; raises NoArchive.

    Nothing is unpacked; memory holds a chunk.
    """
    if path.is_dir():
        return _check(_Folder(path))
    try:
        with zipfile.ZipFile(path) as book:
            return _check(_Zip(book))
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise NoArchive(f"cannot be read: {error}") from error


class _Zip:
    def __init__(self, book: zipfile.ZipFile) -> None:
        self.book = book
        names = [one.filename for one in book.infolist() if not one.is_dir()]
        found = [name for name in names if PurePosixPath(name).name == SUMS]
        if len(found) != 1:
            raise NoArchive(f"holds {len(found)} lists of hashes named {SUMS}, not one")
        self.top = found[0].removesuffix(SUMS)
        self.all = names

    def names(self) -> list[str]:
        return [
            name.removeprefix(self.top) if name.startswith(self.top) else f"../{name}"
            for name in self.all
        ]

    def open(self, name: str) -> IO[bytes]:
        return self.book.open(self.top + name)


class _Folder:
    def __init__(self, top: Path) -> None:
        inner = [one for one in top.iterdir() if one.is_dir()]
        if not (top / SUMS).is_file() and len(inner) == 1:
            top = inner[0]
        if not (top / SUMS).is_file():
            raise NoArchive(f"holds no {SUMS}")
        self.top = top

    def names(self) -> list[str]:
        files = (one for one in self.top.rglob("*") if one.is_file())
        return [one.relative_to(self.top).as_posix() for one in files]

    def open(self, name: str) -> IO[bytes]:
        return (self.top / name).open("rb")


def _check(archive: _Zip | _Folder) -> Checked:
    with archive.open(SUMS) as file:
        data = file.read(MOST_SUMS + 1)
    if len(data) > MOST_SUMS:
        raise NoArchive(f"its {SUMS} is too large")
    found = Checked(hashlib.sha256(data).hexdigest())
    wanted = dict(_sums(data))
    names = archive.names()
    found.problems += [
        f"{name}: is there twice"
        for name, count in sorted(Counter(names).items())
        if count > 1
    ]
    for name, sha256 in wanted.items():
        if name not in names:
            found.problems.append(f"{name}: is missing")
        elif _hash_of(archive, name) != sha256:
            found.problems.append(f"{name}: was changed")
        else:
            found.good += 1
    known = {*wanted, SUMS}
    found.problems += [
        f"{name}: is in no list" for name in sorted(set(names)) if name not in known
    ]
    return found


def _sums(data: bytes) -> Iterator[tuple[str, str]]:
    try:
        lines = data.decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise NoArchive(f"its {SUMS} is no text in UTF-8") from error
    for number, line in enumerate(lines, 1):
        told = _LINE.fullmatch(line)
        if told is None:
            raise NoArchive(f"line {number} of its {SUMS} is no hash and name")
        if told[2].startswith("/") or ".." in PurePosixPath(told[2]).parts:
            raise NoArchive(f"line {number} of its {SUMS} names a file outside")
        yield told[2], told[1]


def _hash_of(archive: _Zip | _Folder, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except (zipfile.BadZipFile, EOFError, OSError):
        return ""  # cut or damaged: it has no hash
    return digest.hexdigest()


def main(arguments: list[str]) -> int:
    """``gongkai verify_archive``: 0 all as filed, 1 something is not, 2 no archive."""
    parser = argparse.ArgumentParser(
        prog="gongkai verify_archive",
        description="Check the archive of a case by its own hashes.",
    )
    parser.add_argument("file", type=Path, help="the zip, or its unpacked folder")
    parser.add_argument(
        "--manifest", default="", help="the hash that was recorded when it was filed"
    )
    told = parser.parse_args(arguments)
    try:
        found = check(told.file)
    except NoArchive as error:
        sys.stderr.write(f"{told.file}: {error}\n")
        return UNREADABLE
    if told.manifest and told.manifest.strip().lower() != found.manifest:
        found.problems.append(f"{SUMS}: is not the one that was recorded at filing")
    for problem in found.problems:
        sys.stderr.write(f"{problem}\n")
    state = "all as filed" if not found.problems else "NOT as filed"
    sys.stdout.write(
        f"{found.good} files checked, {len(found.problems)} problem(s): {state}\n"
        f"manifest {found.manifest}\n"
    )
    return BAD if found.problems else 0
