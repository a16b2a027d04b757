"""What a Word file carries that a letter must not: found before it goes anywhere."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from docx.oxml.ns import qn

from gongkai.registry.papers.filling import marks_in
from gongkai.registry.papers.packages import local, opened, parts_of, stories
from gongkai.registry.papers.reading import read

_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo"})
_HARMLESS_CODES = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "HYPERLINK", "REF"})
_FOREIGN = re.compile(r"(?i)/(vbaProject|activeX/|embeddings/|afchunk)")


def problems_of(data: bytes) -> list[str]:
    """Of a letter that is to go out, as sentences; raises BadWordFile."""
    document = opened(data)
    found = [*dangers_in(data)]
    unfilled = _("A field is not filled: %(mark)s. Fill it, or delete it.")
    found += [unfilled % {"mark": mark[:60]} for mark in marks_in(document)]
    lost = _("The PDF cannot show this: %(what)s.")
    found += [lost % {"what": what} for what in read(data).lost]
    return list(dict.fromkeys(found))


def dangers_in(data: bytes) -> list[str]:
    """What neither a letter nor a template may carry; raises BadWordFile."""
    document, parts = opened(data), parts_of(data)
    found = [*_foreign(document)]
    if any(name.startswith("word/comments") for name in parts):
        found += _comments(parts)
    for root in stories(document):
        found += _in_text(root)
    return list(dict.fromkeys(found))


def _foreign(document: Any) -> Iterator[str]:
    package = document.part.package
    for part in package.iter_parts():
        if _FOREIGN.search(str(part.partname)) or "macroEnabled" in part.content_type:
            yield _("The file holds a macro or an embedded object. Delete it.")
    for relation in package.iter_rels():
        kind = relation.reltype.rpartition("/")[2]
        if relation.is_external and kind != "hyperlink":
            yield _("The file links to another file. Break the link.")


def _comments(parts: dict[str, bytes]) -> Iterator[str]:
    if any(
        re.search(rb"<w\d*:comment[ >]", part)
        for name, part in parts.items()
        if name.startswith("word/comments")
    ):
        yield _("The file holds comments. Delete them all.")


def _in_text(root: Any) -> Iterator[str]:
    for element in root.iter():
        if local(element) in _CHANGES:
            yield _("The file holds tracked changes. Accept or reject them all.")
        elif local(element) == "instrText":
            yield from _code(element.text or "")
        elif local(element) == "fldSimple":
            yield from _code(element.get(qn("w:instr"), ""))


def _code(code: str) -> Iterator[str]:
    """A field code may fetch another file (INCLUDETEXT) or run a program (DDEAUTO)."""
    words = code.split()
    if words and words[0].upper() not in _HARMLESS_CODES:
        said = _("The file holds the field code %(code)s. Replace it by its text.")
        yield said % {"code": words[0][:20]}
