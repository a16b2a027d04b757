"""The parts of a PDF: whatever is reached, by the key that led there.

Pages are drawn from few kinds of parts, and none of them is free text. So a string or
a stream that hangs on another key is no part of a page, and is found whatever its key.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from gongkai.redaction.traces import Kind, Trace

CATALOG = {
    *("/Type", "/Pages", "/Version", "/Extensions", "/Lang", "/MarkInfo"),
    *("/StructTreeRoot", "/ViewerPreferences", "/PageLayout", "/PageMode"),
    *("/OpenAction", "/Names", "/Dests", "/Metadata", "/OCProperties", "/AcroForm"),
    *("/Collection", "/AA", "/AF", "/PageLabels", "/Outlines", "/OutputIntents"),
    *("/PieceInfo", "/SpiderInfo"),
}
PAGE = {
    *("/Type", "/Parent", "/Resources", "/Contents", "/Rotate", "/Group", "/Tabs"),
    *("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox", "/UserUnit"),
    *("/StructParents", "/Annots", "/Metadata", "/Thumb", "/AA", "/AF", "/PieceInfo"),
    *("/LastModified", "/Dur", "/Trans"),
}
_MAPS = {
    *("/XObject", "/Font", "/ColorSpace", "/Pattern", "/Shading", "/CharProcs"),
    *("/ExtGState", "/Properties"),
}
"""Dictionaries whose keys are names that the page's drawing uses."""
_STREAMS = {
    *("/Contents", "/XObject*", "/Pattern*", "/Shading*", "/CharProcs*"),
    *("/ColorSpace", "/ColorSpace*", "/CS", "/Shading", "/SMask", "/Mask", "/G"),
    *("/FontFile", "/FontFile2", "/FontFile3", "/ToUnicode", "/Encoding", "/UseCMap"),
    *("/CIDToGIDMap", "/CIDSet", "/Function", "/Functions", "/DestOutputProfile"),
    *("/TR", "/TR2", "/BG", "/BG2", "/UCR", "/UCR2", "/HT", "/AP", "/N", "/R", "/D"),
}
_FOUND_ELSEWHERE = {
    *("/Metadata", "/Thumb", "/PieceInfo", "/EF", "/AF", "/JS", "/AcroForm"),
    *("/EmbeddedFiles", "/JavaScript", "/OCProperties", "/Prev", "/XRefStm"),
}
_ALT = {"/Alt", "/ActualText", "/E", "/T", "/Title"}
OPEN_TARGET = re.compile(r"(?i)(https?|mailto|tel):")
_PLACE = re.compile(r"_?(Toc|Ref|Hlk|GoBack|page|section|cite|figure|G|P)?[._]?[\d.]*")
_FONT_WORD = re.compile(r"[^\n]{1,2000}")
_PLAIN = {
    "/URI": OPEN_TARGET,
    "/Dest": _PLACE,
    "/Dests": _PLACE,
    "/D": _PLACE,
    "/Names": _PLACE,
    "/Limits": _PLACE,
    "/Lang": re.compile(r"([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2})?"),
    "/Registry": re.compile(r"Adobe|[A-Z]{6}\+[\w-]{1,40}|\w{0,12}"),
    "/Ordering": re.compile(r"Identity|UCS\d?|GB1|CNS1|Japan1|Korea1|KR|[A-Z]{2}\d"),
    "/CharSet": re.compile(r"(/[A-Za-z][A-Za-z0-9.]{0,30})*"),
    "/FontFamily": _FONT_WORD,
    "/Panose": re.compile(r".{12}", re.DOTALL),
}
"""What strings may say that a page needs; by the key that they hang on."""
_STRUCTURE_ID = re.compile(r"(node)?([A-Za-z]{0,2}[._-]?\d{1,8}){1,3}")
_PALETTE = 1024


@dataclass(frozen=True)
class Part:
    """``page`` is the first that leads to it, 0 for the document."""

    value: Any
    key: str
    page: int
    is_structure: bool = False


def parts(pdf: pikepdf.Pdf) -> Iterator[Part]:
    """All that is reached, pages first; each object once."""
    numbers: dict[Any, int] = {
        page.objgen: number for number, page in enumerate(pdf.pages, 1)
    }
    reached: set[tuple[int, int]] = set()
    waiting = [Part(pdf.trailer, "", 0)]
    # The last is looked at first.
    waiting += [
        Part(page.obj, "/Kids", number) for number, page in enumerate(pdf.pages, 1)
    ][::-1]
    while waiting:
        part = waiting.pop()
        value = part.value
        if not isinstance(value, pikepdf.Object):
            continue
        if value.is_indirect:
            if value.objgen in reached:
                continue
            reached.add(value.objgen)
            part = Part(
                value, part.key, numbers.get(value.objgen, part.page), part.is_structure
            )
        yield part
        waiting += reversed(list(_below(part)))


def _below(part: Part) -> Iterator[Part]:
    value, page = part.value, part.page
    if isinstance(value, Array):
        for item in value.as_list():
            yield Part(item, part.key, page, part.is_structure)
    elif isinstance(value, Dictionary | Stream):
        is_map = part.key in _MAPS and isinstance(value, Dictionary)
        for key, item in value.items():
            if key == "/Info":
                continue  # looked at entry by entry
            led = f"{part.key}*" if is_map else key
            is_structure = part.is_structure or key == "/StructTreeRoot"
            yield Part(item, led, 0 if key == "/Parent" else page, is_structure)


def strange(part: Part) -> Iterator[Trace]:
    """A string, a stream or an entry that no page needs."""
    value = part.value
    if isinstance(value, String):
        if not _is_plain(part, str(value)):
            yield Trace(_kind(part), part.page)
    elif isinstance(value, Stream) and part.key not in _STREAMS:
        if not _is_found_elsewhere(part):
            yield Trace(Kind.UNKNOWN_PART, part.page)
    elif isinstance(value, Dictionary):
        known = {"/Catalog": CATALOG, "/Page": PAGE}.get(str(value.get("/Type")))
        if known is not None and not set(value.keys()) <= known:
            yield Trace(Kind.UNKNOWN_PART, part.page)


def _is_found_elsewhere(part: Part) -> bool:
    is_named = str(part.value.get("/Type")) in {"/XRef", "/ObjStm", "/EmbeddedFile"}
    return part.key in _FOUND_ELSEWHERE or is_named


def _is_plain(part: Part, told: str) -> bool:
    if not told or part.key in _FOUND_ELSEWHERE:
        return True
    if part.key == "/ID":
        # The file's own is sixteen bytes of a hash.
        return not part.is_structure or bool(_STRUCTURE_ID.fullmatch(told))
    if part.key in {"/Headers", "/IDTree"} or part.is_structure and part.key in _PLAIN:
        return bool(_STRUCTURE_ID.fullmatch(told)) or _is_known(part.key, told)
    if part.key in {"/ColorSpace", "/ColorSpace*", "/CS"}:
        return len(bytes(part.value)) <= _PALETTE
    return _is_known(part.key, told)


def _is_known(key: str, told: str) -> bool:
    pattern = _PLAIN.get(key)
    if pattern is None:
        return False
    found = pattern.match(told) if pattern is OPEN_TARGET else pattern.fullmatch(told)
    return found is not None


def _kind(part: Part) -> Kind:
    if part.is_structure or part.key in _ALT:
        return Kind.ALT_TEXT
    if part.key in {"/URI", "/F", "/UF", "/Dest", "/D"}:
        return Kind.LINKS
    return Kind.METADATA


# What the pages draw


def undrawn(pdf: pikepdf.Pdf) -> Iterator[Trace]:
    """Pictures and forms that a page keeps and no drawing shows."""
    drawn: set[tuple[int, int]] = set()
    for page in pdf.pages:
        _draw(page, page.obj.get("/Resources"), drawn)
    for part in parts(pdf):
        value = part.value
        if part.key == "/XObject" and isinstance(value, Dictionary):
            for item in value.values():
                if isinstance(item, Stream) and item.objgen not in drawn:
                    yield Trace(Kind.UNREFERENCED, part.page, "picture")


def _draw(source: Any, resources: Any, drawn: set[tuple[int, int]]) -> None:
    if not isinstance(resources, Dictionary):
        return
    named = resources.get("/XObject", Dictionary())
    for name in _shown_by(source):
        item = named.get(name)
        if not isinstance(item, Stream) or item.objgen in drawn:
            continue
        drawn.add(item.objgen)
        if item.get("/Subtype") == Name.Form:
            _draw(item, item.get("/Resources", resources), drawn)
    _draw_within(resources, drawn)


def _draw_within(resources: Any, drawn: set[tuple[int, int]]) -> None:
    """Patterns, soft masks and fonts made of drawings."""
    within = [
        *resources.get("/Pattern", Dictionary()).values(),
        *(_mask(state) for state in resources.get("/ExtGState", Dictionary()).values()),
        *(
            shape
            for font in resources.get("/Font", Dictionary()).values()
            for shape in font.get("/CharProcs", Dictionary()).values()
        ),
    ]
    for item in within:
        if isinstance(item, Stream) and item.objgen not in drawn:
            drawn.add(item.objgen)
            _draw(item, item.get("/Resources", resources), drawn)


def _mask(state: Any) -> Any:
    mask = state.get("/SMask")
    return mask.get("/G") if isinstance(mask, Dictionary) else None


def _shown_by(source: Any) -> set[str]:
    try:
        told = pikepdf.parse_content_stream(source, "Do")
    except (pikepdf.PdfError, pikepdf.PdfParsingError):
        return set()
    return {str(one.operands[0]) for one in told if one.operands}
