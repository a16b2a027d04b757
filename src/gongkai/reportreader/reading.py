"""From a file's bytes to its text, refused in plain words where there is none.

A text file's characters stay as they are, line ends too: an offset into
``SourceText.text`` is an offset into the decoded file, counted without its mark.
"""

import codecs
import io
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import PurePath
from typing import Literal

from gongkai.reportreader.folding import fold

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_PARTS = 5_000

Kind = Literal["text", "html", "docx", "pdf"]

_MESSAGES = {
    "empty": "文件是空的，没有可读的文字",
    "too_large": f"文件超过 {MAX_BYTES // 1024 // 1024} MB，未读取",
    "binary": "文件不是文字，无法读取",
    "unsupported": "暂不支持这种格式，请另存为 txt、html、docx 或 pdf",
    "damaged": "文件已损坏或不完整，无法打开",
    "encrypted": "文件已加密，请先解除密码",
    "scanned": "文件里只有图片，没有文字层，请先做文字识别",
    "missing": "没有这个文件",
    "not_a_report": "不像政府信息公开年度报告",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# Tab, line feed, form feed, carriage return and escape do stand in texts.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)


class ReadingError(Exception):
    """A file without readable text; ``code`` names the reason, ``message`` says it."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(message)

    @classmethod
    def of(cls, code: str, name: str) -> "ReadingError":
        return cls(code, f"{name}：{_MESSAGES[code]}。")


@dataclass(frozen=True)
class SourceText:
    """The text of one file. ``encoding`` is empty where bytes were not decoded here."""

    name: str
    text: str
    kind: Kind = "text"
    encoding: str = ""

    @cached_property
    def folded(self) -> str:
        """The text in one form of writing, of the same length."""
        return fold(self.text)


def read_bytes(data: bytes, name: str) -> SourceText:
    """The text of a .txt, .html, .docx or .pdf file, told apart by content.

    Raises ReadingError: empty, too_large, binary, unsupported, damaged, encrypted,
    scanned.
    """
    if len(data) > MAX_BYTES:
        raise ReadingError.of("too_large", name)
    if not data.strip():
        raise ReadingError.of("empty", name)
    source = _read(data, name)
    if not source.text.strip("\ufeff\u200b \t\r\n\u3000\u00a0"):
        raise ReadingError.of("empty", name)
    return source


def _read(data: bytes, name: str) -> SourceText:
    if data.startswith(b"PK\x03\x04"):
        return SourceText(name, _text_of_docx(data, name), "docx")
    if data.startswith(_OLE):
        # Word wraps an encrypted .docx into the container of the old .doc.
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise ReadingError.of("encrypted" if encrypted else "unsupported", name)
    if b"%PDF-" in data[:1024]:
        return SourceText(name, _text_of_pdf(data, name), "pdf")
    return _read_text(data, name)


def _read_text(data: bytes, name: str) -> SourceText:
    text, encoding = _decode(data, name)
    if _is_html(text, name):
        return SourceText(name, text_of_html(text), "html", encoding)
    return SourceText(name, text, "text", encoding)


def _decode(data: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data.decode(encoding, "replace"), name), encoding
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        return _checked(text, name), encoding
    return _checked(_decode_broken(data), name), "utf-8"


def _encodings(data: bytes) -> list[str]:
    # GB18030 takes almost any bytes, so UTF-8, which does not, is asked first.
    declared = _DECLARED.search(data[:2048])
    named = [declared[1].decode("ascii")] if declared else []
    allowed = [name for name in named if name.lower() in {"big5", "big5-hkscs"}]
    return ["utf-8", *allowed, "gb18030"]


def _decode_broken(data: bytes) -> str:
    """A text cut inside a character, or with a few bad bytes: the better reading."""
    readings = [data.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
    return min(readings, key=lambda text: text.count("\ufffd"))


def _checked(text: str, name: str) -> str:
    """The text, unless it is no text: raises ReadingError."""
    bad = len(_CONTROL.findall(text)) + text.count("\ufffd")
    if "\x00" in text or bad * 50 > len(text):
        raise ReadingError.of("binary", name)
    return text


def _is_html(text: str, name: str) -> bool:
    if PurePath(name).suffix.lower() in {".html", ".htm", ".xhtml"}:
        return True
    start = text[:200].lstrip("\ufeff \t\r\n").lower()
    return start.startswith(("<!doctype html", "<html"))


_BLOCK = re.compile(
    "address|article|aside|blockquote|br|center|dd|div|dl|dt|fieldset|figure|footer"
    "|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|tbody|tfoot|thead"
    "|title|tr|ul"
)
_SILENT = re.compile(
    "button|head|iframe|noscript|object|script|select|style|svg|template|textarea"
)
# Inside the parser's text: a cell ends here, a block of a cell begins or ends here.
_CELL_END = "\x1f"
_CELL_BREAK = "\x1e"
_LONGEST_CELL = 200


class _Page(HTMLParser):
    """Text of a page: a line per block or table row, its cells ended by marks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silenced_by = ""
        self._cell_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body" and self._silenced_by == "head":
            self._silenced_by = ""  # HTML lets a page leave out </head>.
        if self._silenced_by:
            return
        if _SILENT.fullmatch(tag):
            self._silenced_by = tag
        elif tag in {"td", "th"}:
            self._cell_depth += 1
        elif _BLOCK.fullmatch(tag):
            self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._silenced_by:
            self._silenced_by = "" if tag == self._silenced_by else self._silenced_by
        elif tag in {"td", "th"}:
            self._cell_depth = max(0, self._cell_depth - 1)
            self.parts.append(_CELL_END)
        elif _BLOCK.fullmatch(tag):
            self._break(tag)

    def _break(self, tag: str) -> None:
        if tag in {"tr", "table"}:
            self._cell_depth = 0
        self.parts.append(_CELL_BREAK if self._cell_depth else "\n")

    def handle_data(self, data: str) -> None:
        if not self._silenced_by:
            self.parts.append(re.sub(r"\s+", " ", data))


def text_of_html(html: str) -> str:
    """The page's words, a line per block; tables become rows with bars."""
    page = _Page()
    page.feed(html)
    page.close()
    rows = "".join(page.parts).split("\n")
    lines = (re.sub(" +", " ", line).strip() for row in rows for line in _lines_of(row))
    return "\n".join(line for line in lines if line.strip(" |"))


def _lines_of(row: str) -> list[str]:
    """One line for a row of data, a line per block where a table lays out the page."""
    if any(_is_layout(cell) for cell in row.split(_CELL_END)):
        return row.replace(_CELL_END, _CELL_BREAK).split(_CELL_BREAK)
    return [row.replace(_CELL_BREAK, " ").replace(_CELL_END, " | ")]


def _is_layout(cell: str) -> bool:
    return _CELL_BREAK in cell.strip(" " + _CELL_BREAK) and len(cell) > _LONGEST_CELL


def _text_of_docx(data: bytes, name: str) -> str:
    _check_package(data, name)
    from gongkai.reportreader import docx  # needed for this format only

    try:
        return docx.text_of_docx(data)
    except docx.TooLarge as error:
        raise ReadingError.of("too_large", name) from error
    except docx.FAULTS as error:
        raise ReadingError.of("damaged", name) from error


def _text_of_pdf(data: bytes, name: str) -> str:
    from gongkai.reportreader import pdf  # needed for this format only

    try:
        text = pdf.text_of_pdf(data)
    except pdf.EncryptedPdf as error:
        raise ReadingError.of("encrypted", name) from error
    except pdf.DamagedPdf as error:
        raise ReadingError.of("damaged", name) from error
    if not text.strip():
        raise ReadingError.of("scanned", name)
    return text


def _check_package(data: bytes, name: str) -> None:
    """Raises ReadingError for a package that is no .docx or would burst when opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise ReadingError.of("damaged", name) from error
    if any(part.flag_bits & 1 for part in parts):
        raise ReadingError.of("encrypted", name)
    if "word/document.xml" not in {part.filename for part in parts}:
        raise ReadingError.of("unsupported", name)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED_BYTES or len(parts) > MAX_PARTS:
        raise ReadingError.of("too_large", name)
