"""How fast the report reader is, beside plain regular expressions in the same run.

Reports are made up: sentences of the office with known figures among prose without
any, so that both readers' figures can be counted as right or wrong. No site is needed.
"""

import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import Vocabulary
from bench.sites import Sites
from bench.table import Row, say
from gongkai.reportreader import SourceText, analyse

REPORTS = 200
LENGTH = 5_000
TITLE = "云雾县林业局2016年政府信息公开工作年度报告\n"
SENTENCES = (
    ("proactive_total", "全年主动公开政府信息{}条。"),
    ("channel_website", "通过政府门户网站发布信息{}条。"),
    ("channel_wechat", "政务微信公众号推送信息{}条。"),
    ("interpretations", "发布政策解读稿件{}篇。"),
    ("applications_received", "共收到政府信息公开申请{}件。"),
    ("meetings", "召开政府信息公开工作会议{}次。"),
    ("trainings", "举办政府信息公开培训班{}期。"),
    ("reviews", "因政府信息公开申请行政复议{}件。"),
    ("litigations", "因政府信息公开提起行政诉讼{}件。"),
    ("proposals_deputies", "办理人大代表建议{}件。"),
)
# Numbers that are none of these figures, as reports are full of.
OTHERS = (
    "比上年增加{}条。",
    "走访群众{}户，发放宣传资料{}份。",
    "印发《工作要点》（云政办发〔2016〕{}号）。",
    "联系电话：0859-8226{}，地址：县行政中心{}室。",
    "其中林业动态类信息{}条，人事信息{}条。",
    "上年收到政府信息公开申请{}件。",
    "专栏点击量{}次，粉丝{}人。",
)
PER_SECOND = 100
MEGABYTES = 150
START_SECONDS = 0.5
SIZES = (10_000, 100_000, 1_000_000)
HOSTILE = ("1,", "公开12条", "共1条,其中", "未", "（", "| ", "第1、", "网站、微信和")
Figures = set[tuple[str, int]]


@dataclass(frozen=True)
class MadeUp:
    text: str
    figures: Figures


def make(number: int, length: int = LENGTH) -> MadeUp:
    """A report of about ``length`` characters: the same number, the same report."""
    chance = random.Random(number)
    vocabulary = Vocabulary(1) if not _VOCABULARY else _VOCABULARY[0]
    _VOCABULARY[:] = [vocabulary]
    paragraphs = [TITLE, "一、概述\n"]
    figures: Figures = set()
    told = list(SENTENCES)
    chance.shuffle(told)
    count = sum(map(len, paragraphs))
    while count < length:
        words = "".join(vocabulary.draw(chance, 60))
        line = f"{words}。" + _filled(chance, chance.choice(OTHERS))
        if told:
            key, sentence = told.pop()
            value = chance.randrange(1, 2_000)
            figures.add((key, value))
            line += sentence.format(value)
        paragraphs.append(line + "\n")
        count += len(paragraphs[-1])
    return MadeUp("".join(paragraphs)[: length + 200], figures)


_VOCABULARY: list[Vocabulary] = []


def _filled(chance: random.Random, sentence: str) -> str:
    return sentence.format(*(chance.randrange(100, 2_000) for _ in range(2)))


def reader(text: str) -> Figures:
    report = analyse(SourceText("报告.txt", text))
    return {(claim.indicator, int(claim.value)) for claim in report.claims}


_PLAIN = {
    "proactive_total": r"公开.{0,8}?(\d+)条",
    "channel_website": r"网站.{0,8}?(\d+)条",
    "channel_wechat": r"微信.{0,12}?(\d+)条",
    "interpretations": r"解读.{0,6}?(\d+)篇",
    "applications_received": r"申请.{0,6}?(\d+)件",
    "meetings": r"会议.{0,4}?(\d+)次",
    "trainings": r"培训.{0,4}?(\d+)期",
    "reviews": r"复议.{0,4}?(\d+)件",
    "litigations": r"诉讼.{0,4}?(\d+)件",
    "proposals_deputies": r"建议.{0,4}?(\d+)件",
}


def plain(text: str) -> Figures:
    """What a handful of regular expressions would give."""
    return {
        (key, int(value))
        for key, pattern in _PLAIN.items()
        for value in re.findall(pattern, text)
    }


@dataclass(frozen=True)
class Read:
    """Of one way to read the reports."""

    per_second: float
    right: float
    found: float


def measure(sites: Sites) -> list[Row]:
    """``sites`` is not used: the reader needs no database."""
    say("reading made-up reports")
    reports = [make(number) for number in range(REPORTS)]
    ours, theirs = (_read(way, reports) for way in (reader, plain))
    baseline = "plain patterns"
    rows = [
        Row(
            f"reports of {LENGTH:,} characters, per second and core",
            f"{ours.per_second:,.0f}",
            f"{theirs.per_second:,.0f}",
            baseline,
            target=f"at least {PER_SECOND}",
            is_met=ours.per_second >= PER_SECOND,
        ),
        Row(
            "their figures right", f"{ours.right:.1%}", f"{theirs.right:.1%}", baseline
        ),
        Row("of all figures", f"{ours.found:.1%}", f"{theirs.found:.1%}", baseline),
    ]
    return [*rows, *_growth(), _hostile(), _memory(), _start()]


def _read(way: Callable[[str], Figures], reports: list[MadeUp]) -> Read:
    for report in reports[:3]:  # patterns are compiled when they are first needed
        way(report.text)
    started = time.process_time()
    found = [way(report.text) for report in reports]
    spent = time.process_time() - started
    truth = sum(len(report.figures) for report in reports)
    right = sum(
        len(report.figures & figures)
        for report, figures in zip(reports, found, strict=True)
    )
    told = sum(map(len, found))
    return Read(len(reports) / spent, right / told if told else 0, right / truth)


def _growth() -> list[Row]:
    say("reading one report that grows")
    costs = {length: _seconds(make(1, length).text) / length for length in SIZES}
    first, *_between, last = costs.values()
    ratio = last / first
    return [
        Row(
            f"a report of {SIZES[-1]:,} characters, µs a character",
            f"{last * 1e6:.2f}",
            f"{first * 1e6:.2f}",
            f"{SIZES[0]:,} characters",
            f"{ratio:.2f}",
            "at most 1.5",
            ratio <= 1.5,
        )
    ]


def _hostile() -> Row:
    """The text whose cost grows most when it is ten times as long."""
    say("reading hostile text")
    worst, ratio = "", 0.0
    for piece in HOSTILE:
        short, long = (
            max(0.01, _seconds(TITLE + piece * (length // len(piece))))
            for length in (20_000, 200_000)
        )
        if long / short > ratio:
            worst, ratio = piece, long / short
    return Row(
        f"hostile text of 200,000 characters ({worst} ...)",
        f"{ratio:.0f} times",
        "10 times",
        "20,000 characters",
        target="at most 15",
        is_met=ratio <= 15,
    )


def _seconds(text: str) -> float:
    started = time.process_time()
    reader(text)
    return time.process_time() - started


def _memory() -> Row:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(make(1, SIZES[-1]).text, encoding="utf-8")
        code = (
            "import resource, sys; from gongkai.reportreader.cli import main;"
            "main([sys.argv[1], '--csv']); sys.stderr.write("
            "str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))"
        )
        command = [sys.executable, "-c", code, str(path)]
        told = subprocess.run(command, check=True, capture_output=True, text=True)
    megabytes = int(told.stderr.split()[-1]) / 1024
    return Row(
        f"memory for {SIZES[-1]:,} characters, MB",
        f"{megabytes:.0f}",
        target=f"under {MEGABYTES}",
        is_met=megabytes < MEGABYTES,
    )


def _start() -> Row:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(TITLE + "一、概述\n", encoding="utf-8")
        words = [sys.executable, "-m", "gongkai", "analyse", str(path), "--json"]
        seconds = min(_run(words) for _ in range(5))
        bare = min(_run([sys.executable, "-c", "pass"]) for _ in range(5))
    return Row(
        "start-up of `gongkai analyse`, seconds",
        f"{seconds:.2f}",
        f"{bare:.2f}",
        "Python alone",
        target=f"under {START_SECONDS}",
        is_met=seconds < START_SECONDS,
    )


def _run(command: list[str]) -> float:
    started = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    return time.monotonic() - started
