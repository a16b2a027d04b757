"""The text of attachments, for search and for the second look at a draft."""

from dataclasses import dataclass, field

from gongkai.items.reading.archives import MAX_DEPTH, Archive, Budget
from gongkai.items.reading.kinds import FileKind, decoded, kind_of
from gongkai.items.reading.packages import open_package
from gongkai.items.reading.pdf import PdfReading, read_pdf
from gongkai.items.reading.pieces import Piece, joined
from gongkai.items.reading.problems import (
    READER_FAULTS,
    Problem,
    ReadingError,
    broken,
    encrypted,
    old_format,
    too_large,
)
from gongkai.items.reading.sheets import read_workbook
from gongkai.items.reading.word import word_pieces

MAX_TEXT_BYTES = 50 * 2**20
_UNREAD = {
    FileKind.IMAGE: Problem("image", "这是图片，系统没有识别其中的文字。"),
    FileKind.OTHER_PACKAGE: Problem(
        "unknown_format", "演示文稿、OFD 等格式的内容系统没有读取。"
    ),
    FileKind.EMPTY: Problem("empty", "文件是空的，没有内容。请检查后重新上传。"),
    FileKind.UNKNOWN: Problem("unknown_format", "不认识的文件格式，没有读取。"),
}


@dataclass(frozen=True)
class ExtractedText:
    """The text that could be read, and for what could not be, why."""

    text: str
    problems: tuple[Problem, ...]


@dataclass
class _Reading:
    pieces: list[Piece] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def extract_text(data: bytes, media_type: str) -> ExtractedText:
    """All text of a file: PDF, Word, Excel, plain text, and zip files of these.

    Never raises for what a file holds: a file that cannot be read has problems. The
    bytes decide what the file is; ``media_type`` only says when they are text.
    """
    reading = _Reading()
    is_text = media_type.startswith("text/")
    _read(data, reading, Budget(), MAX_DEPTH, "", is_text=is_text)
    return ExtractedText(joined(reading.pieces), tuple(reading.problems))


def _read(
    data: bytes,
    reading: _Reading,
    budget: Budget,
    depth: int,
    where: str,
    *,
    is_text: bool = False,
) -> None:
    kind = FileKind.TEXT if is_text else kind_of(data)
    try:
        if kind is FileKind.ZIP:
            _read_members(data, reading, budget, depth, where)
        elif kind in _UNREAD:
            problem = _UNREAD[kind]
            reading.problems.append(Problem(problem.code, problem.message, where))
        else:
            _read_document(data, kind, reading, budget)
    except ReadingError as error:
        reading.problems.append(error.as_problem(where))
    except READER_FAULTS:
        reading.problems.append(broken().as_problem(where))


def _read_document(
    data: bytes, kind: FileKind, reading: _Reading, budget: Budget
) -> None:
    if kind is FileKind.DOCX:
        reading.pieces += word_pieces(open_package(data, kind, budget))
    elif kind is FileKind.XLSX:
        workbook = read_workbook(open_package(data, kind, budget))
        reading.pieces += workbook.pieces()
        reading.problems += workbook.problems
    elif kind is FileKind.PDF:
        found = read_pdf(data)
        reading.pieces += found.pieces + found.annotations
        reading.problems += found.problems
        if scan := scan_problem(found):
            reading.problems.append(scan)
    elif kind is FileKind.ENCRYPTED_OFFICE:
        raise encrypted()
    elif kind is FileKind.OLD_OFFICE:
        raise old_format()
    else:
        reading.pieces.append(Piece("", plain_text(data)))


def scan_problem(reading: PdfReading) -> Problem | None:
    """Pages that are pictures: a scan, or drawings in place of letters."""
    blank = reading.pages_without_text
    if not blank:
        return None
    pages = "、".join(str(page) for page in blank[:10])
    more = f"等 {len(blank)} 页" if len(blank) > 10 else "页"
    return Problem(
        "scan", f"第 {pages} {more}没有文字层（可能是扫描件），系统没有识别。"
    )


def plain_text(data: bytes) -> str:
    """Raises ReadingError for bytes in no known encoding, or too many."""
    if len(data) > MAX_TEXT_BYTES:
        raise too_large()
    text = decoded(data)
    if text is None:
        raise broken()
    return text


def _read_members(
    data: bytes, reading: _Reading, budget: Budget, depth: int, where: str
) -> None:
    if depth == 0:
        message = "压缩包层层嵌套过深，里面的文件没有读取。"
        reading.problems.append(Problem("too_deep", message, where))
        return
    archive = Archive(data, budget)
    for member in archive.members():
        place = f"{where} › {member.name}" if where else member.name
        try:
            inner = archive.read_info(member.info)
        except ReadingError as error:
            reading.problems.append(error.as_problem(place))
            continue
        _read(inner, reading, budget, depth - 1, place)
