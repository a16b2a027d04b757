"""A Word file of a stranger: opened only where it is sound and of a sane size."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from django.utils.translation import gettext as _
from docx.oxml.ns import qn
from lxml import etree  # type: ignore[import-untyped]

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_TEXT = 4 * 1024 * 1024
MOST_PARTS = 1_000
MAIN = "word/document.xml"
# What python-docx and lxml raise for bytes that are no Word file.
_BROKEN = (KeyError, ValueError, OSError, SyntaxError, AttributeError, TypeError)


class BadWordFile(Exception):
    """The file cannot be used; ``sentences`` say why and what to do."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def opened(data: bytes) -> Any:
    """The document of python-docx; raises BadWordFile."""
    parts_of(data)
    try:
        return docx.Document(io.BytesIO(data))
    except _BROKEN as error:
        raise BadWordFile(_("The Word file is damaged. Save it anew.")) from error


def parts_of(data: bytes) -> dict[str, bytes]:
    """The XML parts by name; raises BadWordFile before anything large is unpacked."""
    if len(data) > MOST_BYTES:
        raise BadWordFile(_("The Word file is larger than 10 MB. Make it smaller."))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            found = package.infolist()
            _check_sizes(found)
            parts = {
                one.filename: package.read(one)
                for one in found
                if one.filename.endswith((".xml", ".rels"))
            }
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
        raise BadWordFile(_("This is no Word file (.docx).")) from error
    if MAIN not in parts:
        raise BadWordFile(_("This is no Word file (.docx)."))
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for part in parts.values()):
        raise BadWordFile(_("The Word file holds a DOCTYPE, which Word never writes."))
    return parts


def _check_sizes(found: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(one.file_size for one in found)
    text = max((one.file_size for one in found if one.filename == MAIN), default=0)
    if len(found) > MOST_PARTS or unpacked > MOST_UNPACKED or text > MOST_TEXT:
        raise BadWordFile(_("The Word file is far larger than a letter. Shorten it."))


def stories(document: Any) -> Iterator[Any]:
    """The roots of what is printed: body, then each header and footer once."""
    yield document.element.body
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in {"header", "footer"} and not relation.is_external:
            yield relation.target_part.element


def own_text(element: Any) -> str:
    """What stands in the element itself; python-docx's ``text`` gathers its runs."""
    return etree._Element.text.__get__(element) or ""


def local(element: Any) -> str:
    """A tag without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


W_P, W_T, W_TR, W_TC, W_TBL = (
    qn(f"w:{name}") for name in ("p", "t", "tr", "tc", "tbl")
)
