"""A report in, its figures and findings out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from gongkai.reportreader.arithmetic import Arithmetic
from gongkai.reportreader.blocks import Block, blocks_of
from gongkai.reportreader.claims import Claim, ProseReader, unit_of
from gongkai.reportreader.comparing import Comparison
from gongkai.reportreader.contents import Contents
from gongkai.reportreader.files import read_file
from gongkai.reportreader.findings import Finding, Maker, without_repeats
from gongkai.reportreader.forms import FormName
from gongkai.reportreader.formtables import Figure, FormTable, read_form
from gongkai.reportreader.lines import Page
from gongkai.reportreader.oldtables import read_rows
from gongkai.reportreader.passages import Passage, passages
from gongkai.reportreader.quoting import Quote
from gongkai.reportreader.reading import ReadingError, SourceText
from gongkai.reportreader.recognising import Recognition, recognise

_FORMS: tuple[FormName, ...] = ("2014", "2019", "2021")


@dataclass(frozen=True)
class Report:
    """What one report states, with where it states it.

    ``table`` holds every printed figure of the official form, ``claims`` these and the
    figures of the prose, in the order of the text.
    """

    source: SourceText
    recognition: Recognition
    form: FormName | None
    claims: tuple[Claim, ...]
    table: tuple[Figure, ...]
    findings: tuple[Finding, ...]

    @property
    def file(self) -> str:
        return self.source.name

    @property
    def figures(self) -> dict[str, Decimal]:
        """Indicator to value, the table's before the prose's: for the next year."""
        found: dict[str, Decimal] = {}
        for claim in sorted(self.claims, key=lambda claim: claim.source == "prose"):
            if claim.scope == "year":
                found.setdefault(claim.indicator, claim.value)
        return found


def analyse(
    source: SourceText | Path | str,
    *,
    previous: Mapping[str, Decimal] | None = None,
    peers: Sequence[Mapping[str, Decimal]] = (),
) -> Report:
    """Read a report; a path is read from disk.

    ``previous`` are the figures of the year before by indicator, ``peers`` those of
    like bodies. Raises ReadingError where there is no text, or none of a report.
    """
    text = source if isinstance(source, SourceText) else read_file(Path(source))
    told = recognise(text)
    if any(problem.code == "not_a_report" for problem in told.problems):
        raise ReadingError("not_a_report", f"{text.name}：不像政府信息公开年度报告。")
    return _Analysis(text, told).report(previous or {}, peers)


class _Analysis:
    def __init__(self, source: SourceText, told: Recognition) -> None:
        self._source = source
        self._told = told
        self._page = Page(source)

    def report(
        self, previous: Mapping[str, Decimal], peers: Sequence[Mapping[str, Decimal]]
    ) -> Report:
        tables = self._tables()
        prose = self._prose(tables)
        claims = self._claims(prose, tables)
        maker = Maker(self._told.agency, self._told.year)
        text = self._source.text
        found = [
            *Contents(
                self._source.folded, text, self._told, claims, tables, maker, prose
            ).findings(),
            *Comparison(text, claims, tables, maker, previous, peers).findings(),
            *Arithmetic(text, maker).findings(prose),
        ]
        return Report(
            source=self._source,
            recognition=self._told,
            form=_form_of(tables) or self._told.form,
            claims=claims,
            table=tuple(figure for table in tables for figure in table.figures),
            findings=in_order(without_repeats(found)),
        )

    def _tables(self) -> list[FormTable]:
        """The form that the text prints; its words say which, else its rows do."""
        lines = self._page.lines
        first = self._told.form or self._told.form_in_force
        if self._told.form is None and not _may_hold_table(self._source.folded):
            return []
        tables = (
            read_form(self._source.folded, lines, name) for name in [first] if name
        )
        return [table for table in tables if table]

    def _prose(self, tables: list[FormTable]) -> list[Passage]:
        used = {n for table in tables for n in table.lines}
        taken = {self._page.lines[n].start for n in used}
        blocks = blocks_of(self._page, self._told.title_quote)
        kept: list[Block] = [b for b in blocks if b.start not in taken]
        return passages(self._source.folded, kept)

    def _claims(
        self, prose: list[Passage], tables: list[FormTable]
    ) -> tuple[Claim, ...]:
        reader = ProseReader(self._source.text, self._told.year, self._told.agency)
        found = [claim for passage in prose for claim in reader.claims(passage)]
        found += [self._printed(f) for table in tables for f in table.figures]
        if not tables:
            found += read_rows(self._source.folded, self._page.lines, reader)
        return tuple(sorted(found, key=lambda c: (c.quote.start, c.indicator)))

    def _printed(self, figure: Figure) -> Claim:
        quoted = Quote(
            self._source.text[figure.start : figure.end], figure.start, figure.end
        )
        return Claim(
            indicator=figure.key,
            value=figure.value,
            exact=True,
            scope="year",
            unit=unit_of(figure.key),
            source="table",
            quote=quoted,
            row=figure.label,
            column=figure.column,
        )


_TABLE_WORDS = (
    "总计",
    "统计",
    "信息内容",
    "废止件数",
    "收到申请数",
    "予以公开",
    "指标",
    "复议后起诉",
    "直接起诉",
)


def _may_hold_table(plain: str) -> bool:
    return sum(word in plain for word in _TABLE_WORDS) >= 2


def _form_of(tables: list[FormTable]) -> FormName | None:
    return next((n for n in _FORMS for table in tables if table.form == n), None)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """As their words stand in the text, those without words last."""
    return tuple(sorted(findings, key=_place))


def _place(finding: Finding) -> tuple[int, str, str]:
    start = finding.quotes[0].start if finding.quotes else 1 << 40
    return (start, finding.code, finding.message)
