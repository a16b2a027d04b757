"""A Word or Excel file released as it is, packed anew from the parts it shows.

Only parts that its relationships lead to are kept; properties, thumbnails and custom
data are not. What a reader of the file's own program could find in the text or sheets
is looked for where that text is read, above this floor.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from gongkai.redaction.exceptions import DamagedFile, TooLong
from gongkai.redaction.traces import Kind, Trace, refuse_if_any

TYPES_PART = "[Content_Types].xml"
MOST_BYTES = 500_000_000
"""Of all parts, unpacked."""
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LEFT_OUT = (
    *("/core-properties", "/extended-properties", "/custom-properties"),
    *("/thumbnail", "/customXml", "/customXmlProps"),
)
"""Ends of the types of relationships whose parts no page and no sheet needs."""
_TOLD_ALOUD = re.compile(
    rb"<(?:\w+:)?(?:docPr|cNvPr)\b[^>]*\s(?:descr|title)=(?:\"[^\"]|'[^'])"
)
_HIDDEN_NAME = re.compile(
    rb"<(?:\w+:)?definedName\b(?![^>]*\sname=[\"']_xlnm\.)[^>]*\shidden=[\"'](?:1|true)"
)
_FIXED = (1980, 1, 1, 0, 0, 0)


def clean_office(data: bytes) -> bytes:
    """Raises TracesFound, DamagedFile, TooLong."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(one.file_size for one in package.infolist()) > MOST_BYTES:
                raise TooLong
            parts = {one.filename: package.read(one) for one in package.infolist()}
        kept = _kept(parts)
        refuse_if_any(_traces(kept))
        return _packed(kept)
    except (
        *(zipfile.BadZipFile, ParseError, DefusedXmlException, KeyError, ValueError),
        *(NotImplementedError, RuntimeError, EOFError, OSError),
    ) as error:
        raise DamagedFile from error


def _kept(parts: dict[str, bytes]) -> dict[str, bytes]:
    """What the relationships lead to, from the package's own on."""
    kept: dict[str, bytes] = {}
    waiting = [""]
    while waiting:
        part = waiting.pop()
        if part:
            if part in kept:
                continue
            kept[part] = parts[part]
        folder, name = posixpath.split(part)
        told = posixpath.join(folder, "_rels", f"{name}.rels")
        if told not in parts:
            continue
        root = fromstring(parts[told])
        waiting += _targets(root, folder)
        kept[told] = _written(root, _RELATIONSHIPS)
    root = fromstring(parts[TYPES_PART])
    for one in list(root):
        named = one.get("PartName")
        if named is not None and named.lstrip("/") not in kept:
            root.remove(one)
    return {TYPES_PART: _written(root, _TYPES), **kept}


def _targets(root: Element, folder: str) -> list[str]:
    """The parts that are led to; what is left out is taken from ``root``."""
    found = []
    for one in list(root):
        if one.get("Type", "").endswith(_LEFT_OUT):
            root.remove(one)
        elif one.get("TargetMode") != "External":
            target = one.get("Target", "")
            is_whole = target.startswith("/")
            path = target if is_whole else posixpath.join("/", folder, target)
            found.append(posixpath.normpath(path).lstrip("/"))
    return found


def _written(root: Element, space: str) -> bytes:
    # Prefixes that the standard library would make up are not what Word expects.
    for one in root.iter():
        one.tag = one.tag.rpartition("}")[2]
    root.set("xmlns", space)
    return tostring(root, "UTF-8", xml_declaration=True)


def _traces(parts: dict[str, bytes]) -> Iterator[Trace]:
    for name, data in parts.items():
        if name.endswith(".xml") and _TOLD_ALOUD.search(data):
            yield Trace(Kind.ALT_TEXT)
        if _HIDDEN_NAME.search(data):
            yield Trace(Kind.HIDDEN_NAMES)


def _packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            told = zipfile.ZipInfo(name, _FIXED)
            told.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(told, data)
    return file.getvalue()
