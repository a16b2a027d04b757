"""Two versions of an item side by side: text, fields, files."""

from dataclasses import dataclass

from gongkai.items.diffing import (
    FieldChange,
    FileChange,
    FileSeen,
    Line,
    compare_bodies,
    compare_fields,
    compare_files,
)
from gongkai.items.models import Version
from gongkai.items.showing import SHOWN, label_of, value_of


@dataclass(frozen=True)
class Comparison:
    """``is_only_layout``: the words are equal, the HTML behind them is not."""

    lines: list[Line]
    fields: list[FieldChange]
    files: list[FileChange]
    is_only_layout: bool

    @property
    def is_empty(self) -> bool:
        return not (self.lines or self.fields or self.files or self.is_only_layout)


def compare(before: Version, after: Version) -> Comparison:
    """Two queries, for the files of both."""
    lines = compare_bodies(before.body, after.body)
    rows = [
        (label_of(name), value_of(before, name), value_of(after, name))
        for name in ("title", *SHOWN)
    ]
    return Comparison(
        lines=lines,
        fields=compare_fields(rows),
        files=compare_files(_files(before), _files(after)),
        is_only_layout=not lines and before.body != after.body,
    )


def _files(version: Version) -> list[FileSeen]:
    return [
        FileSeen(file.name, file.stored.sha256)
        for file in version.files.select_related("stored")
    ]
