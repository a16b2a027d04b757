"""Files of reports: which ones a path means, and their text."""

import glob
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from gongkai.reportreader.reading import MAX_BYTES, ReadingError, SourceText, read_bytes

SUFFIXES = frozenset(
    {".txt", ".html", ".htm", ".xhtml", ".docx", ".pdf", ".doc", ".wps"}
)
STANDARD_INPUT = "-"


def find_files(paths: Iterable[str]) -> Iterator[Path]:
    """Each file once: those named, those in folders and those that a glob means.

    A path that is nothing is given back as it is, so that reading it says so.
    """
    seen: set[Path] = set()
    for path in (found for named in paths for found in _expanded(named)):
        if path not in seen:
            seen.add(path)
            yield path


def _expanded(named: str) -> Iterator[Path]:
    path = Path(named)
    if path.is_dir():
        yield from sorted(
            inside
            for inside in path.rglob("*")
            if inside.suffix.lower() in SUFFIXES
            and inside.is_file()
            and not inside.name.startswith((".", "~$"))
        )
        return
    if not path.exists() and glob.has_magic(named):
        found = sorted(map(Path, glob.glob(named, recursive=True)))  # noqa: PTH207
        yield from (each for each in found if each.is_file())
        if found:
            return
    yield path


def read_file(path: Path) -> SourceText:
    """The text of a file, of standard input for ``-``. Raises ReadingError."""
    name = str(path)
    if name == STANDARD_INPUT:
        return read_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), "标准输入")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ReadingError.of("too_large", name)
        return read_bytes(path.read_bytes(), name)
    except FileNotFoundError as error:
        raise ReadingError.of("missing", name) from error
    except OSError as error:
        raise ReadingError(
            "unreadable", f"{name}：不能读取（{error.strerror}）。"
        ) from error
