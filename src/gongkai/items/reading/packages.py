"""Office packages: the zip with XML parts and relations that .docx and .xlsx are."""

import io
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from defusedxml import ElementTree as SafeTree
from defusedxml.common import DefusedXmlException

from gongkai.items.reading.archives import Archive, Budget
from gongkai.items.reading.kinds import FileKind, kind_of
from gongkai.items.reading.problems import (
    ReadingError,
    broken,
    encrypted,
    old_format,
    too_large,
)

MAX_TREE_BYTES = 16 * 2**20  # an XML part that is held as a tree
Element: TypeAlias = Any  # the typeshed's Element cannot say what a tag may be


@dataclass(frozen=True)
class Relation:
    kind: str  # the last part of its type: "image", "hyperlink", "comments"
    target: str  # the part's path in the package; as written where it is external
    is_external: bool
    relation_id: str


def open_package(
    data: bytes, wanted: FileKind, budget: Budget | None = None
) -> Archive:
    """The package, of the wanted kind and within bounds. Raises ReadingError."""
    kind = kind_of(data)
    if kind is FileKind.ENCRYPTED_OFFICE:
        raise encrypted()
    if kind is FileKind.OLD_OFFICE:
        raise old_format()
    if kind is FileKind.ZIP and data[:2] == b"PK":
        Archive(data)  # a torn file is called torn, not a file of another kind
    if kind is not wanted:
        raise _other_kind(wanted)
    archive = Archive(data, budget)
    if any(member.is_encrypted for member in archive.members()):
        raise encrypted()
    if archive.unpacked_bytes > (budget.left if budget else Budget().left):
        raise too_large()
    return archive


def _other_kind(wanted: FileKind) -> ReadingError:
    return ReadingError(
        f"not_{wanted}",
        f"这不是 .{wanted} 文件（按内容判断，与文件名无关）。"
        f"请在 Word、Excel 或 WPS 中打开后另存为 .{wanted} 再上传。",
    )


def has_macros(archive: Archive) -> bool:
    if any(name.endswith("vbaProject.bin") for name in archive.names):
        return True
    return b"macroEnabled" in archive.read("[Content_Types].xml")


def tree(data: bytes) -> Element:
    """The root of an XML part. Raises ReadingError; entities and DTDs are refused."""
    if len(data) > MAX_TREE_BYTES:
        raise too_large()
    try:
        return SafeTree.fromstring(data, forbid_dtd=True)
    except (SafeTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise broken() from error


def part(archive: Archive, name: str) -> Element | None:
    """The tree of a part, None where the package has no such part."""
    return tree(archive.read(name)) if name in archive else None


def stream(data: bytes) -> Iterator[tuple[str, Element]]:
    """Start and end events of a large part. Raises ReadingError."""
    try:
        yield from SafeTree.iterparse(
            io.BytesIO(data), events=("start", "end"), forbid_dtd=True
        )
    except (SafeTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise broken() from error


def local(element: Element) -> str:
    """The tag without its namespace: strict and transitional files differ there."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def is_on(element: Element) -> bool:
    """A switch such as w:b or w:vanish: on unless it says no."""
    return attribute(element, "val") not in {"0", "false", "off", "none"}


def child(element: Element, name: str) -> Element | None:
    return next((inner for inner in element if local(inner) == name), None)


def relations_of(archive: Archive, name: str) -> list[Relation]:
    """The relations of a part; of the package for an empty name."""
    folder, base = posixpath.split(name)
    root = part(archive, posixpath.join(folder, "_rels", f"{base}.rels"))
    if root is None:
        return []
    return [_relation(element, folder) for element in root]


def _relation(element: Element, folder: str) -> Relation:
    target = element.get("Target", "")
    is_external = element.get("TargetMode") == "External"
    if not is_external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    kind = element.get("Type", "").rpartition("/")[2]
    return Relation(kind, target, is_external, element.get("Id", ""))


def main_part(archive: Archive, fallback: str) -> str:
    for relation in relations_of(archive, ""):
        if relation.kind == "officeDocument" and relation.target in archive:
            return relation.target
    return fallback
