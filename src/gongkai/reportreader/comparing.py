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
_WHOLE_YEAR = re.compile("全年|共|总|年度|年[,，]|全局")
_PART = re.compile(
    "其中|新增|分别|季度|月份|累计|截[至止]|历年|本级|全[县市区省]|各部门"
)
_OUT_OF_LINE = 20
_SMALL = 20


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
            if key not in _FIRM and not self._says_whole(claim):
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
                and self._is_total(claim)
                and claim.value not in self._of_one_channel
            ]
            values = sorted({claim.value for claim in exact})
            if len(values) != 2 or (values[0] and key != "proactive_total"):
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
        if claim.indicator == "proactive_total" and "主动公开" not in claim.quote.text:
            return False
        return self._says_whole(claim)

    def _says_whole(self, claim: Claim) -> bool:
        """Whether its sentence speaks of the whole year and of no part or sum."""
        sentence = re.split("[。；;]", self.text[: claim.quote.end][-120:])[-1]
        return bool(_WHOLE_YEAR.search(sentence)) and not _PART.search(sentence)

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
            if "其中" not in between and "：" not in between and ":" not in between:
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
            if before is not None and _is_far(claim.value, before):
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


_COUNTED = re.compile(r"\d\s*(?:件|条|份|宗|起|次|例)")


def _is_far(value: Decimal, other: Decimal) -> bool:
    low, high = sorted((value, other))
    return high >= _SMALL and high > _OUT_OF_LINE * max(low, Decimal(1))


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


def _name(key: str) -> str:
    known = indicator(key)
    return known.label if known else key
