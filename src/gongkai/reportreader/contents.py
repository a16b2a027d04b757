"""What the law and the year ask of a report's text: contents, form, dates, privacy."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from gongkai.reportreader.claims import Claim
from gongkai.reportreader.findings import Finding, Maker
from gongkai.reportreader.formtables import FormTable
from gongkai.reportreader.names import is_department
from gongkai.reportreader.quoting import Quote
from gongkai.reportreader.recognising import Recognition
from gongkai.reportreader.writing import view_of

# A text shorter than this is a fragment: what it lacks may stand elsewhere.
_WHOLE = 900
_OPENING = 2_500
_MOVED = timedelta(days=400)
_TOLD_BY_READER = {
    "year_conflict": "error",
    "cutoff_before_year_end": "warning",
    "dated_before_period_end": "warning",
}
# 国务院令第492号第三十二条: what a report holds; words that show it is there.
_CONTENTS_2008: tuple[tuple[str, str, str], ...] = (
    ("proactive", "主动公开政府信息的情况", "公开"),
    ("applications", "依申请公开和不予公开政府信息的情况", "依申请|申请"),
    ("fees", "政府信息公开的收费及减免情况", ""),
    ("remedies", "因政府信息公开申请行政复议、提起行政诉讼的情况", "复议|诉讼"),
    ("problems", "存在的主要问题及改进情况", "问题|不足|差距|困难|薄弱|改进|改善"),
)
# 国务院令第711号第五十条 and the formats of 2019 and 2021.
_CONTENTS_2019: tuple[tuple[str, str, str], ...] = (
    ("general", "总体情况", "总体情况|概述|基本情况|总体|主动公开"),
    ("proactive", "主动公开政府信息情况", "主动公开"),
    ("applications", "收到和处理政府信息公开申请情况", "申请"),
    ("remedies", "政府信息公开行政复议、行政诉讼情况", "复议|诉讼"),
    ("problems", "存在的主要问题及改进情况", "问题|不足|差距|困难|薄弱|改进|改善"),
    (
        "other",
        "其他需要报告的事项",
        "其[他它](?:需要|应当)?.{0,6}(?:报告|说明)|需要.{0,4}(?:报告|说明)|其[他它]事项|(?:信息)?处理费",
    ),
)
_FEES = re.compile(
    "(?:信息公开|依申请|政府信息|公开申请|申请人)[^。]{0,80}(?:收费|费用|免费|减免|收取|缴费)"
    "|(?:收费|费用|免费|减免|收取)[^。]{0,40}(?:信息公开|依申请|政府信息|公开申请)"
    "|收费[及和、]?减免|收费情况|费用情况|收支情况|收费及|费用及"
)
_MOBILE = re.compile(r"(?<![\d.,A-Za-z-])1[3-9]\d{9}(?![\d.])")
_IDENTITY = re.compile(r"(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d{9}[\dXx](?![\dA-Za-z])")
_OFFICIAL = re.compile(
    "电话|联系|办公|值班|热线|监督|咨询|服务|举报|投诉|传真|单位|政府|号码"
)
_PRIVATE = re.compile("手机|申请人|本人|个人|家属|住址|姓名|先生|女士|身份")
# Offices sent out by a government report with it.
_SENT_OUT = ("办事处", "管理委员会", "管委会", "行政公署")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Contents:
    folded: str
    text: str
    told: Recognition
    claims: Sequence[Claim]
    tables: Sequence[FormTable]
    maker: Maker

    def findings(self) -> Iterator[Finding]:
        yield from self._told()
        yield from self._wrong_form()
        yield from self._missing()
        yield from self._late()
        yield from self._wrong_year()
        yield from self._personal()

    def _told(self) -> Iterator[Finding]:
        for problem in self.told.problems:
            severity = _TOLD_BY_READER.get(problem.code)
            if severity:
                yield self.maker.finding(
                    problem.code,
                    "error" if severity == "error" else "warning",
                    problem.message,
                    problem.quotes,
                    problem.code,
                )

    def _wrong_form(self) -> Iterator[Finding]:
        year, asked = self.told.year, self.told.form_in_force
        # In 2019 the new format was still optional.
        if not self.tables or year is None or asked is None or year == 2019:
            return
        printed = self.tables[0].form
        if printed == asked:
            return
        first = min(self.tables[0].figures, key=lambda figure: figure.start)
        message = (
            f"{year} 年度应使用 {asked} 年格式的统计表，文中用的是 {printed} 年格式。"
        )
        yield self.maker.finding(
            "wrong_form",
            "error",
            message,
            (self._quote(first.start, first.end),),
            f"{printed} {asked}",
        )

    def _missing(self) -> Iterator[Finding]:
        year = self.told.year
        if year is None or len(self.text) < _WHOLE or not self._is_complete():
            return
        if year < 2019:
            asked, source = _CONTENTS_2008, "《条例》（2007年）第三十二条"
        elif year > 2019:
            asked, source = _CONTENTS_2019, "年度报告格式"
        else:
            return
        for name, label, words in asked:
            if not self._holds(name, words):
                yield self.maker.finding(
                    "content_missing",
                    "warning",
                    f"没有写到“{label}”，{source}要求写明。",
                    (),
                    name,
                )

    def _is_complete(self) -> bool:
        """Whether the text has an end of its own, not only a page's beginning."""
        return bool(self.told.chapters) and len(self.told.chapters) >= 3

    def _holds(self, name: str, words: str) -> bool:
        if name == "fees":
            known = any(claim.indicator == "fees_yuan" for claim in self.claims)
            return known or _FEES.search(self.folded) is not None
        return re.search(words, self.folded) is not None

    def _late(self) -> Iterator[Finding]:
        year, day = self.told.year, self.told.issued_on
        evidence = self.told.issued_evidence
        if year is None or day is None or evidence is None:
            return
        agency = self.told.agency or "政府"
        is_early = (
            year >= 2019 and is_department(agency) and not agency.endswith(_SENT_OUT)
        )
        due = date(year + 1, 1, 31) if is_early else date(year + 1, 3, 31)
        signed = self.told.signed_on
        # A page that moved bears the day of its move; the signature tells better.
        if day <= due or (signed and signed <= due) or day - due > _MOVED:
            return
        message = (
            f"报告日期 {day.isoformat()}，晚于 {year} 年度报告的"
            f"公布期限 {due.isoformat()}。"
        )
        yield self.maker.finding(
            "late", "warning", message, (evidence,), f"late {day.isoformat()}"
        )

    def _wrong_year(self) -> Iterator[Finding]:
        year = self.told.year
        if year is None:
            return
        yield from self._announced(year)
        yield from self._planned(year)

    def _announced(self, year: int) -> Iterator[Finding]:
        """现公布某局2016年度报告 in the report on 2017."""
        opening = view_of(self.folded, 0, min(_OPENING, len(self.folded)))
        found = _ANNOUNCED.search(opening.text)
        if not found or int(found["year"]) == year:
            return
        quoted = self._quote(
            opening.source_start(found.start()), opening.source_end(found.end())
        )
        message = f"报告年度为 {year} 年，此处写的是 {found['year']} 年。"
        yield self.maker.finding(
            "wrong_year", "error", message, (quoted,), f"announced {found['year']}"
        )

    def _planned(self, year: int) -> Iterator[Finding]:
        """Plans for the year that is over: an old text that was not brought up."""
        for found in _PLANNED.finditer(self.folded):
            if int(found["year"]) != year or not self._is_in_plans(found.start()):
                continue
            quoted = self._quote(found.start(), found.end())
            message = f"{year} 年已经过去，此处却作为今后的计划，年份疑有误。"
            yield self.maker.finding(
                "wrong_year", "warning", message, (quoted,), f"planned {found[0]}"
            )
            return

    def _is_in_plans(self, start: int) -> bool:
        return _PLANS.search(self.folded[max(0, start - 40) : start]) is not None

    def _personal(self) -> Iterator[Finding]:
        for found in _IDENTITY.finditer(self.folded):
            if is_identity_number(found[0]):
                yield self._person(found, "identity_number", "身份证号码")
        for found in _MOBILE.finditer(self.folded):
            before = self.folded[max(0, found.start() - 16) : found.start()]
            if _PRIVATE.search(before) or not _OFFICIAL.search(before):
                yield self._person(found, "mobile_number", "手机号码")

    def _person(self, found: re.Match[str], code: str, name: str) -> Finding:
        quoted = self._quote(*found.span())
        message = f"文中留有疑似个人的{name}，公开前应删去或遮挡。"
        return self.maker.finding(code, "error", message, (quoted,), found[0])

    def _quote(self, start: int, end: int) -> Quote:
        return Quote(self.text[start:end], start, end)


_ANNOUNCED = re.compile(
    r"(?:现将|现公布|特?向社会公布|编制了?《|编制(?:完成)?的|编制了)"
    r"[^。《》\d]{0,30}(?P<year>20\d\d)年度?"
    r"[^。《》\d]{0,24}(?:报告|年报)(?![^。]{0,8}(?:通知|要求|格式|基础))"
)
_PLANNED = re.compile(
    r"(?P<year>20\d\d) ?年,? ?(?:度)?"
    r"(?:我们|我局|我镇|我县|我市|我区|我乡|我办|本局|全局)?,?将[^。]{0,30}"
)
_PLANS = re.compile("改进(?:措施|方向)|下一?步|打算|工作(?:计划|安排|思路)")


def is_identity_number(number: str) -> bool:
    """Whether the last sign is the check digit of GB 11643."""
    digits = [int(char) for char in number[:17]]
    total = sum(digit * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    born = number[6:14]
    try:
        date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return False
    return "10X98765432"[total % 11] == number[17].upper()


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    return part * 100 / whole
