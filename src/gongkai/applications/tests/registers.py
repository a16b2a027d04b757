"""Registers as offices keep them, for tests of imports."""

import io
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count

import xlsxwriter

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.applications.importing import IMPORTER
from gongkai.registry.imports import keeping, services, tables
from gongkai.registry.imports.guessing import guess
from gongkai.registry.models import ImportRun
from gongkai.registry.outbox import run_next

HEADINGS = (
    *("序号", "受理编号", "收到日期", "申请人", "申请人类型", "证件类型", "证件号码"),
    *("联系电话", "邮箱", "地址", "申请方式", "申请内容", "获取方式", "答复日期"),
    *("答复结果", "文号", "是否延期", "延期天数", "备注"),
)
TITLE = ("霜桥县财政局政府信息公开申请登记台账（2021—2024）",)
_numbers = count(1)


def old_row(**told: object) -> list[object]:
    """A row of the register under HEADINGS; names of cells are the headings."""
    number = next(_numbers)
    known: dict[str, object] = {
        "序号": number,
        "受理编号": f"财依申〔2023〕{number}号",
        "收到日期": date(2023, 3, 6),
        "申请人": "柳青河",
        "申请人类型": "自然人",
        "证件类型": "身份证",
        "证件号码": "35012119851102123X",
        "联系电话": "13800138000",
        "地址": "霜桥县北门路 3 号",
        "申请方式": "网络",
        "申请内容": "2022 年度部门决算",
        "获取方式": "电子邮件",
        "答复日期": date(2023, 3, 20),
        "答复结果": "予以公开",
        "文号": f"财公复〔2023〕{number}号",
        "是否延期": "否",
    }
    known.update(told)
    return [known.get(heading, "") for heading in HEADINGS]


def book(rows: Sequence[Sequence[object]], title: Sequence[object] = TITLE) -> bytes:
    """An .xlsx with a title, the headings, and the rows."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"default_date_format": "yyyy-mm-dd"}) as made:
        sheet = made.add_worksheet("台账")
        for number, row in enumerate([title, HEADINGS, *rows]):
            for place, cell in enumerate(row):
                if cell != "":
                    sheet.write(number, place, cell)
    return held.getvalue()


def many(rows: int, first: date = date(2021, 1, 4)) -> list[list[object]]:
    results = ("予以公开", "部分公开", "信息不存在", "个人隐私", "重复申请", "撤回")
    made = []
    for number in range(rows):
        came = first + timedelta(days=2 * number)
        made.append(
            old_row(
                收到日期=came,
                答复日期=came + timedelta(days=10 + number % 9),
                答复结果=results[number % len(results)],
                申请内容=f"第{number}号项目的批复文件",
            )
        )
    return made


def mapped(user: User, agency: Agency, data: bytes) -> ImportRun:
    """A run whose columns are mapped as they were guessed; the trial is promised."""
    run = services.begin(
        importer=IMPORTER,
        agency_id=agency.pk,
        user_id=user.pk,
        name="台账.xlsx",
        data=data,
    )
    rows = dict(tables.head_of(keeping.data_of(run), run.sheet, 20))
    headings = rows[run.header_row]
    services.map_columns(
        run=run,
        importer=IMPORTER,
        sheet=run.sheet,
        header_row=run.header_row,
        headings=headings,
        mapping=guess(headings, IMPORTER.columns, {}),
    )
    run.refresh_from_db()
    return run


def tried(user: User, agency: Agency, data: bytes) -> ImportRun:
    run = mapped(user, agency, data)
    work()
    run.refresh_from_db()
    return run


def brought_in(user: User, agency: Agency, data: bytes) -> ImportRun:
    run = tried(user, agency, data)
    services.bring_in(run=run)
    work()
    run.refresh_from_db()
    return run


def work() -> None:
    while run_next("test"):
        pass
