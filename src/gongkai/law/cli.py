"""``gongkai deadline``: the last day to reply, and how it is reached.

Exit 0 ok, 2 bad input. Needs no database.
"""

import argparse
import json
import re
import sys
from datetime import date

from gongkai.law.calendar import standard_calendar
from gongkai.law.clock import Clock, compute, put_off
from gongkai.law.events import EXTENSION, KINDS, Event
from gongkai.law.exceptions import LawError
from gongkai.law.model import Regime
from gongkai.law.regimes import regime, regime_names, regime_on
from gongkai.law.segments import Segment

OK, BAD_INPUT = 0, 2
LANGUAGE = "zh-hans"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FORM = "请写成 2026-12-10 的形式"


class _BadOption(LawError):
    """An option whose value cannot be read."""

    def __init__(self, option: str, value: str, problem: str, remedy: str) -> None:
        super().__init__(f"{option} 的值 {value} {problem}。{remedy}。")


def main(argv: list[str] | None = None) -> int:
    try:
        options = _parser().parse_args(argv)
    except SystemExit as stop:  # argparse leaves this way, for --help too
        return int(stop.code or 0)
    try:
        clock = _clock(options)
    except LawError as problem:
        sys.stderr.write(f"{problem}\n")
        return BAD_INPUT
    lines = [_json(clock)] if options.json else _lines(clock)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gongkai deadline",
        description="计算政府信息公开申请的答复期限，并说明计算过程。",
        epilog=f"事件：{'、'.join(KINDS)}；延长写成 {EXTENSION}:日期:工作日数。",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--regime",
        metavar="NAME",
        help=f"条例版本（{'、'.join(regime_names())}），不写则按收到日期",
    )
    parser.add_argument(
        "--received", metavar="DATE", required=True, help="申请的收到日期"
    )
    parser.add_argument(
        "--channel",
        default="in_person",
        help=f"渠道：{'、'.join(regime(regime_names()[-1]).channels)}",
    )
    parser.add_argument("--confirmed", metavar="DATE", help="与申请人确认的日期")
    parser.add_argument(
        "--event",
        metavar="KIND:DATE",
        action="append",
        default=[],
        help="影响期限的事件，可写多次",
    )
    parser.add_argument(
        "--put-off",
        metavar="DATE:DATE",
        help="告知申请人延迟答复的日期和确定的答复日期（第三十五条）",
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    return parser


def _clock(options: argparse.Namespace) -> Clock:
    received_on = _date("--received", options.received)
    clock = compute(
        _regime(options.regime, received_on),
        options.channel,
        received_on,
        [_event(text) for text in options.event],
        standard_calendar(),
        _date("--confirmed", options.confirmed) if options.confirmed else None,
    )
    return _put_off(clock, options.put_off) if options.put_off else clock


def _put_off(clock: Clock, text: str) -> Clock:
    """With the later day that the applicant was told (Art. 35)."""
    told_on, colon, until = text.partition(":")
    if not colon:
        form = "请写成 告知日期:答复日期，例如 2026-12-30:2027-02-26"
        raise _BadOption("--put-off", text, "不完整", form)
    later = put_off(
        clock, _date("--put-off", told_on, text), _date("--put-off", until, text)
    )
    if later is clock:
        remedy = "只有期限届满前告知、且晚于期限的日期有效"
        raise _BadOption("--put-off", text, "不能延迟答复", remedy)
    return later


def _regime(name: str | None, received_on: date) -> Regime:
    return regime_on(received_on) if name is None else regime(name)


def _date(option: str, text: str, whole: str = "") -> date:
    try:
        if not _DAY.fullmatch(text):  # fromisoformat takes 2026-W50-4, too
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as problem:
        raise _BadOption(
            option,
            whole or text,
            f"中的 {text} 不是日期" if whole else "不是日期",
            _FORM,
        ) from problem


def _event(text: str) -> Event:
    kind, *rest = text.split(":")
    wanted = 2 if kind == EXTENSION else 1
    if kind not in KINDS:
        known = f"可用的有 {'、'.join(KINDS)}"
        raise _BadOption("--event", text, "不是事件", known)
    if len(rest) != wanted:
        form = f"{kind}:日期:工作日数" if wanted == 2 else f"{kind}:日期"
        raise _BadOption("--event", text, "不完整或多余", f"请写成 {form}")
    on = _date("--event", rest[0], text)
    return Event(kind, on, days=_days(rest[1], text) if wanted == 2 else None)


def _days(days: str, text: str) -> int:
    if not (days.isascii() and days.isdigit() and len(days) <= 4):
        remedy = "请写整数，例如 extension:2026-12-10:20"
        raise _BadOption("--event", text, f"中的 {days} 不是工作日数", remedy)
    return int(days)


def _lines(clock: Clock) -> list[str]:
    return [_headline(clock), *clock.explain(LANGUAGE)]


def _headline(clock: Clock) -> str:
    if clock.state == "not_started":
        return "答复期限：尚未开始"
    if clock.due_on is None:
        return "答复期限：已停止计算"
    return f"答复期限：{clock.due_on}{'（暂定）' if clock.provisional else ''}"


def _json(clock: Clock) -> str:
    days = {
        "day_zero": clock.day_zero,
        "correction_notice_due": clock.correction_notice_due,
        "third_party_due": clock.third_party_due,
        "organ_due": clock.organ_due,
        "fee_due": clock.fee_due,
    }
    data = {
        "due": _iso(clock.due_on),
        "provisional": clock.provisional,
        "segments": [_segment(segment) for segment in clock.segments],
        "regime": clock.regime.name,
        "channel": clock.channel.key,
        "state": clock.state,
        **{key: _iso(day) for key, day in days.items()},
        "warnings": [flag.words(LANGUAGE) for flag in clock.warnings],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _segment(segment: Segment) -> dict[str, object]:
    return {
        "kind": segment.kind.value,
        "first": _iso(segment.first),
        "last": _iso(segment.last),
        "working_days": segment.working_days,
        "citation": segment.citation.text(LANGUAGE),
        "words": segment.words(LANGUAGE),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
