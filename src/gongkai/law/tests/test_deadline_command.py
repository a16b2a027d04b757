"""``gongkai deadline``: words, JSON, exit codes."""

import json
import subprocess
import sys
from typing import Any

import pytest

from gongkai.law.cli import main

Capture = pytest.CaptureFixture[str]


def told(capsys: Capture, *words: str) -> str:
    assert main([*words]) == 0
    return capsys.readouterr().out


def data(capsys: Capture, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told(capsys, *words, "--json"))
    return found


def test_a_plain_request(capsys: Capture) -> None:
    found = data(capsys, "--regime", "2019", "--received", "2026-02-13")
    assert (found["due"], found["provisional"]) == ("2026-03-19", False)
    assert [segment["kind"] for segment in found["segments"]] == [
        "start",
        "running",
        "due",
    ]
    assert found["segments"][1]["working_days"] == 20
    assert "第三十三条" in found["segments"][1]["citation"]


def test_a_date_past_the_announced_years(capsys: Capture) -> None:
    words = ["--regime", "2019", "--received", "2026-12-10"]
    found = data(capsys, *words)
    assert (found["due"], found["provisional"]) == ("2027-01-07", True)
    assert told(capsys, *words).startswith("答复期限：2027-01-07（暂定）\n")


def test_the_paused_case(capsys: Capture) -> None:
    words = ["--regime", "2019", "--received", "2025-03-03"]
    words += ["--event", "third-party-sent:2025-03-05"]
    words += ["--event", "third-party-opinion:2025-03-14"]
    found = data(capsys, *words)
    assert found["due"] == "2025-04-10"
    pause = found["segments"][2]
    assert pause["kind"] == "pause"
    assert (pause["first"], pause["last"]) == ("2025-03-05", "2025-03-14")
    assert pause["working_days"] == 7
    lines = told(capsys, *words).splitlines()
    assert lines[0] == "答复期限：2025-04-10"
    assert lines[1:] == [segment["words"] for segment in found["segments"]]


def test_a_later_day_that_was_told(capsys: Capture) -> None:
    words = ["--received", "2025-03-03", "--put-off", "2025-03-20:2025-05-30"]
    found = data(capsys, *words)
    assert found["due"] == "2025-05-30"
    assert "第三十五条" in found["segments"][-1]["citation"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("2025-03-20", "不完整"),
        ("2025-03-20:soon", "不是日期"),
        ("2025-04-20:2025-05-30", "不能延迟答复"),
        ("2025-03-20:2025-03-21", "不能延迟答复"),
    ],
)
def test_a_later_day_that_cannot_be_is_refused(
    capsys: Capture, given: str, said: str
) -> None:
    assert main(["--received", "2025-03-03", "--put-off", given]) == 2
    problem = capsys.readouterr().err
    assert given in problem
    assert said in problem


def test_an_extension_and_the_older_text(capsys: Capture) -> None:
    words = ["--regime", "2008", "--received", "2018-12-28"]
    words += ["--event", "extension:2019-01-10:10"]
    assert data(capsys, *words)["due"] == "2019-02-02"


def test_without_a_regime_the_day_decides(capsys: Capture) -> None:
    assert data(capsys, "--received", "2018-12-28")["regime"] == "2008"
    assert data(capsys, "--received", "2019-05-15")["regime"] == "2019"


def test_a_letter_waits_for_its_confirmation(capsys: Capture) -> None:
    words = ["--regime", "2019", "--received", "2025-03-03", "--channel", "letter"]
    found = data(capsys, *words)
    assert (found["due"], found["state"]) == (None, "not_started")
    assert "尚未开始" in told(capsys, *words)
    words += ["--confirmed", "2025-03-04"]
    assert data(capsys, *words)["due"] == "2025-04-01"


def test_a_stopped_clock(capsys: Capture) -> None:
    words = ["--received", "2025-03-03", "--event", "correction-notice:2025-03-05"]
    found = data(capsys, *words)
    assert (found["due"], found["state"]) == (None, "stopped")
    assert found["segments"][-1]["last"] is None
    assert "已停止计算" in told(capsys, *words)


def test_warnings_are_told(capsys: Capture) -> None:
    words = ["--received", "2025-03-03", "--event", "correction-notice:2025-03-13"]
    found = data(capsys, *words)
    assert len(found["warnings"]) == 1
    assert found["warnings"][0] in told(capsys, *words)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--received", "2025-02-30"], ["--received", "2025-02-30", "2026-12-10"]),
        (["--received", "20250203"], ["--received", "20250203"]),
        (["--received", "2025-W10-1"], ["--received", "2025-W10-1"]),
        (["--received", "２０２５-02-03"], ["--received", "２０２５-02-03"]),
        (["--received", ""], ["--received", "2026-12-10"]),
        (["--received", "9999-12-31"], ["received", "9999-12-31", "2999-12-31"]),
        (["--received", "2005-01-01"], ["2005-01-01", "2008、2019"]),
        (["--regime", "2010"], ["2010", "2008、2019"]),
        (["--channel", "pigeon"], ["pigeon", "in_person"]),
        (["--confirmed", "x"], ["--confirmed", "x"]),
        (["--confirmed", "2025-03-04"], ["confirmed", "2025-03-04", "请"]),
        (["--event", "reply:2025-03-04"], ["--event", "reply", "correction-notice"]),
        (["--event", "corrected"], ["--event", "corrected:日期"]),
        (["--event", "corrected:soon"], ["--event", "soon"]),
        (["--event", "extension:2025-03-04"], ["extension:日期:工作日数"]),
        (["--event", "extension:2025-03-04:x"], ["--event", "x", "整数"]),
        (["--event", "extension:2025-03-04:21"], ["2025-03-04", "21", "1 到 20"]),
        (["--event", "extension:2025-03-04:99999"], ["99999", "整数"]),
        (["--event", "corrected:2025-03-04"], ["2025-03-04", "correction-notice"]),
    ],
)
def test_bad_input_names_field_value_and_remedy(
    capsys: Capture, words: list[str], named: list[str]
) -> None:
    received = [] if "--received" in words else ["--received", "2025-03-03"]
    assert main([*received, *words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    for word in named:
        assert word in captured.err


@pytest.mark.parametrize("words", [[], ["--received"], ["--colour", "red"]])
def test_a_wrong_command_line(capsys: Capture, words: list[str]) -> None:
    assert main(words) == 2
    assert "usage" in capsys.readouterr().err


def test_help(capsys: Capture) -> None:
    assert main(["--help"]) == 0
    assert "third-party-sent" in capsys.readouterr().out


def test_it_is_a_word_of_the_gongkai_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", "deadline", "--received", "2026-02-13"],
        check=True,
        capture_output=True,
    )
    assert "2026-03-19" in done.stdout.decode()


def test_it_needs_no_django() -> None:
    script = (
        "import sys; from gongkai.cli import main; "
        "code = main(['deadline', '--received', '2026-02-13']); "
        "assert code == 0 and 'django' not in sys.modules, code"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
