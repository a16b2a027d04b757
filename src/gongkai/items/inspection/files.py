"""Hints on a file: its name, its text, and what it carries unseen."""

from collections.abc import Iterable

from gongkai.items.inspection.hints import Hint, HintCode, Source
from gongkai.items.inspection.packages import (
    Seen,
    author_hints,
    embedded_parts,
    foreign_parts,
    package_hints,
    word_hints,
    workbook_hints,
)
from gongkai.items.inspection.texts import (
    inspect_file_name,
    inspect_pieces,
    masked_file_name,
)
from gongkai.items.reading.archives import MAX_DEPTH, Archive, Budget
from gongkai.items.reading.files import plain_text, scan_problem
from gongkai.items.reading.kinds import FileKind, kind_of
from gongkai.items.reading.packages import open_package
from gongkai.items.reading.pdf import read_pdf
from gongkai.items.reading.pieces import Piece
from gongkai.items.reading.problems import (
    READER_FAULTS,
    ReadingError,
    broken,
    encrypted,
    old_format,
)
from gongkai.items.reading.sheets import read_workbook
from gongkai.items.reading.word import word_pieces

_OPEN_IT = "请人工打开查看全部内容，确认可以公开。"
_EXPECTED = {
    "application/pdf": {FileKind.PDF},
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": {
        FileKind.DOCX
    },
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
        FileKind.XLSX
    },
}


def inspect_file(
    data: bytes, name: str, media_type: str, *, key: bytes = b""
) -> list[Hint]:
    """Hints on the name and the content; the bytes decide what the file is.

    Never raises for what a file holds. Whatever could not be looked into is a hint.
    """
    shown = masked_file_name(name)
    inspection = _Inspection(key, Budget())
    inspection.look_into(data, MAX_DEPTH, media_type)
    return [
        *inspect_file_name(name, key=key),
        *(hint.inside(shown) for hint in inspection.hints),
    ]


class _Inspection:
    """One file and what is nested in it, under one budget of bytes."""

    def __init__(self, key: bytes, budget: Budget) -> None:
        self._key = key
        self._budget = budget
        self.hints: list[Hint] = []

    def look_into(self, data: bytes, depth: int, media_type: str = "") -> None:
        seen = Seen(self._key, data)
        try:
            kind = kind_of(data)
            if kind not in _EXPECTED.get(media_type, {kind}):
                raise broken()
            self._look_by_kind(kind, seen, depth)
        except ReadingError as error:
            self._not_inspected(seen, error.message)
        except READER_FAULTS:
            self._not_inspected(seen, "文件结构不正常，系统无法读取。")

    def _look_by_kind(self, kind: FileKind, seen: Seen, depth: int) -> None:
        if kind is FileKind.DOCX:
            self._look_into_word(seen, depth)
        elif kind is FileKind.XLSX:
            self._look_into_workbook(seen, depth)
        elif kind is FileKind.PDF:
            self._look_into_pdf(seen, depth)
        elif kind is FileKind.ZIP:
            self._look_into_zip(seen, depth)
        elif kind is FileKind.TEXT:
            self._look_at_text([Piece("", plain_text(seen.data))])
        elif kind is FileKind.IMAGE:
            message = "图片中的文字系统没有识别，请打开查看有无个人信息和密级标志。"
            self.hints.append(seen.note(HintCode.IMAGE_NOT_READ, "", message))
        else:
            self._refuse(kind, seen)

    def _refuse(self, kind: FileKind, seen: Seen) -> None:
        if kind is FileKind.ENCRYPTED_OFFICE:
            raise encrypted()
        if kind is FileKind.OLD_OFFICE:
            raise old_format()
        if kind is FileKind.EMPTY:
            self._not_inspected(seen, "文件是空的。")
        else:
            self._not_inspected(seen, "这种格式系统不能读取。")

    def _not_inspected(self, seen: Seen, reason: str, where: str = "") -> None:
        message = f"未能检查：{reason}{_OPEN_IT}"
        self.hints.append(seen.serious(HintCode.NOT_INSPECTED, where, message))

    def _look_at_text(self, pieces: Iterable[Piece]) -> None:
        found = inspect_pieces(pieces, self._key, Source.FILE)
        self.hints += found

    def _look_into_word(self, seen: Seen, depth: int) -> None:
        archive = open_package(seen.data, FileKind.DOCX, self._budget)
        self.hints += package_hints(archive, seen)
        self.hints += word_hints(archive, seen)
        self._look_at_text(word_pieces(archive))
        for name in foreign_parts(archive):
            self._not_inspected(seen, "文件中插入了其他格式的整篇内容。", name)
        self._look_into_embedded(archive, seen, depth)

    def _look_into_workbook(self, seen: Seen, depth: int) -> None:
        archive = open_package(seen.data, FileKind.XLSX, self._budget)
        self.hints += package_hints(archive, seen)
        workbook = read_workbook(archive)
        self.hints += workbook_hints(workbook, seen)
        self._look_at_text(workbook.pieces())
        for problem in workbook.problems:
            self._not_inspected(seen, problem.message, problem.where)
        self._look_into_embedded(archive, seen, depth)

    def _look_into_embedded(self, archive: Archive, seen: Seen, depth: int) -> None:
        for name, data in embedded_parts(archive):
            message = "文件中嵌入了另一个文件（图表的数据表也是），下载后可以打开。"
            message += "请核实，不公开的请删除或改贴为图片。"
            self.hints.append(seen.serious(HintCode.EMBEDDED_OBJECT, name, message))
            # Old binary objects are named already; their content stays unread.
            if kind_of(data) is not FileKind.OLD_OFFICE:
                self._nested(data, name, depth)

    def _nested(self, data: bytes, name: str, depth: int) -> None:
        """A file in the file, with its name before each hint."""
        shown = masked_file_name(name)
        if depth == 0:
            seen = Seen(self._key, data)
            self._not_inspected(seen, "文件层层嵌套过深。", shown)
            return
        inner = _Inspection(self._key, self._budget)
        inner.look_into(data, depth - 1)
        self.hints += [hint.inside(shown) for hint in inner.hints]

    def _look_into_pdf(self, seen: Seen, depth: int) -> None:
        reading = read_pdf(seen.data)
        self._look_at_text([*reading.pieces, *reading.annotations])
        if reading.annotations:
            message = f"文件带有 {len(reading.annotations)} 条批注或标记，"
            message += "下载后都能看到。请删除后重新导出 PDF。"
            self.hints.append(
                seen.serious(HintCode.COMMENTS, reading.annotations[0].where, message)
            )
        if reading.has_scripts:
            message = "PDF 中带有程序脚本。请重新导出不含脚本的 PDF。"
            self.hints.append(seen.serious(HintCode.MACROS, "", message))
        if scan := scan_problem(reading):
            message = f"{scan.message}机器无法检查，请打开逐页查看。"
            self.hints.append(seen.note(HintCode.SCAN, "", message))
        for problem in reading.problems:
            self._not_inspected(seen, problem.message, problem.where)
        self.hints += author_hints([reading.author], seen)
        self._look_into_pdf_attachments(reading.attachments, seen, depth)

    def _look_into_pdf_attachments(
        self, attachments: list[tuple[str, bytes | None]], seen: Seen, depth: int
    ) -> None:
        for name, data in attachments:
            message = "PDF 中夹带了另一个文件。请核实，不公开的请删除。"
            shown = masked_file_name(name)
            self.hints.append(seen.serious(HintCode.EMBEDDED_OBJECT, shown, message))
            self.hints += inspect_file_name(name, key=self._key)
            if data is None:
                self._not_inspected(seen, "夹带的文件无法取出。", shown)
            else:
                self._nested(data, name, depth)

    def _look_into_zip(self, seen: Seen, depth: int) -> None:
        archive = Archive(seen.data, self._budget)
        for member in archive.members():
            self.hints += inspect_file_name(member.name, key=self._key)
            try:
                data = archive.read_info(member.info)
            except ReadingError as error:
                shown = masked_file_name(member.name)
                self._not_inspected(seen, error.message, shown)
                continue
            self._nested(data, member.name, depth)
