"""A PDF released as it is: what it carries that no reader sees, and a clean copy."""

import io
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

import pikepdf

from gongkai.redaction import sight
from gongkai.redaction.encoding import unpacked
from gongkai.redaction.exceptions import DamagedFile, EmptyFile, EncryptedFile, TooLong
from gongkai.redaction.images import jpeg_traces, without_segments
from gongkai.redaction.pages import MOST_PAGES
from gongkai.redaction.parts import (
    CATALOG,
    OPEN_TARGET,
    PAGE,
    Part,
    parts,
    strange,
    undrawn,
)
from gongkai.redaction.traces import Kind, Trace, refuse_if_any

Tell = Callable[[int, int], None]
_DATES = {"/CreationDate", "/ModDate"}
_DATE = re.compile(r"(D:)?[\d+\-Z' ]{4,30}")
_TOOLS = {"/Producer", "/Creator"}
_TOOL_LENGTH = 60
_TOOL_WORDS = (
    *("microsoft", "word", "excel", "powerpoint", "office", "print", "to", "pdf"),
    *("adobe", "acrobat", "distiller", "pdfmaker", "pdfwriter", "library", "for"),
    *("wps", "文字", "表格", "演示", "kingsoft", "libreoffice", "openoffice", "writer"),
    *("openoffice.org", "calc", "impress", "draw", "pdfium", "skia/pdf", "skia"),
    *("ghostscript", "gpl", "afpl", "qpdf", "pikepdf", "typst", "itext", "foxit"),
    *("phantom", "phantompdf", "chromium", "quartz", "pdfcontext", "mac", "os", "x"),
    *("macos", "windows", "version", "build", "software", "inc", "reader", "cairo"),
    *("by", "the", "and", "document", "converter", "365", "reportlab", "mozilla"),
)
_VERSION = re.compile(r"[vVmM]?\d{1,4}(\.\d{1,6}){0,4}")
_BETWEEN = re.compile(r"[\s()\-,;:®©™]+")
_ACTIONS = {
    *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm"),
    *("/Movie", "/Sound", "/Rendition", "/RichMediaExecute", "/GoToE", "/GoToR"),
    *("/SetOCGState", "/Trans", "/GoTo3DView", "/Hide", "/Named"),
}
_ALT = ("/Alt", "/ActualText", "/E", "/T", "/Contents")
_PRIVATE = ("/PieceInfo", "/LastModified", "/SpiderInfo", "/WebCaptureInfo")
_BESIDE = {
    *("/Names", "/Dests", "/OpenAction", "/Lang", "/PageLabels", "/Outlines"),
    *("/OutputIntents", "/Collection", "/Extensions"),
}
"""Of the catalog: what a clean copy does without."""
_CHANNELS = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4, "/Indexed": 1}
_END_OF_LINE = 2


def pdf_traces(data: bytes, tell: Tell | None = None) -> list[Trace]:
    """All that is found; raises EncryptedFile, DamagedFile, EmptyFile, TooLong."""
    with _opened(data) as pdf:
        traces = [*_raw(data, pdf), *_document(pdf)]
        for part in parts(pdf):
            traces += [*_object(part.value, part.page), *strange(part)]
            if _is_form(part.value):
                traces += _marked(part.value, part.page)
        for number, page in enumerate(pdf.pages, 1):
            traces += _page(page, number)
        traces += undrawn(pdf)
    return list(dict.fromkeys([*traces, *sight.unseen(data, tell)]))


def check_pdf(data: bytes, tell: Tell | None = None) -> None:
    """Raises TracesFound with everything that was found."""
    refuse_if_any(pdf_traces(data, tell))


def clean_pdf(data: bytes, tell: Tell | None = None) -> bytes:
    """Written anew without what changes no page: properties, XMP, earlier revisions,
    bookmarks, thumbnails, alternative texts, embedded files, scripts, camera data.

    What remains and is unseen (text under a box, layers, notes, form fields) raises
    TracesFound: taking it out could change what the page says.
    """
    with _opened(data) as pdf:
        for part in list(parts(pdf)):
            _strip(part)
            if _is_form(part.value) and (kept := _silenced(part.value)) is not None:
                part.value.write(kept)
        for page in pdf.pages:
            if (kept := _silenced(page)) is not None:
                page.Contents = pdf.make_stream(kept)
        for key in ("/Info", "/ID"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        pdf.remove_unreferenced_resources()
        file = io.BytesIO()
        pdf.save(file, deterministic_id=True, encryption=False)
    check_pdf(file.getvalue(), tell)
    return file.getvalue()


def _strip(part: Part) -> None:
    found = part.value
    if not isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        return
    for key in ("/Metadata", "/Thumb", "/AA", "/AF", *_PRIVATE):
        if key in found:
            del found[key]
    if part.is_structure or part.key in {"/Properties*"}:
        for key in _ALT:
            if isinstance(found.get(key), pikepdf.String):
                del found[key]
    known = {"/Catalog": CATALOG - _BESIDE, "/Page": PAGE}.get(str(found.get("/Type")))
    if known is not None:
        for key in set(found.keys()) - known:
            del found[key]
    if isinstance(found.get("/Annots"), pikepdf.Array):
        found.Annots = pikepdf.Array(
            [note for note in found.Annots if not _leads_elsewhere(note)]
        )
    if isinstance(found, pikepdf.Stream) and _filters(found) == ["/DCTDecode"]:
        raw = without_segments(bytes(found.read_raw_bytes()))
        found.write(raw, filter=pikepdf.Name.DCTDecode, decode_parms=None)


def _leads_elsewhere(note: Any) -> bool:
    """A link that leads to a place by its name, or to a file."""
    if not _is_plain_link(note):
        return False
    action = note.get("/A")
    target = action.get("/URI") if isinstance(action, pikepdf.Dictionary) else None
    is_open = isinstance(target, pikepdf.String) and OPEN_TARGET.match(str(target))
    return not is_open


def _opened(data: bytes) -> pikepdf.Pdf:
    try:
        pdf = pikepdf.open(io.BytesIO(data))
        count = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise EncryptedFile from error
    except (pikepdf.PdfError, RuntimeError, ValueError, KeyError) as error:
        raise DamagedFile from error
    if count == 0:
        raise EmptyFile
    if count > MOST_PAGES:
        raise TooLong
    return pdf


# The bytes outside of what a reader follows


def _raw(data: bytes, pdf: pikepdf.Pdf) -> Iterator[Trace]:
    if pdf.is_encrypted:
        yield Trace(Kind.ENCRYPTED)
    ends = len(re.findall(rb"startxref\s+\d+", data))
    if ends - bool(pdf.is_linearized) > 1 or _tells_twice(data):
        yield Trace(Kind.REVISIONS)
    bare = _without_objects(data)
    if bare.strip() or not data.startswith(b"%PDF-"):
        yield Trace(Kind.STRAY_BYTES)
    yield from _unreferenced(data, pdf)


def _tells_twice(data: bytes) -> bool:
    """Whether an object stands in the file more than once."""
    told = re.findall(rb"(?:^|[\r\n])(\d+ \d+) obj\b", _STREAM.sub(b"", data))
    return len(told) != len(set(told))


_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_OBJECT = re.compile(rb"\d+\s+\d+\s+obj\b.*?endobj", re.DOTALL)
_TABLE = re.compile(rb"xref\s+(?:\d+ \d+\s+(?:\d{10} \d{5} [nf]\s{1,2})*)+")
_TRAILER = re.compile(rb"trailer\s*<<.*?>>\s*(?=startxref)", re.DOTALL)
_END = re.compile(rb"startxref\s+\d+\s+%%EOF")
_HEAD = re.compile(rb"\A%PDF-\d\.\d\s{1,2}(?:%[\x80-\xff]{1,8}\s{1,2})?")
_STRING = re.compile(rb"\((?:\\.|[^\\()])*\)", re.DOTALL)


def _without_objects(data: bytes) -> bytes:
    """What is left of a file without its parts; a remark in an object is left, too."""
    told = _HEAD.sub(b"", _STREAM.sub(b"", data))
    remarks = b"".join(
        part for part in _OBJECT.findall(told) if b"%" in _STRING.sub(b"", part)
    )
    for part in (_OBJECT, _TABLE, _TRAILER, _END):
        told = part.sub(b"", told)
    return told + remarks


def _unreferenced(data: bytes, pdf: pikepdf.Pdf) -> Iterator[Trace]:
    reached = _reached(pdf.trailer)
    for found in pdf.objects:
        if found is None or found.objgen in reached:
            continue
        kind = found.get("/Type") if hasattr(found, "keys") else None
        if kind not in {"/ObjStm", "/XRef"} and not _is_linear(found):
            yield Trace(Kind.UNREFERENCED, place=str(found.objgen[0]))
    known = {found.objgen for found in pdf.objects if found is not None}
    told = re.findall(rb"(?:^|[\r\n])(\d+) (\d+) obj\b", _STREAM.sub(b"", data))
    for number, generation in told:
        if (int(number), int(generation)) not in known:
            yield Trace(Kind.UNREFERENCED, place=number.decode())


def _is_linear(found: Any) -> bool:
    """The table that lets a browser show the first page early, and its hints."""
    if not isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        return False
    hints = {"/S", "/Filter", "/Length", "/DecodeParms"}
    return "/Linearized" in found or (
        isinstance(found, pikepdf.Stream)
        and set(found.keys()) <= hints | {"/O", "/L"}
        and "/S" in found
    )


def _reached(trailer: Any) -> set[tuple[int, int]]:
    reached: set[tuple[int, int]] = set()
    waiting = [trailer]
    while waiting:
        found = waiting.pop()
        if not isinstance(found, pikepdf.Object):
            continue
        if found.is_indirect:
            if found.objgen in reached:
                continue
            reached.add(found.objgen)
        if isinstance(found, pikepdf.Array):
            waiting += list(found.as_list())
        elif isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            waiting += [value for _key, value in found.items()]
    return reached


# The document, its objects, its pages


def _document(pdf: pikepdf.Pdf) -> Iterator[Trace]:
    info = pdf.trailer.get("/Info")
    for key, value in info.items() if info is not None else ():
        if not _is_harmless(key, value):
            yield Trace(Kind.METADATA, place=key.lstrip("/"))
    root = pdf.Root
    if "/OCProperties" in root:
        yield Trace(Kind.LAYERS)
    if "/AcroForm" in root:
        yield Trace(Kind.FORM)
    if "/Collection" in root or "/EmbeddedFiles" in root.get("/Names", {}):
        yield Trace(Kind.EMBEDDED)
    if "/JavaScript" in root.get("/Names", {}):
        yield Trace(Kind.SCRIPTS)
    for key in (*_PRIVATE[2:], "/Outlines"):
        if key in root:
            yield Trace(Kind.METADATA, place=key.lstrip("/"))


def _is_harmless(key: str, value: Any) -> bool:
    told = str(value).strip()
    if not told or key == "/Trapped":
        return True
    if key in _DATES:
        return _DATE.fullmatch(told) is not None
    return key in _TOOLS and len(told) <= _TOOL_LENGTH and _is_tool(told)


def _is_tool(told: str) -> bool:
    """A program's name and version: every word of it is known."""
    words = filter(None, _BETWEEN.split(told.replace("(R)", " ")))
    return all(
        word.lower().strip(".") in _TOOL_WORDS or _VERSION.fullmatch(word)
        for word in words
    )


def _object(found: Any, page: int) -> Iterator[Trace]:
    """What any object of the file may be, wherever it hangs."""
    if not isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        return
    kind = found.get("/Type")
    if "/Metadata" in found or kind == "/Metadata":
        yield Trace(Kind.XMP, page)
    if kind in {"/EmbeddedFile", "/Filespec"} or "/EF" in found or "/AF" in found:
        yield Trace(Kind.EMBEDDED, page)
    if "/PieceInfo" in found:
        yield Trace(Kind.METADATA, page, "PieceInfo")
    if "/Thumb" in found:
        yield Trace(Kind.THUMBNAIL, page)
    if "/JS" in found or "/AA" in found or found.get("/S") in _ACTIONS:
        yield Trace(Kind.SCRIPTS, page)
    if kind == "/OCG" or kind == "/OCMD" or "/OC" in found:
        yield Trace(Kind.LAYERS, page)
    if isinstance(found, pikepdf.Stream) and found.get("/Subtype") == "/Image":
        yield from _picture(found, page)


def _picture(found: pikepdf.Stream, page: int) -> Iterator[Trace]:
    """A photograph keeps its camera's data inside a PDF, too."""
    ways = _filters(found)
    try:
        if ways == ["/DCTDecode"]:
            for trace in jpeg_traces(bytes(found.read_raw_bytes())):
                yield Trace(trace.kind, page, trace.place)
        elif "/DCTDecode" in ways:
            yield Trace(Kind.NOT_READ, page)
        elif set(ways) <= {"/FlateDecode", "/LZWDecode", "/RunLengthDecode"}:
            yield from _dots(found, page)
    except (pikepdf.PdfError, zlib.error, IndexError):
        yield Trace(Kind.NOT_READ, page)


def _dots(found: pikepdf.Stream, page: int) -> Iterator[Trace]:
    """Bytes behind those that the picture's size asks for, and behind the packed."""
    if _filters(found) == ["/FlateDecode"]:
        unpacked(bytes(found.read_raw_bytes()).rstrip(b"\r\n"))
    image = pikepdf.PdfImage(found)
    with suppress(NotImplementedError, ValueError, AttributeError):
        signs = _CHANNELS.get(str(image.colorspace), 0)
        row = (image.width * signs * image.bits_per_component + 7) // 8
        if signs and len(found.read_bytes()) > row * image.height + _END_OF_LINE:
            yield Trace(Kind.STRAY_BYTES, page)


def _is_form(found: Any) -> bool:
    return isinstance(found, pikepdf.Stream) and found.get("/Subtype") == "/Form"


def _filters(found: pikepdf.Stream) -> list[str]:
    told = found.get("/Filter")
    if isinstance(told, pikepdf.Array):
        return [str(way) for way in told.as_list()]
    return [] if told is None else [str(told)]


def _page(page: pikepdf.Page, number: int) -> Iterator[Trace]:
    for note in page.obj.get("/Annots", ()):
        if not _is_plain_link(note):
            yield Trace(Kind.ANNOTATIONS, number)
    yield from _marked(page, number)


def _is_plain_link(note: Any) -> bool:
    if not isinstance(note, pikepdf.Dictionary) or note.get("/Subtype") != "/Link":
        return False
    return not {"/Contents", "/T", "/Subj", "/RC", "/AP", "/Popup"} & set(note.keys())


def _marked(source: Any, number: int) -> Iterator[Trace]:
    """Text that stands beside the page's own, for readers that read aloud."""
    try:
        told = pikepdf.parse_content_stream(source)
    except (pikepdf.PdfError, pikepdf.PdfParsingError):
        yield Trace(Kind.NOT_READ, number)
        return
    if any(True for _one in _told_aloud(told)):
        yield Trace(Kind.ALT_TEXT, number)


def _told_aloud(told: Iterable[Any]) -> Iterator[pikepdf.Dictionary]:
    for instruction in told:
        if str(instruction.operator) in {"BDC", "DP"}:
            for value in instruction.operands:
                is_marked = isinstance(value, pikepdf.Dictionary)
                if is_marked and set(_ALT) & set(value.keys()):
                    yield value


def _silenced(source: Any) -> bytes | None:
    """The drawing without such text; None where there is none."""
    try:
        told = pikepdf.parse_content_stream(source)
    except (pikepdf.PdfError, pikepdf.PdfParsingError):
        return None
    found = list(_told_aloud(told))
    for value in found:
        for key in _ALT:
            if key in value:
                del value[key]
    return pikepdf.unparse_content_stream(told) if found else None
