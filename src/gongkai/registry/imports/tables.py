"""Reading a spreadsheet or a CSV file row by row, every cell as plain text."""

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_BYTES = 50 * 1024 * 1024
# Of a spreadsheet unpacked: a small file may hold a very large one.
MOST_UNPACKED = 200 * 1024 * 1024
EXACT_DIGITS = 15
"""A spreadsheet keeps fifteen digits of a number; the others become noughts."""

_CUT = re.compile(r"\d\.\d+E\+\d+", re.IGNORECASE)

# What the reader of spreadsheets raises on one that is damaged or made to harm.
BROKEN = (
    *(ArithmeticError, AttributeError, EOFError, LookupError, NotImplementedError),
    *(OSError, RuntimeError, SyntaxError, TypeError, ValueError),
    *(zipfile.BadZipFile, zlib.error),
)
Row = tuple[str, ...]


class NotReadable(Exception):
    """The file is no table that we read; ``sentence`` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def sheet_names(data: bytes) -> list[str]:
    """The visible sheets; one without a name for CSV. Raises NotReadable."""
    if not _is_zip(data):
        _decoded(data)
        return [""]
    book = _opened(data)
    return [sheet.title for sheet in _visible(book)]


def rows_of(data: bytes, sheet: int = 0) -> Iterator[tuple[int, Row]]:
    """(row number, cells) of every row that is not empty; raises NotReadable."""
    rows = _of_book(data, sheet) if _is_zip(data) else _of_text(data)
    count = 0
    for number, row in rows:
        if not any(row):
            continue
        count += 1
        if count > MOST_ROWS:
            raise NotReadable(
                _("The file has more than %(most)s rows. Split it.")
                % {"most": f"{MOST_ROWS:,}"}
            )
        yield number, row


def head_of(data: bytes, sheet: int, count: int) -> list[tuple[int, Row]]:
    """The first rows; raises NotReadable."""
    found = []
    for numbered in rows_of(data, sheet):
        found.append(numbered)
        if len(found) == count:
            break
    return found


def formulas_of(data: bytes, sheet: int) -> frozenset[tuple[int, int]]:
    """(row number, column from nought) of each formula; raises NotReadable.

    A formula that no program has counted since it was written reads as empty.
    """
    if not _is_zip(data):
        return frozenset()
    found = _visible(_opened(data, counted=False))[sheet]
    found.reset_dimensions()
    return frozenset(
        (number, place)
        for number, cells in enumerate(found.iter_rows(values_only=True), 1)
        for place, cell in enumerate(cells[:MOST_COLUMNS])
        if isinstance(cell, str) and cell.startswith("=")
    )


def _is_zip(data: bytes) -> bool:
    return zipfile.is_zipfile(io.BytesIO(data))


def _opened(data: bytes, *, counted: bool = True) -> Any:
    """``counted``: formulas as their values."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > MOST_UNPACKED:
            raise NotReadable(_("The spreadsheet is too large unpacked. Split it."))
        held = io.BytesIO(data)
        return openpyxl.load_workbook(held, read_only=True, data_only=counted)
    except (InvalidFileException, *BROKEN) as error:
        raise NotReadable(
            _("The file is no spreadsheet that can be read. Save it anew as .xlsx.")
        ) from error


def _visible(book: Any) -> list[Any]:
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _of_book(data: bytes, index: int) -> Iterator[tuple[int, Row]]:
    sheets = _visible(_opened(data))
    if index >= len(sheets):
        raise NotReadable(_("The sheet is not in the file."))
    sheet = sheets[index]
    # A file may claim any size; only what it holds is read.
    sheet.reset_dimensions()
    try:
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, _trimmed(_text(cell) for cell in cells[:MOST_COLUMNS])
    except BROKEN as error:
        raise NotReadable(
            _("The spreadsheet is damaged. Open it, and save it anew as .xlsx.")
        ) from error


def _of_text(data: bytes) -> Iterator[tuple[int, Row]]:
    text = _decoded(data)
    first = text.split("\n", 1)[0]
    sign = max(",\t;，", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    try:
        for row in reader:
            yield reader.line_num, _trimmed(_clean(cell) for cell in row[:MOST_COLUMNS])
    except csv.Error as error:
        raise NotReadable(_("The CSV file is damaged. Save it anew.")) from error


def _decoded(data: bytes) -> str:
    """UTF-8 or GB 18030, as an office's spreadsheet writes CSV."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotReadable(
            _("This is an old Excel file (.xls). Open it, and save it as .xlsx.")
        )
    if b"\0" not in data and not data.startswith(b"PK"):
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise NotReadable(_("The file is neither a spreadsheet (.xlsx) nor a CSV file."))


def _trimmed(cells: Iterator[str]) -> Row:
    row = list(cells)
    while row and not row[-1]:
        row.pop()
    return tuple(row)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time() == time()
            else value.isoformat(" ", "minutes")
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and abs(value) >= 10**EXACT_DIGITS:
        return f"{value:.{EXACT_DIGITS - 1}E}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _clean(str(value))


def _clean(text: str) -> str:
    """Without spaces around and invisible signs; an Excel text mark is taken off."""
    kept = "".join(
        sign for sign in text if sign in "\n\t" or unicodedata.category(sign)[0] != "C"
    )
    stripped = kept.replace("\u3000", " ").strip()
    if stripped.startswith("'") and len(stripped) > 1:
        return stripped[1:]
    return stripped


def is_cut_number(text: str) -> bool:
    """Whether a long number lost its last digits by standing in a number cell."""
    return _CUT.fullmatch(text) is not None
