"""The register on its way out: usual columns, applicants masked unless asked for."""

import csv
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

import xlsxwriter

from gongkai import law
from gongkai.agencies.scope import Scope
from gongkai.applications.choices import IdentityKind, Manner, Route
from gongkai.applications.models import Case
from gongkai.applications.permissions import can_see_person
from gongkai.applications.persons import Applicant, mask_name, open_case
from gongkai.applications.querysets import CaseQuerySet
from gongkai.registry.cells import plain_cell
from gongkai.registry.sealing import CannotOpen

CHUNK = 1000
PURGED = Applicant(name="—")


@dataclass(frozen=True)
class Line:
    """A case, and of its applicant what this reader may be given."""

    serial: int
    case: Case
    applicant: Applicant
    description: str


Cell = Callable[[Line], str | int]
# Headings as offices write them, so that an export can be read in again.
COLUMNS: dict[str, Cell] = {
    "序号": lambda line: line.serial,
    "受理编号": lambda line: line.case.number,
    "原编号": lambda line: line.case.legacy_number,
    "受理机关": lambda line: line.case.agency.name,
    "收到日期": lambda line: line.case.received_on.isoformat(),
    "申请人": lambda line: line.applicant.name,
    "申请人类型": lambda line: str(line.case.get_applicant_kind_display()),
    "申请方式": lambda line: str(line.case.get_channel_display()),
    "申请内容": lambda line: line.description or line.case.subject,
    "获取方式": lambda line: _wanted_how(line.case),
    "办理状态": lambda line: str(line.case.get_stage_display()),
    "答复期限": lambda line: _day(line.case.due_on),
    "是否延期": lambda line: "是" if line.case.was_extended else "否",
    "答复日期": lambda line: _day(line.case.closed_on),
    "答复结果": lambda line: _result(line.case),
    "文号": lambda line: line.case.reply_no,
    "承办人": lambda line: line.case.handler.name if line.case.handler else "",
}
PERSONAL: dict[str, Cell] = {
    "证件类型": lambda line: _identity(line.applicant.identity_kind),
    "证件号码": lambda line: line.applicant.identity_no,
    "联系电话": lambda line: line.applicant.phone,
    "邮箱": lambda line: line.applicant.email,
    "地址": lambda line: line.applicant.address,
}
"""Only with names, and only where the reader works at the desk."""


class Register:
    """Some cases as rows for one reader.

    ``with_persons`` where that was noted with its reason.
    """

    def __init__(
        self, cases: CaseQuerySet, scope: Scope, *, with_persons: bool
    ) -> None:
        self.cases = cases.select_related("agency", "handler")
        self.scope, self.with_persons = scope, with_persons
        self.columns = {**COLUMNS, **(PERSONAL if with_persons else {})}

    @property
    def head(self) -> list[str]:
        return list(self.columns)

    def rows(self) -> Iterator[list[str | int]]:
        """One query a thousand cases; memory holds so many."""
        ordered = self.cases.order_by("received_on", "pk")
        for serial, case in enumerate(ordered.iterator(CHUNK), 1):
            line = self._line(serial, case)
            yield [_plain(cell(line)) for cell in self.columns.values()]

    def _line(self, serial: int, case: Case) -> Line:
        if not can_see_person(self.scope, case):
            return Line(serial, case, Applicant(name=""), "")
        try:
            told = open_case(case)
        except CannotOpen:
            return Line(serial, case, PURGED, "")
        if self.with_persons:
            return Line(serial, case, told.applicant, told.wanted.description)
        return Line(serial, case, Applicant(name=mask_name(told.applicant.name)), "")


def csv_lines(register: Register) -> Iterator[str]:
    """UTF-8 with the mark by which a spreadsheet knows it."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(register.head)
    for row in register.rows():
        yield writer.writerow(row)


def workbook(register: Register) -> IO[bytes]:
    """An .xlsx in a file without a name, to be streamed and closed by the caller.

    Memory holds one row at a time.
    """
    held = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(held, options) as book:
        sheet = book.add_worksheet("台账")
        bold = book.add_format({"bold": True, "bg_color": "#f5f6f8", "bottom": 1})
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(register.head):
            sheet.set_column(place, place, 40 if name == "申请内容" else 14)
            sheet.write_string(0, place, name, bold)
        for number, row in enumerate(register.rows(), 1):
            for place, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number, place, cell)
                else:
                    sheet.write_string(number, place, cell)
    held.seek(0)
    return held


class _Echo:
    """What a csv writer writes to, so that it gives the line back."""

    def write(self, text: str) -> Any:
        return text


def _plain(cell: str | int) -> str | int:
    return cell if isinstance(cell, int) else plain_cell(cell)


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _result(case: Case) -> str:
    known = law.regime(case.regime).results
    return known[case.result].label.zh if case.result in known else case.result


def _wanted_how(case: Case) -> str:
    words = (_label(Manner, case.manner), _label(Route, case.route))
    return "、".join(word for word in words if word)


def _identity(kind: str) -> str:
    return _label(IdentityKind, kind)


def _label(choices: Any, value: str) -> str:
    return str(dict(choices.choices).get(value, ""))
