"""``gongkai check_form``: exit 0 clean, 1 errors, 2 bad input."""

import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.returns import load_form
from gongkai.returns.cli import main
from gongkai.returns.tests.vectors import seed_003

Output = pytest.CaptureFixture[str]


def write(directory: Path, text: str) -> str:
    file = directory / "figures.json"
    file.write_text(text, "utf-8")
    return str(file)


def test_list_gives_every_form_with_its_rows(capsys: Output) -> None:
    assert main(["--list", "--json"]) == 0
    forms = {form["form"]: form["rows"] for form in json.loads(capsys.readouterr().out)}
    assert forms["2014"][0] == {
        "key": "proactive_total",
        "code": "1.1",
        "label": "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）",
        "unit": "条",
        "json_unit": "条",
    }
    fees = next(row for row in forms["2014"] if row["key"] == "fees_yuan")
    assert (fees["unit"], fees["json_unit"]) == ("万元", "元")


def test_list_as_text_names_form_and_years(capsys: Output) -> None:
    assert main(["--list"]) == 0
    assert "2014  政府信息公开情况统计表（2014–2018 年度）" in capsys.readouterr().out


def test_a_real_filing_is_clean_with_a_warning(tmp_path: Path, capsys: Output) -> None:
    figures = seed_003(load_form("2014"))
    text = json.dumps(
        {k: str(v) if isinstance(v, Decimal) else v for k, v in figures.items()}
    )
    assert main(["2014", write(tmp_path, text), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["errors"] == []
    (warning,) = answer["warnings"]
    assert warning["relation"] == "channel_website <= proactive_total"
    assert warning["keys"] == ["channel_website", "proactive_total"]
    assert "927 条大于" in warning["message"]


def test_a_broken_relation_exits_with_one(tmp_path: Path, capsys: Output) -> None:
    file = write(tmp_path, '{"interviews": 1, "interviews_by_head": 2}')
    assert main(["2014", file]) == 1
    assert "错误：主要负责同志参加政府网站在线访谈次数 2 次" in capsys.readouterr().out


def test_figures_may_come_by_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"interviews": 1}'))
    assert main(["2014", "-", "--json"]) == 0
    answer = {"form": "2014", "errors": [], "warnings": []}
    assert json.loads(capsys.readouterr().out) == answer


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"meetings": -3}', ["meetings", "-3", "小于 0", "请填写"]),
        ('{"meetings": 1.5}', ["meetings", "1.5", "不是整数", "请填写"]),
        ('{"meetings": "两次"}', ["meetings", "两次", "不是数字", "请填写"]),
        ('{"meetings": true}', ["meetings", "True", "不是数字", "请填写"]),
        ('{"meetings": NaN}', ["meetings", "不是数字"]),
        ('{"meetings": 1e999999999}', ["meetings", "过大"]),
        ('{"meetings": ' + "9" * 5000 + "}", ["meetings", "过大"]),
        ('{"meeting": 1}', ["meeting", "没有这个键", "meetings"]),
        ('{"meetings": 1, "meetings": 2}', ["meetings", "1", "2", "两次"]),
        ("[1]", ["不是 JSON 对象"]),
        ("3", ["不是 JSON 对象"]),
        ("{", ["不是 JSON"]),
        ("", ["不是 JSON"]),
        ("[" * 100_000, ["不是 JSON"]),
    ],
)
def test_bad_input_names_field_value_and_remedy(
    tmp_path: Path, capsys: Output, text: str, said: list[str]
) -> None:
    assert main(["2014", write(tmp_path, text), "--json"]) == 2
    streams = capsys.readouterr()
    assert streams.out == ""
    assert all(words in streams.err for words in said)


def test_a_missing_file_or_another_encoding_is_bad_input(
    tmp_path: Path, capsys: Output
) -> None:
    assert main(["2014", str(tmp_path / "none.json")]) == 2
    assert "none.json：不能读取" in capsys.readouterr().err
    gbk = tmp_path / "gbk.json"
    gbk.write_bytes('{"年": 1}'.encode("gbk"))
    assert main(["2014", str(gbk)]) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    assert main(["2014", write(tmp_path, '\ufeff{"meetings": 1}')]) == 0


@pytest.mark.parametrize("argv", [[], ["2014"], ["1999", "x.json"], ["--nonsense"]])
def test_a_wrong_call_is_bad_input(argv: list[str], capsys: Output) -> None:
    assert main(argv) == 2
    assert capsys.readouterr().err
