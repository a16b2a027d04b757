"""Kinds of what a file can carry unseen, and what a check looks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from gongkai.redaction.exceptions import TracesFound


class Kind(StrEnum):
    ENCRYPTED = "encrypted"
    METADATA = "metadata"
    XMP = "xmp"
    REVISIONS = "revisions"
    UNREFERENCED = "unreferenced"
    STRAY_BYTES = "stray_bytes"
    LAYERS = "layers"
    ANNOTATIONS = "annotations"
    FORM = "form"
    EMBEDDED = "embedded"
    SCRIPTS = "scripts"
    LINKS = "links"
    THUMBNAIL = "thumbnail"
    ALT_TEXT = "alt_text"
    OFF_PAGE = "off_page"
    HIDDEN_TEXT = "hidden_text"
    COVERED_PICTURE = "covered_picture"
    FRAMES = "frames"
    TRANSPARENT = "transparent"
    PROFILE = "profile"
    # Of a file that was rebuilt.
    TEXT = "text"
    NOT_BLACK = "not_black"
    PAGES = "pages"
    UNKNOWN_PART = "unknown_part"
    # Of Word and Excel files.
    HIDDEN_SHEETS = "hidden_sheets"
    HIDDEN_ROWS = "hidden_rows"
    HIDDEN_COLUMNS = "hidden_columns"
    HIDDEN_CELLS = "hidden_cells"
    HIDDEN_NAMES = "hidden_names"
    CACHED_DATA = "cached_data"
    COMMENTS = "comments"
    CHANGES = "changes"
    CUSTOM_DATA = "custom_data"
    NOT_READ = "not_read"


OF_PICTURES = (
    Kind.METADATA,
    Kind.STRAY_BYTES,
    Kind.THUMBNAIL,
    Kind.PROFILE,
    Kind.FRAMES,
    Kind.TRANSPARENT,
)
OF_PDF = (
    *(Kind.ENCRYPTED, Kind.METADATA, Kind.XMP, Kind.REVISIONS, Kind.UNREFERENCED),
    *(Kind.STRAY_BYTES, Kind.LAYERS, Kind.ANNOTATIONS, Kind.FORM, Kind.EMBEDDED),
    *(Kind.SCRIPTS, Kind.LINKS, Kind.THUMBNAIL, Kind.ALT_TEXT, Kind.OFF_PAGE),
    *(Kind.HIDDEN_TEXT, Kind.COVERED_PICTURE),
)
OF_REBUILT = (
    Kind.TEXT,
    Kind.UNKNOWN_PART,
    Kind.STRAY_BYTES,
    Kind.NOT_BLACK,
    Kind.PAGES,
)
OF_WORD = (
    *(Kind.CHANGES, Kind.COMMENTS, Kind.HIDDEN_TEXT, Kind.METADATA, Kind.ALT_TEXT),
    *(Kind.EMBEDDED, Kind.SCRIPTS, Kind.LINKS, Kind.CUSTOM_DATA, Kind.THUMBNAIL),
    *(Kind.UNKNOWN_PART, Kind.NOT_READ),
)
OF_WORKBOOK = (
    *(Kind.HIDDEN_SHEETS, Kind.HIDDEN_ROWS, Kind.HIDDEN_COLUMNS, Kind.HIDDEN_CELLS),
    *(Kind.HIDDEN_NAMES, Kind.CACHED_DATA, Kind.COMMENTS, Kind.METADATA),
    *(Kind.ALT_TEXT, Kind.EMBEDDED, Kind.SCRIPTS, Kind.LINKS, Kind.CUSTOM_DATA),
    *(Kind.THUMBNAIL, Kind.UNKNOWN_PART, Kind.NOT_READ),
)


@dataclass(frozen=True)
class Trace:
    """``page`` counts from 1, 0 for the file as a whole; ``place`` names a sheet, a
    part, a key. Neither quotes what was found."""

    kind: Kind
    page: int = 0
    place: str = ""

    def __str__(self) -> str:
        where = f" p{self.page}" if self.page else ""
        return f"{self.kind}{where}{f' {self.place}' if self.place else ''}"


def refuse_if_any(traces: Iterable[Trace]) -> None:
    """Raises TracesFound."""
    found = tuple(dict.fromkeys(traces))
    if found:
        raise TracesFound(found)
