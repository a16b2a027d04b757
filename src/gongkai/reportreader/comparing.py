"""Figures held against each other: the form's relations, table, prose, parts, years."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from gongkai.reportreader.claims import Claim
from gongkai.reportreader.findings import Finding, Maker, shown
from gongkai.reportreader.formtables import FormTable
from gongkai.reportreader.names import is_government
from gongkai.reportreader.quoting import Quote
from gongkai.returns import (
    BadValues,
    Broken,
    Strength,
    check,
    indicator,
    load_form,
    read_value,
)
from gongkai.returns.exceptions import ValueProblem

# More broken relations than this, and it is the reading of the table that failed.
_MISREAD = 8
# A single figure of these says how many there were in all, wherever it stands.
_TOTALS = frozenset(
    {
        "proactive_total",
        "applications_received",
        "reviews",
        "litigations",
        "complaints",
        "hotline_received",
    }
)
# Figures that a report gives once: whatever it says of them in prose is the whole.
_FIRM = _TOTALS | {
    "channel_website",
    "channel_weibo",
    "channel_wechat",
    "channel_gazette",
    "applications_closed",
    "applications_by_network",
    "applications_by_letter",
    "applications_in_person",
    "applications_by_fax",
    "applications.carried_in.total",
    "applications.carried_out.total",
    "fees_yuan",
}
# Told once in most reports: against the table they count where no part is spoken of.
_RESULTS = frozenset(
    {
        "already_public",
        "granted",
        "granted_partial",
        "refused",
        "not_exist",
        "not_this_agency",
        "told_to_correct",
        "told_other_route",
        "closed_on_time",
        "closed_extended",
        "reviews_upheld",
        "reviews_corrected",
        "litigations_upheld",
        "litigations_corrected",
    }
)
_WHOLE_YEAR = re.compile("全年|一年|今年|共|总|年度|年[,，内来]|全局")
_PART = re.compile(
    "其中|新增|分别|季度|月份|截[至止]|历年|本级|全[县市区省]|各部门|上半年|下半年"
)
_TOLD_OF_ALL = re.compile("全[县市区省]")
_SUMMED = re.compile("累计")
_SUMMED_IN_YEAR = re.compile("全年|一年来|今年|本年|20\\d\\d年")
# 新收9件、结转1件, 书面申请9件: another count than that of all applications.
_OTHER_COUNT = re.compile(
    "结转|转结|新收|网上|网络|书面|信函|当面|现场|平台|系统|邮|当场|口头|咨询|答复|办结"
    "|回复|涉及|关于|其中|部分|要求|不属于|个人|企业|公民"
)
_CHANNEL = re.compile("网|微信|微博|公报|平台|栏|媒体|渠道|系统|公众号|报纸|电视")
_OUT_OF_LINE = 20
# A nought too many, against the same body's own figure of last year.
_OUT_OF_YEARS = 10
_SMALL = 20
_NOT_SMALL = 100


@dataclass(frozen=True)
class Comparison:
    """The claims and tables of one report; ``previous`` are the year before's."""

    text: str
    claims: Sequence[Claim]
    tables: Sequence[FormTable]
    maker: Maker
    previous: Mapping[str, Decimal]
    peers: Sequence[Mapping[str, Decimal]] = ()

    def findings(self) -> Iterator[Finding]:
        for table in self.tables:
            yield from self._relations(table)
        conflicts = list(self._prose_against_table())
        yield from conflicts
        yield from self._prose_against_prose()
        yield from self._parts()
        yield from self._results()
        yield from self._out_of_line()

    def _relations(self, table: FormTable) -> Iterator[Finding]:
        form = load_form(table.form)
        values = {
            key: value
            for key, value in table.values.items()
            if not isinstance(read_value(form, key, value), ValueProblem)
        }
        before = {
            key: value
            for key, value in self.previous.items()
            if key in form.by_key
            and not isinstance(read_value(form, key, value), ValueProblem)
        }
        try:
            result = check(form, values, before)
        except BadValues:
            return
        if len(result.errors) > _MISREAD:
            return
        for broken in (*result.errors, *result.warnings):
            yield self._broken(table, broken)

    def _broken(self, table: FormTable, broken: Broken) -> Finding:
        places = {figure.key: figure for figure in reversed(table.figures)}
        quotes = [
            self._quote(places[key].start, places[key].end)
            for key in broken.keys
            if key in places
        ]
        is_error = broken.strength is Strength.ERROR
        return self.maker.finding(
            "relation_broken" if is_error else "relation_doubtful",
            "error" if is_error else "warning",
            broken.message,
            quotes,
            f"{table.form} {broken.relation}",
        )

    def _quote(self, start: int, end: int) -> Quote:
        return Quote(self.text[start:end], start, end)

    def _prose_against_table(self) -> Iterator[Finding]:
        for key, told in self._stated("prose").items():
            printed = self._in_table(key)
            values = {claim.value for claim in told}
            if not printed or len(values) > 1:
                continue
            claim = told[0]
            value = sum((each.value for each in printed), Decimal(0))
            if claim.value == value or not claim.exact:
                continue
            if key in _RESULTS:
                if _PART_OF_RESULTS.search(self._sentence(claim)):
                    continue
            elif key not in _FIRM and not self._says_whole(claim):
                continue
            message = (
                f"{_name(key)}：正文写 {shown(claim.value)} {claim.unit}，"
                f"表中为 {shown(value)} {claim.unit}。"
            )
            yield self.maker.finding(
                "prose_table_conflict",
                "error",
                message,
                (claim.quote, *(each.quote for each in printed)),
                f"{key} {claim.value} {value}",
            )

    def _in_table(self, key: str) -> list[Claim]:
        """The claims of the table that together are the prose's figure."""
        table = {c.indicator: c for c in reversed(self.claims) if c.source == "table"}
        for keys in ((key,), *_same_figures().get(key, ())):
            if all(each in table for each in keys):
                return [table[each] for each in keys]
        return []

    def _stated(self, source: str) -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            if claim.source == source and claim.scope == "year":
                found[claim.indicator].append(claim)
        return found

    def _prose_against_prose(self) -> Iterator[Finding]:
        for key, told in self._stated("prose").items():
            if key not in _TOTALS or self._in_table(key):
                continue
            exact = [
                claim
                for claim in told
                if claim.exact
                and (self._is_total(claim) or self._is_denied(key, claim, told))
                and claim.value not in self._of_one_channel
            ]
            values = sorted({claim.value for claim in exact})
            if len(values) != 2:
                continue
            is_count = values[0] and key != "proactive_total"
            if is_count and any(self._counts_otherwise(claim) for claim in exact):
                continue
            firsts = [
                next(claim for claim in exact if claim.value == value)
                for value in values
            ]
            firsts.sort(key=lambda claim: claim.quote.start)
            numbers = " 与 ".join(shown(claim.value) for claim in firsts)
            message = f"{_name(key)}前后不一：{numbers} {firsts[0].unit}。"
            yield self.maker.finding(
                "prose_conflict",
                "error",
                message,
                [claim.quote for claim in firsts],
                f"{key} {values}",
            )

    def _is_denied(self, key: str, claim: Claim, told: Sequence[Claim]) -> bool:
        """Whether a suit is counted, and elsewhere it is said that there was none."""
        if key not in _NONE_OR_SOME or any(each.value == 0 for each in told) is False:
            return False
        return not _PART_OF_RESULTS.search(self._sentence(claim))

    def _counts_otherwise(self, claim: Claim) -> bool:
        return _OTHER_COUNT.search(self._sentence(claim)) is not None

    @cached_property
    def _of_one_channel(self) -> frozenset[Decimal]:
        """Figures that the report gives for a channel: told again, they are its too."""
        return frozenset(
            claim.value
            for claim in self.claims
            if claim.value and claim.indicator.startswith("channel_")
        )

    def _is_total(self, claim: Claim) -> bool:
        """Whether it is the one figure of the body for the whole year."""
        if not claim.value:
            return True
        if claim.indicator == "proactive_total" and not self._is_of_all_items(claim):
            return False
        return self._says_whole(claim)

    def _is_of_all_items(self, claim: Claim) -> bool:
        """Not what one site or channel published."""
        if "主动公开" in claim.quote.text:
            return True
        is_said = "公开政府信息" in claim.quote.text
        return is_said and not _CHANNEL.search(self._sentence(claim))

    def _says_whole(self, claim: Claim) -> bool:
        """Whether its sentence speaks of the whole year and of no part or sum."""
        sentence = self._sentence(claim)
        if is_government(self.maker.agency):
            sentence = _TOLD_OF_ALL.sub("全局", sentence)
        if _SUMMED.search(sentence) and not _SUMMED_IN_YEAR.search(sentence):
            return False
        return bool(_WHOLE_YEAR.search(sentence)) and not _PART.search(sentence)

    def _sentence(self, claim: Claim) -> str:
        """The claim's sentence up to its number."""
        end = claim.quote.end
        said = self.text[max(0, end - 120) : end].rstrip("。；;")
        return re.split("[。；;\n]", said)[-1]

    def _results(self) -> Iterator[Finding]:
        """Answers by their kind, told one by one: more than there were applications."""
        stated = self._stated("prose")
        results = {
            key: claims
            for key, claims in stated.items()
            if key in _KINDS_OF_ANSWER and claims[0].value
        }
        wholes = [
            claim
            for key in (
                "applications_received",
                "applications_replied",
                "applications_closed",
            )
            for claim in stated.get(key, [])
        ]
        each_once = all(
            len({claim.value for claim in claims}) == 1 and claims[0].exact
            for claims in results.values()
        )
        if len(results) < 2 or not wholes or not each_once:
            return
        if not all(claim.exact for claim in wholes):
            return
        carried = sum(
            claim.value for claim in stated.get("applications.carried_in.total", [])[:1]
        )
        whole = max(wholes, key=lambda claim: claim.value)
        parts = [claims[0] for claims in results.values()]
        added = sum((claim.value for claim in parts), Decimal(0))
        if added <= whole.value + carried:
            return
        spelled = "+".join(shown(claim.value) for claim in parts)
        message = (
            f"各类答复之和 {spelled}={shown(added)} 件，"
            f"多于申请或答复总数 {shown(whole.value)} 件。"
        )
        yield self.maker.finding(
            "parts_total",
            "error",
            message,
            (whole.quote, *(claim.quote for claim in parts)),
            f"results {whole.value} {spelled}",
        )

    def _parts(self) -> Iterator[Finding]:
        """Applications by the road they came: in one sentence, they are the whole."""
        parts = {
            "applications_in_person",
            "applications_by_fax",
            "applications_by_network",
            "applications_by_letter",
        }
        totals = [
            claim
            for claim in self.claims
            if claim.indicator == "applications_received" and claim.source == "prose"
        ]
        for total in totals:
            near = {
                claim.indicator: claim
                for claim in self.claims
                if claim.indicator in parts
                and claim.source == "prose"
                and 0 <= claim.quote.start - total.quote.end <= 120
            }
            if len(near) < 2 or not all(claim.exact for claim in near.values()):
                continue
            between = self.text[
                total.quote.end : max(claim.quote.end for claim in near.values())
            ]
            if not re.search("其中|分别|[：:]", between):
                continue
            if len(_COUNTED.findall(between)) != len(near):
                continue  # a part that was not recognised
            whole = sum(claim.value for claim in near.values())
            if whole == total.value:
                continue
            spelled = "+".join(shown(claim.value) for claim in near.values())
            message = (
                f"各渠道申请之和 {spelled}={shown(Decimal(whole))} 件，"
                f"与申请总数 {shown(total.value)} 件不符。"
            )
            yield self.maker.finding(
                "parts_total",
                "error",
                message,
                (total.quote, *(claim.quote for claim in near.values())),
                f"applications {total.value} {spelled}",
            )

    def _out_of_line(self) -> Iterator[Finding]:
        known = {
            claim.indicator: claim for claim in reversed(self.claims) if claim.exact
        }
        for key, claim in known.items():
            before = self.previous.get(key)
            if before is not None and _is_far_from_last_year(claim.value, before):
                message = (
                    f"{_name(key)} {shown(claim.value)} {claim.unit}，"
                    f"与上年 {shown(before)} {claim.unit}相差悬殊。"
                )
                yield self.maker.finding(
                    "out_of_line", "notice", message, (claim.quote,), f"{key} year"
                )
            others = sorted(peer[key] for peer in self.peers if key in peer)
            if len(others) < 5:
                continue
            middle = others[len(others) // 2]
            if _is_far(claim.value, middle):
                message = (
                    f"{_name(key)} {shown(claim.value)} {claim.unit}，"
                    f"与同类机关的中位数 {shown(middle)} {claim.unit}相差悬殊。"
                )
                yield self.maker.finding(
                    "out_of_line", "notice", message, (claim.quote,), f"{key} peers"
                )


_NONE_OR_SOME = frozenset({"reviews", "litigations", "applications_received"})
_PART_OF_RESULTS = re.compile("季度|月份|截[至止]|历年|累计|上半年|下半年|上年|去年")
_KINDS_OF_ANSWER = frozenset(
    {
        "already_public",
        "granted",
        "granted_partial",
        "refused",
        "not_exist",
        "not_this_agency",
        "told_to_correct",
        "told_other_route",
    }
)
_COUNTED = re.compile(r"\d\s*(?:件|条|份|宗|起|次|例)")


def _is_far(value: Decimal, other: Decimal) -> bool:
    low, high = sorted((value, other))
    return high >= _SMALL and high > _OUT_OF_LINE * max(low, Decimal(1))


def _is_far_from_last_year(value: Decimal, before: Decimal) -> bool:
    low, high = sorted((value, before))
    by_a_nought = high >= _NOT_SMALL and high >= _OUT_OF_YEARS * max(low, Decimal(1))
    return by_a_nought or _is_far(value, before)


# Totals of the later forms, for what the prose calls by one word.
_TOGETHER = {
    "reviews": (("remedies.reconsideration.total",),),
    "litigations": (
        (
            "remedies.direct_suit.total",
            "remedies.suit_after_reconsideration.total",
        ),
    ),
}


@lru_cache(maxsize=1)
def _same_figures() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Key of the older form → the keys that mean the same in the later forms."""
    found: dict[str, tuple[tuple[str, ...], ...]] = dict(_TOGETHER)
    for name in ("2019", "2021"):
        for row in load_form(name).figures:
            if row.same_as and row.key:
                found[row.same_as] = (*found.get(row.same_as, ()), (row.key,))
    return found


def same_indicator(key: str) -> str:
    """The key of the older form for one that means the same."""
    return next((old for old, many in _same_figures().items() if (key,) in many), key)


def _name(key: str) -> str:
    known = indicator(key)
    return known.label if known else key
