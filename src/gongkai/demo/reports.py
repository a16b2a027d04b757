# ruff: noqa: E501 - sentences stand on a line each
"""The county's annual reports, read back: most checked, one with a contradiction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

from gongkai import returns
from gongkai.agencies.scope import Scope
from gongkai.demo.texts import Text
from gongkai.items.choices import Kind
from gongkai.items.models import Item
from gongkai.reports.services import judging, reading
from gongkai.returns.layout import Grid, grids
from gongkai.statistics import figures

YEARS = 4
SIZES = {
    "qinghe": 6,
    "qinghe-caizheng": 4,
    "qinghe-shangwu": 2,
    "qinghe-liangshi": 2,
    "qinghe-shiqiao": 1,
}
"""Bodies that publish reports, with how much there is to report."""
COUNTY = "qinghe"

INTRODUCTION = "本报告由{name}根据《中华人民共和国政府信息公开条例》编制，所列数据的统计期限为{year}年1月1日至{year}年12月31日。"
CHAPTERS = (
    (
        "一、总体情况",
        "{year}年，{name}主动公开政府信息{published}条，发布政策解读{interpretations}篇，召开新闻发布会{press}次，政务微信公开政府信息{wechat}条。",
        "依申请公开方面，全年收到政府信息公开申请{told_received}件，全部按期答复。",
        "政府信息管理方面，现行有效行政规范性文件{rules}件，全部按栏目归集。平台建设方面，更新了公开指南和公开目录。监督保障方面，组织业务培训{trainings}次，未发生责任追究情形。",
    ),
)
AFTER = (
    (
        "五、存在的主要问题及改进情况",
        "主要问题：政策解读的形式还比较单一。改进情况：增加了图解和现场答问，提高了群众的知晓度。",
    ),
    (
        "六、其他需要报告的事项",
        "依据《政府信息公开信息处理费管理办法》，{year}年未收取信息处理费。",
    ),
)


@dataclass(frozen=True)
class Desk:
    """A body's own people: who has its reports read, and how they are published."""

    name: str
    clerk: Scope
    publish: Callable[[Text], Item]


def load(desks: Mapping[str, Desk], today: date) -> int:
    """Publish and read the reports of the last years; returns how many were read."""
    read = 0
    for slug, size in SIZES.items():
        desk = desks[slug]
        for year in range(today.year - YEARS, today.year):
            item = desk.publish(_text(slug, desk.name, year, size, today))
            if slug == COUNTY and year == today.year - YEARS:
                continue  # for a visitor to have read
            found = reading.add_item(by=desk.clerk, item=item).reading
            read += 1
            if slug != COUNTY or year < today.year - 1:
                judging.accept_all(by=desk.clerk, reading=found)
    return read


def _text(slug: str, name: str, year: int, size: int, today: date) -> Text:
    # The newest report of the county says another number in words than in its table.
    slip = 1 if slug == COUNTY and year == today.year - 1 else 0
    published_on = min(date(year + 1, 1, 20), today)
    return Text(
        slug,
        "annual-reports",
        Kind.ANNUAL_REPORT,
        f"{name}{year}年政府信息公开工作年度报告",
        body_of(name, year, size, slip),
        published_on,
        "综合政务",
    )


def body_of(name: str, year: int, size: int, slip: int = 0) -> str:
    """A report with the form of its year; ``slip`` is what the words say too much."""
    form = figures.official_of(year)
    values = _values(form, size, year)
    told = {
        "name": name,
        "year": year,
        "published": 52 * size + year % 7,
        "interpretations": 2 * size,
        "press": size // 2,
        "wechat": 21 * size,
        "trainings": 1 + size // 3,
        "rules": values["disclosure.normative_documents.in_force"],
        "told_received": values["applications.new_received.total"] + slip,
    }
    parts = [_paragraph(INTRODUCTION, told)]
    for heading, *paragraphs in CHAPTERS:
        parts += [f"<h2>{heading}</h2>", *(_paragraph(one, told) for one in paragraphs)]
    for grid in grids(form):
        if grid.heading:
            parts.append(f"<h2>{escape(grid.heading)}</h2>")
        parts.append(_table(grid, values))
    for heading, *paragraphs in AFTER:
        parts += [f"<h2>{heading}</h2>", *(_paragraph(one, told) for one in paragraphs)]
    return "".join(parts)


def _paragraph(pattern: str, told: Mapping[str, object]) -> str:
    return f"<p>{escape(pattern.format(**told))}</p>"


def _values(form: returns.Form, size: int, year: int) -> dict[str, int]:
    """The form's figures, which add up: applications of people and of companies."""
    values = dict.fromkeys(form.by_key, 0)
    people, firms = 3 * size + year % 3, size
    values["disclosure.normative_documents.made"] = size
    values["disclosure.normative_documents.in_force"] = (year - 2015) * size
    values["disclosure.permits.decisions"] = 18 * size + year % 5
    for kind, count in (
        ("natural_person", people),
        ("enterprise", firms),
        ("total", people + firms),
    ):
        values[f"applications.new_received.{kind}"] = count
        values[f"applications.results_total.{kind}"] = count
    for kind, count in (("natural_person", people), ("enterprise", firms)):
        partly = count // 3
        for row, number in (("granted", count - partly), ("partial", partly)):
            values[f"applications.{row}.{kind}"] = number
            values[f"applications.{row}.total"] += number
    return values


def _table(grid: Grid, values: Mapping[str, int]) -> str:
    rows = "".join(
        "<tr>"
        + "".join(
            _cell(box.key, box.text, box.rows, box.columns, values) for box in line
        )
        + "</tr>"
        for line in grid.lines
    )
    return f"<table><tbody>{rows}</tbody></table>"


def _cell(
    key: str | None, text: str, rows: int, columns: int, values: Mapping[str, int]
) -> str:
    over = (f' rowspan="{rows}"' if rows > 1 else "") + (
        f' colspan="{columns}"' if columns > 1 else ""
    )
    words = str(values[key]) if key else text
    return f"<td{over}>{escape(words)}</td>"
