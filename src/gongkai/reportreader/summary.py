"""The readable summary of one report, in colour on a terminal."""

from collections.abc import Iterator

from gongkai.reportreader.analysis import Report
from gongkai.reportreader.claims import Claim
from gongkai.reportreader.findings import Finding, Severity, shown
from gongkai.reportreader.output import label_of

_BOLD, _DIM, _RED, _YELLOW, _GREEN, _BLUE = "1", "2", "31", "33", "32", "34"
_COLOURS: dict[Severity, str] = {"error": _RED, "warning": _YELLOW, "notice": _BLUE}
_WORDS: dict[Severity, str] = {"error": "错误", "warning": "提示", "notice": "注意"}
_SCOPES = {"cumulative": "（累计）", "part": "（部分）", "other_body": "（其他机关）"}
_REGIMES = {"2008": "2008 年施行的条例", "2019": "2019 年修订的条例"}
# An indicator of a crossed table is told in full by --json; the summary would drown.
_MOST_OF_TABLE = 80


class Summary:
    def __init__(self, *, colour: bool) -> None:
        self._colour = colour

    def of(self, report: Report) -> str:
        return "\n".join(self._lines(report)) + "\n"

    def error(self, message: str) -> str:
        return f"{self._painted('✗', _RED)} {message}\n"

    def _lines(self, report: Report) -> Iterator[str]:
        told = report.recognition
        yield self._painted(told.title or report.file, _BOLD)
        form = f"{report.form} 年格式统计表" if report.form else "没有统计表"
        facts = [
            told.agency or "机关不明",
            f"{told.year} 年度" if told.year else "年度不明",
            _REGIMES.get(told.regime or "", ""),
            form,
        ]
        yield "  " + " · ".join(fact for fact in facts if fact)
        yield f"  {self._painted(report.file, _DIM)}"
        yield from self._figures(report)
        yield from self._findings(report)

    def _figures(self, report: Report) -> Iterator[str]:
        prose = [claim for claim in report.claims if claim.source == "prose"]
        table = [claim for claim in report.claims if claim.source == "table"]
        yield f"  数据 {len(report.claims)} 个：正文 {len(prose)}，表中 {len(table)}"
        for claim in prose:
            yield self._figure(claim)
        filled = [claim for claim in table if claim.value]
        for claim in filled[:_MOST_OF_TABLE]:
            yield self._figure(claim)
        if len(table) > len(filled):
            yield self._painted(f"    表中另有 {len(table) - len(filled)} 个 0", _DIM)

    def _figure(self, claim: Claim) -> str:
        about = "" if claim.exact else "约 "
        value = (
            f"{about}{shown(claim.value)} {claim.unit}{_SCOPES.get(claim.scope, '')}"
        )
        words = claim.row if claim.source == "table" else claim.quote.text
        quoted = self._painted(_short(words), _DIM)
        return f"    {label_of(claim.indicator)}  {value}  {quoted}"

    def _findings(self, report: Report) -> Iterator[str]:
        if not report.findings:
            yield self._painted("  没有发现矛盾", _GREEN)
            return
        yield f"  发现 {len(report.findings)} 处"
        for finding in report.findings:
            yield self._finding(finding)

    def _finding(self, finding: Finding) -> str:
        word = self._painted(_WORDS[finding.severity], _COLOURS[finding.severity])
        return f"    {word} {finding.message}"

    def _painted(self, text: str, colour: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self._colour else text


def _short(words: str, most: int = 36) -> str:
    line = "".join(char if char.isprintable() else " " for char in words)
    return line if len(line) <= most else f"{line[:most]}…"
