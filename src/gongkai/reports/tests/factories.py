"""Reports for tests: texts of our own, read by the services that clicks call."""

import io

from gongkai.items.choices import Kind
from gongkai.items.models import Item
from gongkai.items.tests.factories import Office
from gongkai.reports.models import Reading
from gongkai.reports.services import judging, reading
from gongkai.returns import load_form
from gongkai.returns.layout import grids

YEAR = 2017
TEXT = """{agency}{year}年政府信息公开工作年度报告

本报告由{agency}根据《中华人民共和国政府信息公开条例》编制，所列数据的统计期限为{year}年1月1日至{year}年12月31日。

一、主动公开情况
{year}年，我单位共主动公开政府信息{published}条，召开新闻发布会3次，发布政策解读12篇。

二、依申请公开情况
全年共收到政府信息公开申请{received}件，其中当面申请4件、网络申请{network}件、信函申请6件。

三、复议和诉讼情况
{year}年未发生因政府信息公开申请引起的行政复议。全年发生行政诉讼1件。

四、存在的主要问题及改进措施
公开内容与群众需求还有差距，下一步将加强培训。
"""


def text_of(
    agency: str = "霜桥县林业局",
    year: int = YEAR,
    published: int = 320,
    received: int = 25,
    network: int = 15,
) -> str:
    """A report without a form; its applications add up unless told otherwise."""
    return TEXT.format(
        agency=agency,
        year=year,
        published=published,
        received=received,
        network=network,
    )


def html_of(text: str) -> str:
    lines = [line for line in text.splitlines() if line]
    return "".join(f"<p>{line}</p>" for line in lines)


def upload(office: Office, text: str = "", name: str = "年报.txt") -> Reading:
    data = (text or text_of(office.agency.name)).encode()
    return reading.add_file(
        by=office.clerk, agency=office.agency, name=name, data=data
    ).reading


def published_report(office: Office, year: int = YEAR, **told: int) -> Item:
    text = text_of(office.agency.name, year, **told)
    return office.published(
        title=text.splitlines()[0],
        body=html_of(text),
        kind=Kind.ANNUAL_REPORT,
        column=office.column("annual-reports"),
    )


def read_report(office: Office, year: int = YEAR, **told: int) -> Reading:
    """A published report, read; nothing of it accepted."""
    item = published_report(office, year, **told)
    return reading.add_item(by=office.clerk, item=item).reading


def accepted_report(office: Office, year: int = YEAR, **told: int) -> Reading:
    found = read_report(office, year, **told)
    judging.accept_all(by=office.clerk, reading=found)
    found.refresh_from_db()
    return found


def form_table(**values: int) -> list[list[str]]:
    """The printed form of 2014 with these figures, and noughts for the rest."""
    (grid,) = grids(load_form("2014"))
    rows = [
        [str(values.get(box.key, 0)) if box.key else box.text for box in line]
        for line in grid.lines
    ]
    return [[*row, "", ""][: grid.width] for row in rows]


def docx(text: str, table: list[list[str]]) -> bytes:
    """A Word file: the text's lines as paragraphs, then one table."""
    from docx import Document

    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    grid = document.add_table(rows=len(table), cols=len(table[0]))
    for row, cells in zip(grid.rows, table, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()
