"""From a file, or a published item, to the text that the reader reads."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from html import escape

from django.utils.translation import gettext as _

from gongkai.items.models import Version, VersionFile
from gongkai.registry import files
from gongkai.registry.models import StoredFile
from gongkai.reportreader import (
    MAX_BYTES,
    ReadingError,
    Report,
    SourceText,
    analyse,
    read_bytes,
)
from gongkai.reports.exceptions import Unreadable

READABLE = frozenset({"application/pdf", files.DOCX, "text/plain"})
# Half a character and NUL stand in no database; each keeps its place as one sign.
_UNKEPT = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True)
class Source:
    """Bytes with the name that a person knows them by."""

    name: str
    data: bytes

    @property
    def text(self) -> SourceText:
        """Raises Unreadable."""
        try:
            found = read_bytes(self.data, self.name)
        except ReadingError as error:
            raise Unreadable(error.message) from error
        kept = _UNKEPT.sub("\ufffd", found.text)
        return SourceText(found.name, kept, found.kind, found.encoding)


def stored_source(name: str, stored: StoredFile) -> Source:
    """Raises Unreadable for a file that is not whole any more."""
    try:
        return Source(name, files.read(stored))
    except (files.DamagedFile, OSError) as error:
        words = _("“%(name)s” is not whole any more where files are kept.")
        raise Unreadable(words % {"name": name}) from error


def report_of(source: Source) -> Report:
    """What the report tells by itself, with nothing to compare. Raises Unreadable."""
    text = source.text
    try:
        return analyse(text)
    except ReadingError as error:
        raise Unreadable(error.message) from error


def size_of(version: Version) -> int:
    """Bytes to be read of a version."""
    listed = _attached(version)
    return len(version.body.encode()) + sum(file.stored.size for file in listed)


def best_of(version: Version) -> Report:
    """The report that a version publishes: its text, or the attachment that tells more.

    Raises Unreadable with what stood against each of them.
    """
    found: list[Report] = []
    problems: list[str] = []
    for made in _sources(version):
        try:
            found.append(report_of(made()))
        except Unreadable as error:
            problems.append(error.sentence)
    if not found:
        raise Unreadable(" ".join(problems))
    # Of equals the first: the text before its attachments.
    return max(found, key=lambda report: len(report.claims))


def _sources(version: Version) -> Iterator[Callable[[], Source]]:
    """Each is opened when it is its turn."""
    title = escape(version.title)
    page = f"<html><body><h1>{title}</h1>{version.body}</body></html>"
    yield partial(Source, version.title, page.encode())
    for file in _attached(version):
        yield partial(stored_source, file.name, file.stored)


def _attached(version: Version) -> list[VersionFile]:
    listed = version.files.filter(is_picture=False).select_related("stored")
    return [
        file
        for file in listed
        if file.stored.media_type in READABLE and file.stored.size <= MAX_BYTES
    ]
