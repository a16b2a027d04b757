"""All the text of an .xlsx file, with what it hides.

Read from the XML as a stream: a workbook of a hundred thousand rows costs no more
memory than a small one, and what is hidden is seen as the file says it.
"""

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from gongkai.items.reading.archives import Archive
from gongkai.items.reading.packages import (
    Element,
    attribute,
    local,
    main_part,
    part,
    relations_of,
    stream,
)
from gongkai.items.reading.pieces import Piece
from gongkai.items.reading.problems import Problem, broken

MAX_CELLS = 1_000_000
_LAST_COLUMN = 16_384


@dataclass
class Sheet:
    name: str
    state: str  # "visible", "hidden", "veryHidden"
    pieces: list[Piece] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)  # only rows with content
    hidden_columns: set[int] = field(default_factory=set)  # only columns with content
    comments: list[Piece] = field(default_factory=list)

    @property
    def label(self) -> str:
        return self.name if self.state == "visible" else f"{self.name}（隐藏）"


@dataclass
class Workbook:
    sheets: list[Sheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def pieces(self) -> Iterator[Piece]:
        for sheet in self.sheets:
            yield from sheet.pieces
            yield from sheet.comments


def read_workbook(archive: Archive) -> Workbook:
    """Every sheet, shown or not. Raises ReadingError."""
    main = main_part(archive, "xl/workbook.xml")
    relations = {
        relation.relation_id: relation for relation in relations_of(archive, main)
    }
    strings = _shared_strings(archive, main)
    workbook = Workbook()
    reader = _CellReader(strings)
    root = part(archive, main)
    listed = (
        [one for one in root.iter() if local(one) == "sheet"]
        if root is not None
        else []
    )
    if not listed:
        raise broken()
    for element in listed:
        sheet = Sheet(
            attribute(element, "name") or "",
            element.get("state", "visible"),
        )
        workbook.sheets.append(sheet)
        relation = relations.get(attribute(element, "id") or "")
        if relation is None or relation.target not in archive:
            workbook.problems.append(
                Problem("broken", "工作表的内容缺失，无法读取。", sheet.name)
            )
            continue
        _read_sheet(archive, relation.target, sheet, reader)
    if reader.is_full:
        workbook.problems.append(
            Problem(
                "too_large",
                f"表格超过 {MAX_CELLS} 个单元格，其余部分没有读取。请拆分后上传。",
            )
        )
    return workbook


def _shared_strings(archive: Archive, main: str) -> list[str]:
    for relation in relations_of(archive, main):
        if relation.kind == "sharedStrings" and relation.target in archive:
            return list(_strings(archive.read(relation.target)))
    return []


def _strings(data: bytes) -> Iterator[str]:
    root: Element = None
    for event, element in stream(data):
        if root is None:
            root = element
        if event == "end" and local(element) == "si":
            yield _rich_text(element)
            root.clear()


def _rich_text(element: Element) -> str:
    """The text of its runs; phonetic guides (rPh) repeat it and are left out."""
    if all(local(inner) != "rPh" for inner in element):
        return "".join(inner.text or "" for inner in element.iter() if _is_text(inner))
    return "".join(
        inner.text or ""
        for run in element
        if local(run) != "rPh"
        for inner in run.iter()
        if _is_text(inner)
    )


def _is_text(element: Element) -> bool:
    return local(element) == "t"


class _CellReader:
    def __init__(self, strings: list[str]) -> None:
        self._strings = strings
        self._count = 0
        self.is_full = False

    def read(self, data: bytes, sheet: Sheet) -> None:
        """Cells, with the hidden rows and columns that hold any."""
        self._hidden_columns: list[tuple[int, int]] = []
        row_number, is_row_hidden = 0, False
        container: Element = None
        for event, element in stream(data):
            name = local(element)
            if event == "start":
                if name == "sheetData":
                    container = element
                elif name == "row":
                    row_number = _whole(element.get("r"), row_number + 1)
                    is_row_hidden = _is_hidden(element, "ht")
            elif name == "col" and _is_hidden(element, "width"):
                self._add_hidden_columns(element)
            elif name == "row":
                filled = self._read_row(element, row_number, sheet)
                if filled and is_row_hidden:
                    sheet.hidden_rows.append(row_number)
                container.clear()
                if self.is_full:
                    return
            elif name in {"oddHeader", "oddFooter", "evenHeader", "firstHeader"}:
                text = re.sub(r"&[A-Z]|&\"[^\"]*\"|&\d+", " ", element.text or "")
                sheet.pieces.append(Piece(f"{sheet.label} 页眉页脚", text))

    def _add_hidden_columns(self, element: Element) -> None:
        first = _whole(element.get("min"), 1)
        self._hidden_columns.append((first, _whole(element.get("max"), first)))
        self._hidden_columns.sort()

    def _read_row(self, row: Element, number: int, sheet: Sheet) -> int:
        """Returns how many cells hold something."""
        column, filled = 0, 0
        for cell in row:
            if local(cell) != "c":
                continue
            column = _column(cell.get("r")) or column + 1
            text = self._text(cell)
            if not text.strip():
                continue
            filled += 1
            if self._is_column_hidden(column):
                sheet.hidden_columns.add(column)
            where = f"{sheet.label}!{column_letters(column)}{number}"
            sheet.pieces.append(Piece(where, text, "\t"))
        if filled:
            last = sheet.pieces[-1]
            sheet.pieces[-1] = Piece(last.where, last.text)
        self._count += filled
        self.is_full = self._count >= MAX_CELLS
        return filled

    def _is_column_hidden(self, column: int) -> bool:
        at = bisect.bisect_right(self._hidden_columns, (column, _LAST_COLUMN + 1))
        return at > 0 and column <= self._hidden_columns[at - 1][1]

    def _text(self, cell: Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return "".join(inner.text or "" for inner in cell.iter() if _is_text(inner))
        value = next((inner.text for inner in cell if local(inner) == "v"), None) or ""
        if kind == "s":
            index = _whole(value, -1)
            return self._strings[index] if 0 <= index < len(self._strings) else ""
        return _plain_number(value) if kind == "n" else value


def _is_hidden(element: Element, measure: str) -> bool:
    """Hidden by its mark, or squeezed to a height or width of nothing."""
    if element.get("hidden") in {"1", "true"}:
        return True
    return element.get(measure) in {"0", "0.0"}


def _plain_number(value: str) -> str:
    """1.3800138E10 as 13800138000; numbers with a fraction stay as they are."""
    if "E" not in value.upper():
        return value
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    is_whole = number == number.to_integral_value() and abs(number) < 10**20
    return f"{number:.0f}" if is_whole else value


def _whole(text: str | None, default: int) -> int:
    is_whole = text is not None and text.isascii() and text.isdigit()
    return int(text) if text and is_whole and len(text) < 10 else default


def _column(reference: str | None) -> int:
    """The column's number in a reference such as AB12; 0 where there is none."""
    number = 0
    for sign in (reference or "")[:3]:
        if not ("A" <= sign <= "Z"):
            break
        number = number * 26 + ord(sign) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _read_sheet(archive: Archive, name: str, sheet: Sheet, reader: _CellReader) -> None:
    reader.read(archive.read(name), sheet)
    for relation in relations_of(archive, name):
        if relation.is_external or relation.target not in archive:
            continue
        if relation.kind in {"comments", "threadedComment"}:
            _read_comments(archive, relation.target, sheet)
        elif relation.kind == "drawing":
            _read_shapes(archive, relation.target, sheet)


def _read_comments(archive: Archive, name: str, sheet: Sheet) -> None:
    root = part(archive, name)
    for element in root.iter() if root is not None else ():
        if local(element) not in {"comment", "threadedComment"}:
            continue
        text = "".join(
            inner.text or ""
            for inner in element.iter()
            if local(inner) in {"t", "text"}
        )
        where = f"{sheet.label}!{element.get('ref', '')} 批注"
        sheet.comments.append(Piece(where, text.strip()))


def _read_shapes(archive: Archive, name: str, sheet: Sheet) -> None:
    root = part(archive, name)
    for element in root.iter() if root is not None else ():
        if local(element) == "txBody":
            text = "".join(
                "\n" if local(inner) == "p" else inner.text or ""
                for inner in element.iter()
                if local(inner) in {"p", "t"}
            ).strip()
            if text:
                sheet.pieces.append(Piece(f"{sheet.label} 文本框", text))
