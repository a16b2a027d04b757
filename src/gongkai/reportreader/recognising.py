"""What a report is: its title, body, year, dates, numbers, regime, form and chapters.

Everything found carries the words that it was found in, with their place in the text.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.reportreader.agencies import AgencySearch, Found
from gongkai.reportreader.blocks import blocks_of
from gongkai.reportreader.dates import find_labelled_date
from gongkai.reportreader.forms import (
    FormName,
    Regime,
    form_in,
    form_in_force,
    regime_of,
)
from gongkai.reportreader.lines import Page
from gongkai.reportreader.metadata import Value, read_metadata
from gongkai.reportreader.names import ADDRESS, is_organ, is_place
from gongkai.reportreader.periods import Period, find_period, find_year
from gongkai.reportreader.quoting import Quote
from gongkai.reportreader.reading import SourceText
from gongkai.reportreader.signatures import Signature, find_signature
from gongkai.reportreader.titles import Title, find_title, name_in, year_in

REPORT_NAME = "政府信息公开工作年度报告"


@dataclass(frozen=True)
class Chapter:
    """A heading: level 1 for 一、, 2 for (一)."""

    text: str
    level: int
    start: int
    end: int


@dataclass(frozen=True)
class Problem:
    """Something about the report that a person should know; ``message`` is Chinese."""

    code: str
    message: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class Recognition:
    """What the text tells; a word that it does not tell is "" or None.

    ``issued_on`` is the day that the page gives, else that of the signature;
    ``form`` is the form whose tables the text prints, ``form_in_force`` the one that
    its year asks for.
    """

    title: str
    title_quote: Quote | None
    agency: str
    agency_evidence: tuple[Quote, ...]
    year: int | None
    year_evidence: Quote | None
    period: Period | None
    issued_on: date | None
    issued_evidence: Quote | None
    signed_on: date | None
    signed_evidence: Quote | None
    index_no: str
    doc_no: str
    regime: Regime | None
    form: FormName | None
    form_in_force: FormName | None
    chapters: tuple[Chapter, ...]
    problems: tuple[Problem, ...]


def recognise(source: SourceText) -> Recognition:
    page = Page(source)
    metadata = read_metadata(page)
    title = find_title(page, metadata)
    signature = find_signature(page)
    title_quote = page.quote(title.start, title.end) if title else None
    found = AgencySearch(page, title, metadata, signature).find()
    issued = _issued(page, metadata, signature)
    period = find_period(page)
    year, year_quote = _year(page, title, period, issued)
    signed_on = signature.on if signature else None
    signed_quote = signature.date_quote if signature else None
    issued_on, issued_quote = issued or (None, None)
    return Recognition(
        title=_title(title, found.name, year),
        title_quote=title_quote,
        agency=found.name,
        agency_evidence=found.evidence,
        year=year,
        year_evidence=year_quote,
        period=period,
        issued_on=issued_on,
        issued_evidence=issued_quote,
        signed_on=signed_on,
        signed_evidence=signed_quote,
        index_no=_labelled(metadata, "index_no"),
        doc_no=_labelled(metadata, "doc_no"),
        regime=regime_of(year) if year else None,
        form=form_in(source.folded),
        form_in_force=form_in_force(year) if year else None,
        chapters=_chapters(page, title_quote),
        problems=(
            *_title_problems(page, title),
            *_agency_problems(title, found),
            *_year_problems(year, year_quote, period),
            *_date_problems(year, period, issued_on, issued_quote),
            *_report_problems(source, title),
        ),
    )


def _labelled(metadata: tuple[Value, ...], field: str) -> str:
    return next((value.text for value in metadata if value.field == field), "")


def _issued(
    page: Page, metadata: tuple[Value, ...], signature: Signature | None
) -> tuple[date, Quote] | None:
    """The day of issue by label, the plainest label first; else of the signature."""
    labelled = _labelled_day(page, metadata, "published", "dated", "made")
    if labelled:
        return labelled
    if signature and signature.on and signature.date_quote:
        return signature.on, signature.date_quote
    return _labelled_day(page, metadata, "filled")


def _labelled_day(
    page: Page, metadata: tuple[Value, ...], *fields: str
) -> tuple[date, Quote] | None:
    for field in fields:
        for value in metadata:
            if value.field == field:
                day = find_labelled_date(value.text, value.start)
                if day:
                    return day.on, page.quote(day.start, day.end)
    return None


def _year(
    page: Page,
    title: Title | None,
    period: Period | None,
    issued: tuple[date, Quote] | None,
) -> tuple[int | None, Quote | None]:
    """The title's, else the period's, else the opening's, else the one before issue."""
    named = year_in(title.folded) if title else None
    if title and named:
        return named, page.quote(title.start, title.end)
    if period and period.first:
        return period.first.year, period.quote
    told = find_year(page)
    if told:
        return told
    return (issued[0].year - 1, issued[1]) if issued else (None, None)


def _title(title: Title | None, agency: str, year: int | None) -> str:
    """The title as printed, the true name in place of what a mirror put there."""
    if title is None:
        return f"{agency}{year}年{REPORT_NAME}" if year else agency + REPORT_NAME
    if not agency:
        return title.text
    is_named = is_organ(name_in(title.folded))
    return ADDRESS.sub("" if is_named else agency, title.text, count=1)


def _chapters(page: Page, title: Quote | None) -> tuple[Chapter, ...]:
    return tuple(
        Chapter(block.text, block.level, block.start, block.end)
        for block in blocks_of(page, title)
        if block.kind == "heading" and block.level <= 2
    )


def _title_problems(page: Page, title: Title | None) -> list[Problem]:
    if title is None:
        message = "正文没有标题，标题由机关名称和年度拼成。"
        return [Problem("title_made", message)]
    told = name_in(title.folded)
    quoted = (page.quote(title.start, title.end),)
    if ADDRESS.search(title.folded):
        message = f"标题中机关名称处是网址“{told}”，疑为镜像页面所改。"
        return [Problem("address_in_place_of_name", message, quoted)]
    if told and not is_organ(told):
        message = f"标题中的“{told}”不是行政机关名称。"
        return [Problem("name_not_an_agency", message, quoted)]
    return []


def _agency_problems(title: Title | None, found: Found) -> list[Problem]:
    if not found.name:
        return [Problem("agency_unknown", "文中没有能认定编制机关的文字。")]
    if found.how == "inferred":
        message = f"机关名称由正文推定为{found.name}，请核对。"
        return [Problem("agency_inferred", message, found.evidence)]
    told = name_in(title.folded) if title else ""
    if is_organ(told) and not is_place(told) and told != found.name:
        message = f"标题用的是简称“{told}”，全称为{found.name}。"
        return [Problem("short_agency_name", message, found.evidence)]
    return []


def _year_problems(
    year: int | None, quoted: Quote | None, period: Period | None
) -> list[Problem]:
    if year is None:
        return [Problem("year_unknown", "文中没有写明报告年度。")]
    # Up to 1 January of the next year is up to the year's end.
    if period and quoted and not _is_of_year(period, year, quoted):
        message = f"标题年度为 {year} 年，统计期限却到 {period.last.isoformat()} 止。"
        return [Problem("year_conflict", message, (quoted, period.quote))]
    return []


def _is_of_year(period: Period, year: int, title: Quote) -> bool:
    """Also a school's year, which ends in the next: 2016-2017学年."""
    last = (period.last - timedelta(days=1)).year
    untitled = title.start == period.quote.start
    taught = "学年" in title.text or (untitled and _is_of_school(period))
    return last == year or (taught and last == year + 1)


def _is_of_school(period: Period) -> bool:
    """From September to the end of the next August."""
    first, last = period.first, period.last
    if first is None:
        return False
    return (first.month, first.day, last.month, last.day) == (9, 1, 8, 31)


def _date_problems(
    year: int | None,
    period: Period | None,
    issued_on: date | None,
    quoted: Quote | None,
) -> list[Problem]:
    problems = []
    if year and period and date(year, 1, 1) <= period.last < date(year, 12, 31):
        message = f"统计截至 {period.last.isoformat()}，早于 {year} 年年底。"
        problems.append(Problem("cutoff_before_year_end", message, (period.quote,)))
    end = period.last if period else date(year, 12, 31) if year else None
    if issued_on and quoted and end and issued_on < end:
        message = (
            f"报告日期 {issued_on.isoformat()} 早于统计期限结束日 {end.isoformat()}。"
        )
        problems.append(Problem("dated_before_period_end", message, (quoted,)))
    if issued_on is None:
        problems.append(Problem("date_unknown", "文中没有发布日期，也没有落款日期。"))
    return problems


def _report_problems(source: SourceText, title: Title | None) -> list[Problem]:
    if title is None and not re.search(
        "(?:政府|政务)?信息公开|政务公开", source.folded
    ):
        message = "文中没有谈到政府信息公开，不像年度报告。"
        return [Problem("not_a_report", message)]
    return []
