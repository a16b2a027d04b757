"""A PDF released as it is: what it carries that no reader sees, and a clean copy."""

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf

from gongkai.redaction import sight
from gongkai.redaction.exceptions import DamagedFile, EmptyFile, EncryptedFile, TooLong
from gongkai.redaction.images import image_traces
from gongkai.redaction.pages import MOST_PAGES
from gongkai.redaction.traces import Kind, Trace, refuse_if_any

Tell = Callable[[int, int], None]
_DATES = {"/CreationDate", "/ModDate"}
_DATE = re.compile(r"(D:)?[\d+\-Z' ]{4,30}")
_TOOLS = {"/Producer", "/Creator"}
_TOOL = re.compile(
    r"(?i)(microsoft|adobe|acrobat|wps|kingsoft|libreoffice|openoffice|pdfium|skia|"
    r"ghostscript|qpdf|pikepdf|typst|itext|foxit|chromium|quartz|writer|word|excel)"
)
_TOOL_LENGTH = 60
_ACTIONS = {
    *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm"),
    *("/Movie", "/Sound", "/Rendition", "/RichMediaExecute", "/GoToE", "/GoToR"),
    *("/SetOCGState", "/Trans", "/GoTo3DView", "/Hide", "/Named"),
}
_ALT = ("/Alt", "/ActualText", "/E", "/T", "/Contents")
_PRIVATE = ("/PieceInfo", "/LastModified", "/SpiderInfo", "/WebCaptureInfo")
_OPEN_TARGET = re.compile(r"(?i)(https?|mailto|tel):")


def pdf_traces(data: bytes, tell: Tell | None = None) -> list[Trace]:
    """All that is found; raises EncryptedFile, DamagedFile, EmptyFile, TooLong."""
    with _opened(data) as pdf:
        traces = [*_raw(data, pdf), *_document(pdf)]
        numbers: dict[Any, int] = {
            page.objgen: number for number, page in enumerate(pdf.pages, 1)
        }
        for found in pdf.objects:
            at = numbers.get(found.objgen, 0) if found is not None else 0
            traces += _object(found, at)
        for number, page in enumerate(pdf.pages, 1):
            traces += _page(page, number)
    return list(dict.fromkeys([*traces, *sight.unseen(data, tell)]))


def check_pdf(data: bytes, tell: Tell | None = None) -> None:
    """Raises TracesFound with everything that was found."""
    refuse_if_any(pdf_traces(data, tell))


def clean_pdf(data: bytes, tell: Tell | None = None) -> bytes:
    """Written anew without what changes no page: properties, XMP, earlier revisions,
    thumbnails, alternative texts, layers' names, embedded files, scripts.

    What remains and is unseen (text under a box, notes, form fields) raises
    TracesFound: taking it out could change what the page says.
    """
    with _opened(data) as pdf:
        for found in pdf.objects:
            if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
                _strip(found)
        if "/Info" in pdf.trailer:
            del pdf.trailer.Info
        if "/ID" in pdf.trailer:
            del pdf.trailer.ID
        for key in ("/Names", "/OpenAction", "/Lang", "/URI", "/Legal", "/Perms"):
            if key in pdf.Root:
                del pdf.Root[key]
        pdf.remove_unreferenced_resources()
        file = io.BytesIO()
        pdf.save(file, deterministic_id=True, encryption=False)
    check_pdf(file.getvalue(), tell)
    return file.getvalue()


def _strip(found: Any) -> None:
    for key in ("/Metadata", "/Thumb", "/AA", "/AF", *_PRIVATE):
        if key in found:
            del found[key]
    if found.get("/Type") == "/StructElem" or "/S" in found and "/P" in found:
        for key in _ALT:
            if key in found and isinstance(found[key], pikepdf.String):
                del found[key]


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
    for key in _PRIVATE[2:]:
        if key in root:
            yield Trace(Kind.METADATA, place=key.lstrip("/"))


def _is_harmless(key: str, value: Any) -> bool:
    told = str(value).strip()
    if not told or key == "/Trapped":
        return True
    if key in _DATES:
        return _DATE.fullmatch(told) is not None
    return key in _TOOLS and len(told) <= _TOOL_LENGTH and bool(_TOOL.search(told))


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
    yield from _actions(found, page)
    if _is_structure(found):
        yield from (Trace(Kind.ALT_TEXT, page) for key in _ALT if key in found)
    if kind == "/OCG" or kind == "/OCMD" or "/OC" in found:
        yield Trace(Kind.LAYERS, page)
    if found.get("/Subtype") == "/Image" and found.get("/Filter") == "/DCTDecode":
        yield from _picture(found, page)


def _is_structure(found: Any) -> bool:
    is_element = "/S" in found and "/P" in found and "/Subtype" not in found
    return found.get("/Type") == "/StructElem" or is_element


def _actions(found: Any, page: int) -> Iterator[Trace]:
    if "/JS" in found or "/AA" in found or found.get("/S") in _ACTIONS:
        yield Trace(Kind.SCRIPTS, page)
    action = found.get("/OpenAction")
    if isinstance(action, pikepdf.Dictionary) and action.get("/S") != "/GoTo":
        yield Trace(Kind.SCRIPTS, page)
    target = found.get("/URI")
    if isinstance(target, pikepdf.String) and not _OPEN_TARGET.match(str(target)):
        yield Trace(Kind.LINKS, page)


def _picture(found: Any, page: int) -> Iterator[Trace]:
    """A photograph keeps its camera's data inside a PDF, too."""
    try:
        traces = image_traces(bytes(found.read_raw_bytes()))
    except Exception:  # noqa: BLE001 - any picture that cannot be looked into
        yield Trace(Kind.NOT_READ, page)
        return
    for trace in traces:
        if trace.kind is not Kind.PROFILE:
            yield Trace(trace.kind, page, trace.place)


def _page(page: pikepdf.Page, number: int) -> Iterator[Trace]:
    for note in page.obj.get("/Annots", ()):
        if not _is_plain_link(note):
            yield Trace(Kind.ANNOTATIONS, number)
    yield from _marked(page, number)


def _is_plain_link(note: Any) -> bool:
    if not isinstance(note, pikepdf.Dictionary) or note.get("/Subtype") != "/Link":
        return False
    return not {"/Contents", "/T", "/Subj", "/RC", "/AP", "/Popup"} & set(note.keys())


def _marked(page: pikepdf.Page, number: int) -> Iterator[Trace]:
    """Text that stands beside the page's own, for readers that read aloud."""
    try:
        told = pikepdf.parse_content_stream(page)
    except (pikepdf.PdfError, pikepdf.PdfParsingError):
        yield Trace(Kind.NOT_READ, number)
        return
    for instruction in told:
        if str(instruction.operator) in {"BDC", "DP"}:
            for value in instruction.operands:
                is_marked = isinstance(value, pikepdf.Dictionary)
                if is_marked and set(_ALT) & set(value.keys()):
                    yield Trace(Kind.ALT_TEXT, number)
