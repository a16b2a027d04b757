"""A report's figures as data: JSON, CSV, and the words of the summary."""

import csv
import json
from collections.abc import Iterable
from decimal import Decimal
from io import StringIO
from typing import Any

from gongkai.reportreader.analysis import Report
from gongkai.reportreader.claims import Claim
from gongkai.reportreader.findings import Finding
from gongkai.reportreader.formtables import Figure
from gongkai.reportreader.quoting import Quote
from gongkai.returns import indicator

CSV_COLUMNS = (
    "file",
    "agency",
    "year",
    "indicator",
    "label",
    "value",
    "unit",
    "exact",
    "scope",
    "source",
    "row",
    "column",
    "quote",
    "start",
    "end",
)
# A cell that begins like this is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(report: Report) -> str:
    return json.dumps(as_data(report), ensure_ascii=False)


def as_data(report: Report) -> dict[str, Any]:
    told = report.recognition
    return {
        "file": report.file,
        "title": told.title,
        "agency": told.agency,
        "year": told.year,
        "regime": told.regime,
        "form": report.form,
        "claims": [_claim(claim) for claim in report.claims],
        "table": [_figure(figure) for figure in report.table],
        "findings": [_finding(finding) for finding in report.findings],
    }


def label_of(key: str) -> str:
    known = indicator(key)
    return known.label if known else key


def number_of(key: str, value: Decimal) -> int | str:
    """Money as a decimal string with two places, other figures as whole numbers."""
    if is_money(key):
        return format(value.quantize(Decimal("0.01")), "f")
    return int(value) if value == value.to_integral_value() else format(value, "f")


def is_money(key: str) -> bool:
    return key.endswith("_yuan")


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "indicator": claim.indicator,
        "value": number_of(claim.indicator, claim.value),
        "exact": claim.exact,
        "scope": claim.scope,
        "unit": claim.unit,
        "source": claim.source,
        "row": claim.row or None,
        "column": claim.column or None,
        **_quote(claim.quote),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "row": figure.key,
        "column": figure.column,
        "value": number_of(figure.key, figure.value),
        "start": figure.start,
        "end": figure.end,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "quotes": [_quote(quoted) for quoted in finding.quotes],
        "fingerprint": finding.fingerprint,
    }


def _quote(quoted: Quote) -> dict[str, Any]:
    return {"quote": quoted.text, "start": quoted.start, "end": quoted.end}


def csv_head() -> str:
    return _row(CSV_COLUMNS)


def as_csv(report: Report) -> str:
    """A line per claim, without the head."""
    told = report.recognition
    return "".join(
        _row(
            (
                _safe(report.file),
                _safe(told.agency),
                told.year or "",
                claim.indicator,
                label_of(claim.indicator),
                number_of(claim.indicator, claim.value),
                claim.unit,
                "true" if claim.exact else "false",
                claim.scope,
                claim.source,
                _safe(claim.row),
                _safe(claim.column),
                _safe(claim.quote.text),
                claim.quote.start,
                claim.quote.end,
            )
        )
        for claim in report.claims
    )


def _row(values: Iterable[object]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow(values)
    return line.getvalue()


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
