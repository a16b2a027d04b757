"""A form as a spreadsheet: written as it is printed, and read back cell by cell."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _

from gongkai import returns
from gongkai.agencies.models import Agency
from gongkai.registry.cells import plain_cell
from gongkai.registry.imports import tables
from gongkai.registry.measures import Figure, Period
from gongkai.returns.layout import Box, grids
from gongkai.statistics.figures import Values, printed
from gongkai.statistics.models import Filing, Reach

FIRST_ROW = 3
LIST_SHEET = "统计表"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_NUMBERING = re.compile(r"^[一二三四五六七八九十]+、")
_MARK = re.compile(r"表式：(\S+)\s+年度：(\S+)\s+编号：(\S+)")
_WIDTH = 12
_LABEL_WIDTH = 34


class BadSheet(Exception):
    """A sheet that cannot be taken, with every cell that stands against it."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True)
class Written:
    """What a spreadsheet is of: the form, the body, the period."""

    form: returns.Form
    slug: str
    name: str
    period: Period

    @property
    def title(self) -> str:
        return f"{self.form.title}（{self.years}）"

    @property
    def years(self) -> str:
        year = self.period.first.year
        if self.period == Period.year(year):
            return str(year)
        return f"{self.period.first}/{self.period.last}"

    @property
    def mark(self) -> str:
        return f"表式：{self.form.name}　年度：{self.years}　编号：{self.slug}"


@dataclass(frozen=True)
class Placed:
    """A box on its sheet, rows and columns counted from nought."""

    sheet: str
    row: int
    column: int
    box: Box

    @property
    def address(self) -> str:
        return f"{_letters(self.column)}{self.row + 1}"


def placed(form: returns.Form) -> Iterator[Placed]:
    """Every box of the form; the tables of a chapter share a sheet."""
    sheet, top = LIST_SHEET, FIRST_ROW
    for grid in grids(form):
        if grid.heading:
            sheet, top = _sheet_name(grid.heading), FIRST_ROW
        for box in grid.boxes:
            yield Placed(sheet, top + box.row, box.column, box)
        top += grid.height + 1


def _sheet_name(heading: str) -> str:
    return _FORBIDDEN.sub("", _NUMBERING.sub("", heading))[:31]


def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


# Out


def workbook(
    written: Written,
    values: Values,
    foot: Mapping[str, str],
    notes: Sequence[str] = (),
) -> bytes:
    """The printed form with its figures; an empty template without any."""
    held = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(held, {**options, "in_memory": True}) as book:
        formats = _formats(book)
        sheets: dict[str, Any] = {}
        ends: dict[str, int] = {}
        for place in placed(written.form):
            if place.sheet not in sheets:
                sheets[place.sheet] = _begun(book, place.sheet, written, formats)
            _put(sheets[place.sheet], place, written.form, values, formats)
            last = place.row + place.box.rows
            ends[place.sheet] = max(ends.get(place.sheet, 0), last)
        last_sheet = [*sheets][-1]
        signed = [f"{label}：{text}" for label, text in foot.items()]
        for row, text in enumerate([*signed, *notes], ends[last_sheet] + 1):
            sheets[last_sheet].write_string(row, 0, plain_cell(text))
    return held.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    cell = {"border": 1, "text_wrap": True, "valign": "vcenter"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({**cell, "bg_color": "#f5f6f8"}),
        "words": book.add_format(cell),
        "figure": book.add_format(
            {**cell, "align": "right", "num_format": "#,##0", "locked": False}
        ),
        "money": book.add_format(
            {**cell, "align": "right", "num_format": "#,##0.######", "locked": False}
        ),
    }


def _begun(book: Any, name: str, written: Written, formats: dict[str, Any]) -> Any:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, written.title, formats["title"])
    sheet.write_string(1, 0, f"填报单位（盖章）：{written.name}　{written.mark}")
    sheet.set_column(0, 2, _LABEL_WIDTH if name == LIST_SHEET else 2 * _WIDTH)
    sheet.set_column(3, 20, _WIDTH)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    return sheet


def _put(
    sheet: Any,
    place: Placed,
    form: returns.Form,
    values: Values,
    formats: dict[str, Any],
) -> None:
    box, row, column = place.box, place.row, place.column
    if box.key:
        _put_figure(sheet, place, form.by_key[box.key], values.get(box.key), formats)
        return
    style = formats["head" if box.is_head else "words"]
    if box.rows > 1 or box.columns > 1:
        ends = row + box.rows - 1, column + box.columns - 1
        sheet.merge_range(row, column, *ends, box.text, style)
    else:
        sheet.write_string(row, column, box.text, style)


def _put_figure(
    sheet: Any,
    place: Placed,
    row: returns.Row,
    value: Figure | None,
    formats: dict[str, Any],
) -> None:
    style = formats["money" if row.is_money else "figure"]
    shown = printed(row, value)
    if shown is None:
        sheet.write_blank(place.row, place.column, None, style)
    else:
        sheet.write_number(place.row, place.column, shown, style)


# Back


def read(written: Written, data: bytes) -> dict[str, Figure | None]:
    """The figures of a filled template; an empty cell is unknown, not zero.

    Raises BadSheet naming sheet, cell and value of everything that cannot be taken:
    another form or year, a missing sheet, moved rows or columns, letters for numbers.
    """
    try:
        sheets = {
            name: dict(tables.rows_of(data, number))
            for number, name in enumerate(tables.sheet_names(data))
        }
    except tables.NotReadable as error:
        raise BadSheet(error.sentence) from error
    places = list(placed(written.form))
    _check_sheets(sheets, places)
    _check_mark(written, sheets[places[0].sheet])
    _check_words(sheets, places)
    _check_formulas(data, sheets, places)
    return _figures(written.form, sheets, places)


Cells = Mapping[int, tuple[str, ...]]


def _text(cells: Cells, row: int, column: int) -> str:
    found = cells.get(row + 1, ())
    return found[column] if column < len(found) else ""


def _check_sheets(sheets: Mapping[str, Cells], places: list[Placed]) -> None:
    wanted = dict.fromkeys(place.sheet for place in places)
    missing = [name for name in wanted if name not in sheets]
    if missing:
        told = {"names": "、".join(missing), "found": "、".join(sheets) or "—"}
        sentence = _(
            "The sheet “%(names)s” is missing; the file has %(found)s. Use the "
            "template as it was handed out."
        )
        raise BadSheet(sentence % told)


def _check_mark(written: Written, cells: Cells) -> None:
    text = _text(cells, 1, 0)
    found = _MARK.search(text)
    if found is None:
        raise BadSheet(
            _("Cell A2 does not say form, year and body. Use the template unchanged.")
        )
    for label, value, wanted in zip(
        (_("form"), _("year"), _("body")),
        found.groups(),
        (written.form.name, written.years, written.slug),
        strict=True,
    ):
        if value != wanted:
            told = {"label": label, "value": value, "wanted": wanted}
            sentence = _(
                "Cell A2: the template is for %(label)s %(value)s, not %(wanted)s. "
                "Fill the right template."
            )
            raise BadSheet(sentence % told)


def _check_words(sheets: Mapping[str, Cells], places: list[Placed]) -> None:
    moved = []
    for place in places:
        if place.box.key or not place.box.text:
            continue
        value = _text(sheets[place.sheet], place.row, place.column)
        if returns.normalise(value) != returns.normalise(place.box.text):
            told = {
                "sheet": place.sheet,
                "cell": place.address,
                "value": value or "—",
                "wanted": place.box.text,
            }
            sentence = _(
                "Sheet “%(sheet)s”, cell %(cell)s reads “%(value)s” instead of "
                "“%(wanted)s”. Rows and columns must stay where they are."
            )
            moved.append(sentence % told)
    if moved:
        raise BadSheet(*moved)


def _check_formulas(
    data: bytes, sheets: Mapping[str, Cells], places: list[Placed]
) -> None:
    """A formula that nobody counted reads as empty, and empty is unknown."""
    formulas = {
        (name, row, column)
        for number, name in enumerate(sheets)
        for row, column in tables.formulas_of(data, number)
    }
    sentence = _(
        "Sheet “%(sheet)s”, cell %(cell)s holds a formula without its value. Open the "
        "file in a spreadsheet program and save it, or type the figure."
    )
    bad = [
        sentence % {"sheet": place.sheet, "cell": place.address}
        for place in places
        if (place.sheet, place.row + 1, place.column) in formulas
        and not _text(sheets[place.sheet], place.row, place.column)
    ]
    if bad:
        raise BadSheet(*bad)


def _figures(
    form: returns.Form, sheets: Mapping[str, Cells], places: list[Placed]
) -> dict[str, Figure | None]:
    found: dict[str, Figure | None] = {}
    bad = []
    for place in places:
        if place.box.key is None:
            continue
        text = _text(sheets[place.sheet], place.row, place.column)
        value = _read(form.by_key[place.box.key], form, text)
        if isinstance(value, returns.ValueProblem):
            told = {
                "sheet": place.sheet,
                "cell": place.address,
                "value": text,
                "fault": value.problem,
                "remedy": value.remedy,
            }
            bad.append(
                _("Sheet “%(sheet)s”, cell %(cell)s: “%(value)s” %(fault)s. %(remedy)s")
                % told
            )
        else:
            found[place.box.key] = value
    if bad:
        raise BadSheet(*bad)
    return found


def _read(
    row: returns.Row, form: returns.Form, text: str
) -> Figure | returns.ValueProblem | None:
    """As stored: 元 where the form prints 万元."""
    if not text:
        return None
    value: object = text
    if row.unit == "万元" and re.fullmatch(r"\d+(\.\d+)?", text):
        value = (Decimal(text) * 10000).normalize() + 0
    return returns.read_value(form, str(row.key), value)


def written_of(
    agency: Agency, form: returns.Form, period: Period, reach: Reach = Reach.OWN
) -> Written:
    return Written(form, agency.slug, _named(agency.name, reach), period)


def written_as(filing: Filing) -> Written:
    """A return under the name that its body has, or had when it was filed."""
    form = returns.load_form(filing.form)
    name = _named(filing.body_name, Reach(filing.reach))
    return Written(form, filing.agency.slug, name, filing.period)


def _named(name: str, reach: Reach) -> str:
    """What goes out is in Chinese, whatever the page speaks."""
    with translation.override("zh-hans"):
        return name if reach is Reach.OWN else f"{name}（{reach.label}）"


def foot_of(filing: Filing) -> dict[str, str]:
    """The foot of the form, filled as far as it is signed."""
    names = ("head", "reviewer", "filer", "phone", "filled_on")
    told = {}
    for name in names:
        value = getattr(filing, name, "") or ""
        label = str(getattr(Filing._meta.get_field(name), "verbose_name", name))
        told[label] = value.isoformat() if isinstance(value, date) else str(value)
    return told
