"""The text of a Word file: a line per paragraph, a line with bars per table row."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

MAX_PART_BYTES = 100 * 1024 * 1024
_DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_SKIPPED = frozenset({"del", "moveFrom", "instrText", "delText", "pict", "drawing"})
_BLANKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_DEEPEST = 200
FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    ParseError,
    DefusedXmlException,
)


class TooLarge(Exception):
    """What the package unpacks to is more than a report can be."""


def text_of_docx(data: bytes) -> str:
    """Raises TooLarge, or one of FAULTS for a damaged file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package, package.open(_DOCUMENT) as part:
        xml = part.read(MAX_PART_BYTES + 1)
    if len(xml) > MAX_PART_BYTES:
        raise TooLarge
    root = fromstring(xml)
    return "\n".join(line for line in _lines(root, 0) if line.strip(" |"))


def _lines(parent: Element, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    for child in parent:
        match _name(child):
            case "p":
                yield from _paragraph(child).split("\n")
            case "tbl":
                yield from _table(child, depth)
            case "body" | "sdt" | "sdtContent" | "customXml" | "smartTag" | "ins":
                yield from _lines(child, depth + 1)


def _table(table: Element, depth: int) -> Iterator[str]:
    for row in _children(table, "tr"):
        cells = [_cell(cell, depth) for cell in _children(row, "tc")]
        yield "".join(f"{cell} | " for cell in cells).strip(" ")


def _children(parent: Element, name: str) -> Iterator[Element]:
    for child in parent:
        if _name(child) == name:
            yield child
        elif _name(child) in {"sdt", "sdtContent", "customXml"}:
            yield from _children(child, name)


def _cell(cell: Element, depth: int) -> str:
    return " ".join(" ".join(_lines(cell, depth + 1)).replace("|", " ").split())


def _paragraph(paragraph: Element) -> str:
    return "".join(_runs(paragraph, 0)).strip(" ")


def _runs(parent: Element, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    for child in parent:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in _BLANKS:
            yield _BLANKS[name]
        elif name not in _SKIPPED:
            yield from _runs(child, depth + 1)


def _name(element: Element) -> str:
    tag = element.tag
    if tag.startswith(_W):
        return tag.removeprefix(_W)
    return tag.removeprefix(_STRICT) if tag.startswith(_STRICT) else ""
