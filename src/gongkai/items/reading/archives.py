"""Zip files of strangers, opened within bounds.

What a member unpacks to is bounded by the size that its header declares, and the sum
of these by a budget that nested archives share: a zip bomb is refused, not unpacked.
"""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.items.reading.problems import ReadingError, broken, encrypted, too_large

MAX_UNPACKED_BYTES = 200 * 2**20
MAX_MEMBERS = 5_000
MAX_DEPTH = 4
_CENTRAL_ENTRY = b"PK\x01\x02"
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


class Budget:
    """Bytes that may still be unpacked for one file and all that is nested in it."""

    def __init__(self, size: int = MAX_UNPACKED_BYTES) -> None:
        self.left = size

    def spend(self, size: int) -> None:
        """Raises ReadingError when the file asks for more than is left."""
        if size > self.left:
            raise too_large()
        self.left -= size


@dataclass(frozen=True)
class Member:
    name: str
    info: zipfile.ZipInfo

    @property
    def is_encrypted(self) -> bool:
        return bool(self.info.flag_bits & 0x1)


class Archive:
    """A zip file whose members are read within the budget."""

    def __init__(self, data: bytes, budget: Budget | None = None) -> None:
        """Raises ReadingError for what is no zip file, or one with too many members."""
        if data.count(_CENTRAL_ENTRY) > 20 * MAX_MEMBERS:
            raise too_large()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _FAULTS as error:
            raise broken() from error
        if len(self._zip.infolist()) > MAX_MEMBERS:
            raise too_large()
        self._budget = budget or Budget()
        self._infos = {info.filename: info for info in self._zip.infolist()}

    @property
    def names(self) -> list[str]:
        return list(self._infos)

    @property
    def unpacked_bytes(self) -> int:
        return sum(info.file_size for info in self._zip.infolist())

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def members(self) -> Iterator[Member]:
        """Files, not folders, also those that stand twice under the same name."""
        for info in self._zip.infolist():
            if not info.is_dir():
                yield Member(_readable_name(info), info)

    def read(self, name: str) -> bytes:
        """Raises ReadingError; KeyError for a name that is not there."""
        return self.read_info(self._infos[name])

    def read_info(self, info: zipfile.ZipInfo) -> bytes:
        """Raises ReadingError where it is encrypted, broken or over the budget."""
        if info.flag_bits & 0x1:
            raise encrypted()
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ReadingError(
                "compression", "压缩方式少见，系统无法解开。请用普通 zip 重新压缩。"
            )
        self._budget.spend(info.file_size)
        try:
            return self._zip.read(info)
        except _FAULTS as error:
            raise broken() from error


def _readable_name(info: zipfile.ZipInfo) -> str:
    # Chinese Windows writes names in GBK without the flag that would say so.
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename
