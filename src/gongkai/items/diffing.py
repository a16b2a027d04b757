"""What changed between two versions, for somebody who reads and does not compute.

Pure: text, fields and files go in, lines and rows come out. The text is compared
paragraph by paragraph; within a changed paragraph the changed words are marked.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import Literal

Op = Literal["same", "added", "removed", "skipped"]
Part = tuple[Op, str]

CONTEXT = 1
"""Unchanged paragraphs that are shown on either side of a change."""
ALIKE = 0.4
"""From this share of equal words on, two paragraphs are one that was changed."""
REACH = 12
"""How many paragraphs further on a changed one is looked for."""
ISLAND = 2
"""Equal text of at most so many signs between two changes reads as changed too."""
CELL = " │ "

_BLOCKS = frozenset(
    [
        "blockquote",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "table",
        "tr",
        "ul",
    ]
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Line:
    """A paragraph. ``number`` counts in its version; in a skip, the lines left out."""

    op: Op
    number: int
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class FieldChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class FileSeen:
    """A file as one version lists it."""

    name: str
    sha256: str


@dataclass(frozen=True)
class FileChange:
    kind: Literal["added", "removed", "replaced", "renamed"]
    before: str
    after: str


def compare_bodies(before: str, after: str) -> list[Line]:
    """The paragraphs of two HTML bodies, the unchanged ones far from a change left out.

    Addresses of links and pictures are part of the text: a link that leads elsewhere
    is a change. Empty where nothing that a reader sees differs.
    """
    lines = list(_compared(body_lines(before), body_lines(after)))
    return _shortened(lines) if any(line.op != "same" for line in lines) else []


def compare_fields(
    rows: Iterable[tuple[str, object, object]],
) -> list[FieldChange]:
    """The rows (label, before, after) whose values differ, as text."""
    return [
        FieldChange(label, _text(before), _text(after))
        for label, before, after in rows
        if _text(before) != _text(after)
    ]


def compare_files(
    before: Sequence[FileSeen], after: Sequence[FileSeen]
) -> list[FileChange]:
    """Files added, taken off, replaced under their name, or renamed."""
    old = {file.name: file for file in before}
    new = {file.name: file for file in after}
    changes = [
        FileChange("replaced", name, name)
        for name in old
        if name in new and old[name].sha256 != new[name].sha256
    ]
    gone = [file for name, file in old.items() if name not in new]
    come = [file for name, file in new.items() if name not in old]
    for file in gone:
        twin = next((one for one in come if one.sha256 == file.sha256), None)
        if twin is None:
            changes.append(FileChange("removed", file.name, ""))
        else:
            come.remove(twin)
            changes.append(FileChange("renamed", file.name, twin.name))
    return [*changes, *(FileChange("added", "", file.name) for file in come)]


def body_lines(html: str) -> list[str]:
    """One line for each paragraph and table row, cells set apart by a bar."""
    reader = _Lines()
    reader.feed(html)
    reader.close()
    return reader.finished()


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []
        self._words: list[str] = []
        self._links: list[str] = []
        self._row = self._cells = 0

    def finished(self) -> list[str]:
        self._break()
        return self._lines

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_starttag(
        self, tag: str, attrs: Sequence[tuple[str, str | None]]
    ) -> None:
        told = dict(attrs)
        if tag == "a":
            self._links.append(told.get("href") or "")
        elif tag == "img":
            self._words.append(f"［{told.get('alt') or ''} {told.get('src') or ''}］")
        elif tag in {"td", "th"}:
            self._words.append(CELL if self._cells else "")
            self._cells += 1
        elif tag == "tr":
            self._break()
            self._row, self._cells = self._row + 1, 0
        elif tag == "br" or tag in _BLOCKS:
            self._break_outside_cells()

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            address = self._links.pop()
            if address and not address.startswith("#"):
                self._words.append(f"〔{address}〕")
        elif tag == "tr":
            self._break()
            self._row = max(self._row - 1, 0)
        elif tag in _BLOCKS:
            self._break_outside_cells()

    def _break_outside_cells(self) -> None:
        if self._row:
            self._words.append(" ")
        else:
            self._break()

    def _break(self) -> None:
        text = _SPACE.sub(" ", "".join(self._words)).strip()
        self._words.clear()
        if text:
            self._lines.append(text)


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for op, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if op == "equal":
            for at in range(new_from, new_to):
                yield Line("same", at + 1, (("same", new[at]),))
        else:
            yield from _replaced(old, new, (old_from, old_to), (new_from, new_to))


def _replaced(
    old: Sequence[str],
    new: Sequence[str],
    old_span: tuple[int, int],
    new_span: tuple[int, int],
) -> Iterator[Line]:
    """Pairs each removed paragraph with the first later one that is much like it."""
    at, end = new_span
    for number in range(*old_span):
        twin = _twin(old[number], new, at, end)
        if twin is None:
            yield Line("removed", number + 1, (("removed", old[number]),))
            continue
        yield from (_wholly_added(new, place) for place in range(at, twin))
        before, after = mark_words(old[number], new[twin])
        yield Line("removed", number + 1, before)
        yield Line("added", twin + 1, after)
        at = twin + 1
    yield from (_wholly_added(new, place) for place in range(at, end))


def _wholly_added(new: Sequence[str], at: int) -> Line:
    return Line("added", at + 1, (("added", new[at]),))


def _twin(paragraph: str, new: Sequence[str], start: int, end: int) -> int | None:
    words = _words(paragraph)
    for at in range(start, min(end, start + REACH)):
        matcher = SequenceMatcher(None, words, _words(new[at]), autojunk=False)
        if matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE:
            return at
    return None


def mark_words(before: str, after: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """The two paragraphs as parts, with what was removed and what was added marked."""
    old, new = _words(before), _words(after)
    removed: list[Part] = []
    added: list[Part] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for op, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        removed.append(("same" if op == "equal" else "removed", gone))
        added.append(("same" if op == "equal" else "added", come))
    return _joined(removed), _joined(added)


def _words(text: str) -> list[str]:
    # Its dictionary takes half a second and much memory; the public's pages need none.
    import rjieba

    return list(rjieba.cut(text))


def _joined(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Neighbours of one kind as one; a small island between two changes joins them."""
    filled: list[Part] = []
    for at, (op, text) in enumerate(parts):
        is_island = op == "same" and 0 < at < len(parts) - 1 and len(text) <= ISLAND
        around = parts[at - 1], parts[(at + 1) % len(parts)]
        if is_island and all(side[0] != "same" and side[1] for side in around):
            op = around[0][0]
        if not text:
            continue
        if filled and filled[-1][0] == op:
            filled[-1] = (op, filled[-1][1] + text)
        else:
            filled.append((op, text))
    return tuple(filled)


def _shortened(lines: Sequence[Line]) -> list[Line]:
    changed = [at for at, line in enumerate(lines) if line.op != "same"]
    kept = {
        near
        for at in changed
        for near in range(at - CONTEXT, at + CONTEXT + 1)
        if 0 <= near < len(lines)
    }
    short: list[Line] = []
    for at, line in enumerate(lines):
        if at in kept:
            short.append(line)
        elif short and short[-1].op == "skipped":
            short[-1] = Line("skipped", short[-1].number + 1)
        else:
            short.append(Line("skipped", 1))
    return short


def _text(value: object) -> str:
    return "" if value is None else str(value)
