"""``gongkai analyse``: annual reports in, their figures and contradictions out.

Exit 0 all read, 1 only with --strict and findings, 2 some file unreadable.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from gongkai.reportreader.analysis import Report, analyse
from gongkai.reportreader.files import find_files
from gongkai.reportreader.neighbours import beside_each_other
from gongkai.reportreader.output import as_csv, as_json, csv_head
from gongkai.reportreader.page import as_page
from gongkai.reportreader.reading import ReadingError
from gongkai.reportreader.summary import Summary

READ, FOUND, BAD_INPUT = 0, 1, 2
# As many reports are held in memory to be compared; a folder may hold any number.
_TOGETHER = 500


def main(argv: list[str] | None = None) -> int:
    try:
        options = _parser().parse_args(argv)
    except SystemExit as stop:  # argparse leaves this way, for --help too
        return int(stop.code or 0)
    try:
        return _Run(options).run()
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READ


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gongkai analyse",
        description="读取政府信息公开工作年度报告，列出其中的数据和互相矛盾之处。",
    )
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="文件（txt、html、docx、pdf）、文件夹或通配符；- 为标准输入",
    )
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="每份报告输出一行 JSON")
    shape.add_argument("--csv", action="store_true", help="每个数据输出一行 CSV")
    shape.add_argument("--html", metavar="FILE", help="写一个网页，标出数据和发现")
    parser.add_argument("--strict", action="store_true", help="有发现时退出码为 1")
    return parser


class _Run:
    """One run of the command over all its files."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._problems: list[str] = []
        self._found = 0
        self._summary = Summary(colour=_wants_colour())

    def run(self) -> int:
        if self._options.csv:
            _write(csv_head())
        kept = []
        for report in self._reports():
            self._found += len(report.findings)
            if self._options.html:
                kept.append(report)
            else:
                _write(self._shown(report))
        if self._options.html and not self._write_page(kept):
            return BAD_INPUT
        if self._problems:
            return BAD_INPUT
        return FOUND if self._options.strict and self._found else READ

    def _reports(self) -> Iterator[Report]:
        """Each report, held against those of its own and of like bodies beside it."""
        files = list(find_files(self._options.paths))
        if not files:
            self._fail("没有找到 txt、html、docx 或 pdf 文件。")
        reports = self._each(files)
        while together := list(islice(reports, _TOGETHER)):
            yield from beside_each_other(together)

    def _each(self, files: list[Path]) -> Iterator[Report]:
        for number, path in enumerate(files, 1):
            _progress(number, len(files), path)
            report = self._read(path)
            _progress_done(len(files))
            if report:
                yield report

    def _read(self, path: Path) -> Report | None:
        try:
            return analyse(path)
        except ReadingError as error:
            _progress_done(2)
            self._fail(error.message)
        return None

    def _fail(self, message: str) -> None:
        self._problems.append(message)
        sys.stderr.write(f"{message}\n")

    def _shown(self, report: Report) -> str:
        if self._options.json:
            return f"{as_json(report)}\n"
        if self._options.csv:
            return as_csv(report)
        return f"{self._summary.of(report)}\n"

    def _write_page(self, reports: list[Report]) -> bool:
        target = Path(self._options.html)
        try:
            target.write_text(as_page(reports, self._problems), encoding="utf-8")
        except OSError as error:
            self._fail(f"{target}：不能写入（{error.strerror}）。")
            return False
        _write(f"已写入 {target}：{len(reports)} 份报告，{self._found} 处发现。\n")
        return True


def _write(text: str) -> None:
    # Half of a character that a broken file holds must not stop the others.
    sys.stdout.write(text.encode("utf-8", "replace").decode("utf-8"))


def _wants_colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _progress(number: int, count: int, path: Path) -> None:
    if count > 1 and sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K[{number}/{count}] {path.name[:60]}")
        sys.stderr.flush()


def _progress_done(count: int) -> None:
    if count > 1 and sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
