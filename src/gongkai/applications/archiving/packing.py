"""One zip, made while it is sent: memory holds a chunk, whatever the archive holds."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

Chunks = Iterable[bytes]
_EARLIEST = 1980
"""What a zip file can name as a year."""


@dataclass(frozen=True)
class Member:
    """``open`` is called when its turn comes, and gives the bytes in chunks."""

    path: str
    open: Callable[[], Chunks]


class _Outlet(io.RawIOBase):
    """Where the zip is written to; what is there is taken and sent on."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        before = len(self._held)
        self._held += data
        return len(self._held) - before

    def taken(self) -> bytes:
        told = bytes(self._held)
        self._held.clear()
        return told


def zip_chunks(members: Iterable[Member], on: date) -> Iterator[bytes]:
    """The zip in pieces. Every entry bears the day ``on``, so only contents tell.

    A name beyond ASCII is marked as UTF-8. What a member raises goes through: the zip
    then has no end and opens nowhere, so nobody takes half an archive for a whole one.
    """
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w") as book:
        for member in members:
            with book.open(_info(member.path, on), "w") as target:
                for chunk in member.open():
                    target.write(chunk)
                    if told := outlet.taken():
                        yield told
            yield outlet.taken()
    yield outlet.taken()


def _info(path: str, on: date) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, (max(on.year, _EARLIEST), on.month, on.day, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3  # Unix, so that the mode below counts
    info.external_attr = 0o100644 << 16
    return info
