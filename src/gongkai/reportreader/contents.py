"""What the law and the year ask of a report's text: contents, form, dates, privacy."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from gongkai.reportreader.claims import Claim, ProseReader
from gongkai.reportreader.comparing import same_indicator
from gongkai.reportreader.findings import Finding, Maker
from gongkai.reportreader.formtables import FormTable
from gongkai.reportreader.names import is_department
from gongkai.reportreader.passages import Passage
from gongkai.reportreader.quoting import Quote
from gongkai.reportreader.recognising import Recognition
from gongkai.reportreader.writing import view_of

# A text shorter than this is a fragment: what it lacks may stand elsewhere.
_WHOLE = 900
_SHORT = 500
_MANY_MISSING = 2
_FEW_CHAPTERS, _MANY_CHAPTERS = 3, 5
_OPENING = 2_500
_MOVED = timedelta(days=400)
_TOLD_BY_READER = {
    "year_conflict": "error",
    "cutoff_before_year_end": "warning",
    "dated_before_period_end": "warning",
}
_SHORTCOMINGS = (
    "(?:存在|主要|突出)[^。]{0,20}问题|问题[和及与、]|问题(?:是|主要|在于|:)|不足|差距|困难"
    "|薄弱|不够|有待|不平衡|偏[慢少低]|改进(?:措施|情况|意见|方向|工作)|需要?(?:进一步)?(?:改进|加强|提高)"
    "|打算|下一?步"
)
# Its name, its label, and words that show it is there.
_Content = tuple[str, str, str]
# 国务院令第492号第三十二条: what a report holds; words that show it is there.
_CONTENTS_2008: tuple[_Content, ...] = (
    ("proactive", "主动公开政府信息的情况", "公开"),
    (
        "applications",
        "依申请公开和不予公开政府信息的情况",
        "依申请|公开申请(?!行政复议|提起)|申请公开|申请人|[收受][到理][^。]{0,16}申请"
        "|申请表|不予公开",
    ),
    ("fees", "政府信息公开的收费及减免情况", ""),
    ("remedies", "因政府信息公开申请行政复议、提起行政诉讼的情况", "复议|诉讼"),
    ("problems", "存在的主要问题及改进情况", _SHORTCOMINGS),
)
# 国务院令第711号第五十条 and the formats of 2019 and 2021.
_CONTENTS_2019: tuple[_Content, ...] = (
    ("general", "总体情况", "总体情况|概述|基本情况|总体|主动公开"),
    ("proactive", "主动公开政府信息情况", "主动公开"),
    ("applications", "收到和处理政府信息公开申请情况", "申请"),
    ("remedies", "政府信息公开行政复议、行政诉讼情况", "复议|诉讼"),
    ("problems", "存在的主要问题及改进情况", _SHORTCOMINGS),
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
_MOBILE = re.compile(r"(?<![\d.,A-Za-z-])1[3-9]\d([ -]?)\d{4}\1\d{4}(?![\d.])")
_IDENTITY = re.compile(
    r"(?<![\dA-Za-z])[1-9]\d{5}([ -]?)(?:19|20)\d{6}\1\d{3}[\dXx](?![\dA-Za-z])"
)
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
    prose: Sequence[Passage] = ()

    def findings(self) -> Iterator[Finding]:
        yield from self._told()
        yield from self._counted_until()
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
        if year is None or not self._is_complete():
            return
        if year < 2019:
            asked, source = _CONTENTS_2008, "《条例》（2007年）第三十二条"
        elif year > 2019:
            asked, source = _CONTENTS_2019, "年度报告格式"
        else:
            return
        missing = [each for each in asked if not self._holds(each[0], each[2])]
        if self._is_cut_off(missing, asked):
            return
        for name, label, _words in missing:
            yield self.maker.finding(
                "content_missing",
                "warning",
                f"没有写到“{label}”，{source}要求写明。",
                (),
                name,
            )

    def _is_complete(self) -> bool:
        """Whether the text has an end of its own, not only a page's beginning."""
        count = len(self.told.chapters)
        if len(self.text) >= _WHOLE:
            return count >= _FEW_CHAPTERS
        is_signed = self.told.signed_on is not None
        return is_signed and count >= _MANY_CHAPTERS and len(self.text) >= _SHORT

    def _is_cut_off(
        self, missing: Sequence[_Content], asked: Sequence[_Content]
    ) -> bool:
        """Whether what is missing is the text's end, so that the file may be broken."""
        if len(missing) > _MANY_MISSING or tuple(missing) == tuple(asked[-2:]):
            return True
        is_signed = self.told.signed_on is not None or bool(self.tables)
        return not is_signed and asked[-1] in missing

    @cached_property
    def _body(self) -> str:
        """The text without the sentence that only names its chapters."""
        opening, rest = self.folded[:_OPENING], self.folded[_OPENING:]
        return _NAMES_CHAPTERS.sub("", opening) + rest

    @cached_property
    def _headed(self) -> frozenset[str]:
        """The chapters of the format that stand under their own headings."""
        return frozenset(
            name
            for name, _label, words in _HEADINGS_2019
            if re.search(
                rf"{_NUMBER_OF_CHAPTER}[^。,;|\n]{{0,16}}?(?:{words})", self._body
            )
        )

    def _holds(self, name: str, words: str) -> bool:
        if name == "fees":
            known = any(claim.indicator == "fees_yuan" for claim in self.claims)
            return known or _FEES.search(self._body) is not None
        is_in_format = (self.told.year or 0) > 2019
        if is_in_format and len(self._headed) >= _IN_FORMAT:
            return name in self._headed
        return re.search(words, self._body) is not None

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
        yield from self._headed_otherwise(year)
        yield from self._counted_otherwise(year)

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
        for passage in self.prose:
            view = passage.view
            for found in _PLANNED.finditer(view.text):
                if int(found["year"]) != year:
                    continue
                before = view.text[max(0, found.start() - 40) : found.start()]
                if not _PLANS.search(before) and not (
                    _PLANNED_UNDER.search(passage.topic)
                    and _IS_TO_COME.search(found[0])
                ):
                    continue
                quoted = self._in_view(passage, found.start(), found.end())
                message = f"{year} 年已经过去，此处却作为今后的计划，年份疑有误。"
                yield self.maker.finding(
                    "wrong_year", "warning", message, (quoted,), f"planned {found[0]}"
                )
                return

    def _headed_otherwise(self, year: int) -> Iterator[Finding]:
        """一、2015年工作概况, or (2015年度) over the table, in the report on 2016."""
        spans = [
            (each.start, each.end)
            for each in self.told.chapters
            if each.level == 1 or not _SET_RIGHT.search(each.text)
        ]
        found = [_OF_YEAR.match(self.folded[start:end]) for start, end in spans]
        headed = [
            (start + each.start("year"), end, int(each["year"]))
            for (start, end), each in zip(spans, found, strict=True)
            # What is headed by a year to come are plans.
            if each and int(each["year"]) < year and not _YEARS.search(each[0])
        ]
        headed += [
            (each.start(), each.end(), int(each["year"]))
            for each in _TABLE_OF_YEAR.finditer(self.folded)
        ]
        for start, end, told in headed:
            if told != year and abs(told - year) <= _SLIP:
                message = f"报告年度为 {year} 年，此处标题写的是 {told} 年。"
                quoted = self._quote(start, end)
                yield self.maker.finding(
                    "wrong_year", "error", message, (quoted,), f"headed {quoted.text}"
                )
                return

    def _counted_otherwise(self, year: int) -> Iterator[Finding]:
        """2009年没有发生复议 in the report on 2010, which says no more of it."""
        written = {c.indicator for c in self.claims if c.source == "prose"}
        printed: dict[str, set[Decimal]] = defaultdict(set)
        for claim in self.claims:
            printed[same_indicator(claim.indicator)].add(claim.value)
        for told in (year - 1, year - 2):
            reader = ProseReader(self.text, told, self.told.agency)
            for passage in self.prose:
                if f"{told}年" not in passage.view.text or _is_of_both(passage, year):
                    continue
                for claim in reader.claims(passage):
                    if claim.indicator not in _COUNTED_ONCE or claim.scope != "year":
                        continue
                    if claim.indicator in written or not self._is_led_by(claim, told):
                        continue
                    # This year's own figure of the table, or the only one told.
                    if printed[claim.indicator] - {claim.value}:
                        continue
                    message = f"报告年度为 {year} 年，此处的数据写的是 {told} 年。"
                    yield self.maker.finding(
                        "wrong_year",
                        "warning",
                        message,
                        (claim.quote,),
                        f"counted {claim.indicator}",
                    )
                    return

    def _is_led_by(self, claim: Claim, year: int) -> bool:
        """Whether the claim's sentence begins with the year."""
        end = claim.quote.end
        said = self.folded[max(0, end - _SENTENCE) : end].rstrip("。;")
        before = re.split("[。;!?\n]", said)[-1]
        return re.match(rf"[^\d]{{0,12}}{year} ?年", before) is not None

    def _counted_until(self) -> Iterator[Finding]:
        """截至11月30日，我局共主动公开 ...: counted before the year was over."""
        year = self.told.year
        known = any(p.code == "cutoff_before_year_end" for p in self.told.problems)
        if year is None or known:
            return
        told = Counter(c.indicator for c in self.claims if c.source == "prose")
        for claim in self.claims:
            if claim.source != "prose" or not _IS_COUNTED_UP.search(claim.indicator):
                continue
            if told[claim.indicator] > 1:
                continue  # the year's own figure may stand elsewhere
            before = self.folded[max(0, claim.quote.start - 60) : claim.quote.end]
            found = _UP_TO.search(before)
            if not found or (found["year"] and int(found["year"]) != year):
                continue
            last = f"{year}-{int(found['month']):02}"
            if not 6 <= int(found["month"]) <= 12 or _is_year_end(found):
                continue
            start = max(0, claim.quote.start - 60) + found.start()
            message = f"此处数据只统计到 {last}，早于 {year} 年年底。"
            yield self.maker.finding(
                "cutoff_before_year_end",
                "warning",
                message,
                (self._quote(start, claim.quote.end),),
                f"counted until {found[0]}",
            )
            return

    def _in_view(self, passage: Passage, start: int, end: int) -> Quote:
        view = passage.view
        return self._quote(view.source_start(start), view.source_end(end))

    def _personal(self) -> Iterator[Finding]:
        for found in _IDENTITY.finditer(self.folded):
            if is_identity_number(re.sub("[ -]", "", found[0])):
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
    r"(?P<year>20\d\d)年,?度?"
    r"(?:我们|我局|我镇|我县|我市|我区|我乡|我办|我委|我厅|我校|本局|本镇|全局|全县|全镇)?,?将[^。]{0,30}"
)
_PLANNED_UNDER = re.compile("问题|改进|打算|计划|下一?步|努力方向|今后")
_IS_TO_COME = re.compile(
    "将(?:把|进一步|继续|着力|着重|重点|按照?|以|健全|完善|加强|加大|强化|从|不断|认真|努力|围绕)"
)
_OF_YEAR = re.compile(
    r"[一二三四五六七八九十、.,:() \d]{0,6}?(?P<year>20\d\d) ?年"
    r"(?!来|以来|底|末|起)[^。;]{0,30}"
)
_YEARS = re.compile(
    r"20\d\d[^。]{0,6}20\d\d|上年|以来|届|计划|打算|安排|重点|思路|展望|要点|方案|意见|通知|检查|考核|修订"
)
# (一)2019年存在问题的整改情况: of last year, under the chapter on shortcomings.
_SET_RIGHT = re.compile("问题|整改|改进|落实|不足")
_TABLE_OF_YEAR = re.compile(
    r"(?:统计表|情况表|年报表)[ |]*\n[ |]*\((?P<year>20\d\d) ?年度?\)(?=[ |]*$)",
    re.MULTILINE,
)
_SLIP = 3
_SENTENCE = 160
_COUNTED_ONCE = frozenset({"applications_received", "reviews", "litigations"})
_IS_COUNTED_UP = re.compile("^(?:proactive_total|channel_|applications_received)")
_UP_TO = re.compile(
    r"截[至止]到? ?(?:(?P<year>20\d\d) ?年度?|今年|当年)? ?(?P<month>\d{1,2}) ?月"
    r" ?(?:(?P<day>\d{1,2}) ?日|[底末份])[^。;]{0,50}$"
)
_NUMBER_OF_CHAPTER = (
    r"(?:[一二三四五六七八九十][、.,: ]|第[一二三四五六七八九十][章部])"
)
# The standard headings; so many of them, and the report keeps to the format.
_IN_FORMAT = 4
_HEADINGS_2019: tuple[_Content, ...] = (
    ("general", "", "总体|概述|概况|综述|情况|工作"),
    ("proactive", "", "主动公开"),
    ("applications", "", "申请"),
    ("remedies", "", "复议|诉讼"),
    ("problems", "", "问题|不足|改进"),
    ("other", "", "其[他它]|报告的?事项|说明的?事项"),
)
_NAMES_CHAPTERS = re.compile(
    r"(?:由|包括|包含|分为|共分|分)[^。\n]{20,400}?"
    r"(?:组成|构成|[一二三四五六七八九十\d]个?(?:大)?(?:部分|方面|章节|章))[^。\n]{0,30}。?"
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


def _is_year_end(until: re.Match[str]) -> bool:
    return int(until["month"]) == 12 and int(until["day"] or 31) == 31


def _is_of_both(passage: Passage, year: int) -> bool:
    """Whether a paragraph tells of the year itself, or compares with it."""
    text = passage.view.text
    return f"{year}年" in text or _COMPARES.search(text) is not None


_COMPARES = re.compile("同比|上年(?!度?结转)|去年(?!结转)|相比|今年|本年(?!度?办)")
