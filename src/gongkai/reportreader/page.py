"""One page that needs nothing else: the text, its figures marked, findings beside."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from gongkai.reportreader.analysis import Report
from gongkai.reportreader.claims import Claim
from gongkai.reportreader.findings import Finding, shown
from gongkai.reportreader.output import label_of

_WORDS = {"error": "错误", "warning": "提示", "notice": "注意"}
_STYLE = Path(__file__).parent / "data" / "report.css"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def as_page(reports: Sequence[Report], problems: Sequence[str] = ()) -> str:
    """HTML of the reports, one after the other, and of the files that failed."""
    return "".join(_parts(reports, problems))


def _parts(reports: Sequence[Report], problems: Sequence[str]) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="zh-Hans"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    style = _STYLE.read_text(encoding="utf-8")
    yield f"<title>年度报告核对</title><style>{style}</style></head><body>"
    yield f"<h1>年度报告核对：{len(reports)} 份</h1>"
    if len(reports) > 1:
        yield "<nav><ol>"
        for number, report in enumerate(reports):
            name = escape(report.recognition.title or report.file)
            found = f"{len(report.claims)} 个数据，{len(report.findings)} 处发现"
            yield f'<li><a href="#r{number}">{name}</a>：{found}</li>'
        yield "</ol></nav>"
    if problems:
        yield "<h2>未能读取</h2><ul>"
        yield from (f"<li>{escape(problem)}</li>" for problem in problems)
        yield "</ul>"
    for number, report in enumerate(reports):
        yield from _report(number, report)
    yield "</body></html>\n"


def _report(number: int, report: Report) -> Iterator[str]:
    told = report.recognition
    yield f'<article id="r{number}"><h2>{escape(told.title or report.file)}</h2>'
    facts = (told.agency, f"{told.year} 年度" if told.year else "", report.file)
    yield f"<p>{' · '.join(escape(fact) for fact in facts if fact)}</p>"
    yield '<div class="columns"><div class="text" tabindex="0">'
    yield _marked(number, report)
    yield "</div><aside>"
    yield from _findings(number, report.findings)
    yield from _claims(number, report.claims)
    yield "</aside></div></article>"


def _findings(number: int, findings: Sequence[Finding]) -> Iterator[str]:
    yield f"<h3>发现 {len(findings)} 处</h3>"
    if not findings:
        yield "<p>没有发现矛盾。</p>"
        return
    yield "<ul>"
    for finding in findings:
        links = "，".join(
            f'<a href="#r{number}c{q.start}">{escape(_short(q.text))}</a>'
            for q in finding.quotes
        )
        word = f'<b class="{finding.severity}">{_WORDS[finding.severity]}</b>'
        yield f"<li>{word} {escape(finding.message)} {links}</li>"
    yield "</ul>"


def _claims(number: int, claims: Sequence[Claim]) -> Iterator[str]:
    yield f"<h3>数据 {len(claims)} 个</h3>"
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("指标", "数值", "原文"))
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for claim in claims:
        about = "" if claim.exact else "约 "
        words = claim.row if claim.source == "table" else claim.quote.text
        yield f"<tr><td>{escape(label_of(claim.indicator))}</td>"
        value = f"{about}{shown(claim.value)} {escape(claim.unit)}"
        yield f'<td class="number">{value}</td>'
        link = f"#r{number}c{claim.quote.start}"
        yield f'<td><a href="{link}">{escape(_short(words))}</a></td></tr>'
    yield "</tbody></table>"


def _marked(number: int, report: Report) -> str:
    """The text with its claims and what findings quote marked; overlaps are joined."""
    text = report.source.text
    spans: dict[tuple[int, int], tuple[str, bool]] = {}
    for claim in report.claims:
        key = (claim.quote.start, claim.quote.end)
        said = f"{label_of(claim.indicator)} {shown(claim.value)} {claim.unit}"
        known = spans.get(key)
        spans[key] = (f"{known[0]}；{said}" if known else said, False)
    for finding in report.findings:
        for quoted in finding.quotes:
            key = (quoted.start, quoted.end)
            known = spans.get(key)
            said = f"{known[0]}；{finding.message}" if known else finding.message
            spans[key] = (said, True)
    parts, last = [], 0
    for (start, end), (said, is_bad) in sorted(spans.items()):
        anchor = f'<a id="r{number}c{start}"></a>'
        if start < last or end <= start:
            parts.append(anchor)
            continue
        kind = ' class="bad"' if is_bad else ""
        parts.append(escape(text[last:start]) + anchor)
        told = f'{kind} title="{escape(said)}"'
        parts.append(f"<mark{told}>{escape(text[start:end])}</mark>")
        last = end
    parts.append(escape(text[last:]))
    return "".join(parts)


def _short(words: str, most: int = 40) -> str:
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[:most]}…"
