"""``gongkai check_form``: the forms, and the relations of a file of figures.

Exit 0 clean, 1 errors, 2 bad input. Needs no database.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from gongkai.returns.checking import Broken, CheckResult, check
from gongkai.returns.exceptions import BadValues, FormError
from gongkai.returns.loading import list_forms, load_form
from gongkai.returns.model import Form

CLEAN, ERRORS, BAD_INPUT = 0, 1, 2


class _BadFile(Exception):
    """The file of figures is not an object of keys and values."""


def main(argv: list[str] | None = None) -> int:
    parser = _parser()
    try:
        options = parser.parse_args(argv)
    except SystemExit as stop:  # argparse leaves this way, for --help too
        return int(stop.code or 0)
    try:
        return _run(options)
    except (FormError, BadValues, _BadFile) as problem:
        sys.stderr.write(f"{problem}\n")
        return BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gongkai check_form", description="核对政府信息公开统计表的勾稽关系。"
    )
    parser.add_argument("form", nargs="?", metavar="FORM", help="表名，例如 2014")
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="JSON 文件，键对数值；- 为标准输入"
    )
    parser.add_argument("--list", action="store_true", help="列出各表及其行")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    return parser


def _run(options: argparse.Namespace) -> int:
    if options.list:
        names = [options.form] if options.form else list_forms()
        _write_forms([load_form(name) for name in names], as_json=options.json)
        return CLEAN
    if not options.form or not options.file:
        raise _BadFile("缺少参数：写明表名和文件，例如 check_form 2014 figures.json")
    form = load_form(options.form)
    result = check(form, _figures(options.file))
    _write_result(form, result, as_json=options.json)
    return CLEAN if result.is_clean else ERRORS


def _figures(name: str) -> Mapping[str, object]:
    try:
        values = json.loads(
            _text(name),
            object_pairs_hook=_object,
            parse_int=Decimal,
            parse_float=Decimal,
        )
    except (ValueError, RecursionError) as problem:
        raise _BadFile(
            f"{name}：不是 JSON（{problem}）。请写成一个对象，键对数值。"
        ) from problem
    if not isinstance(values, dict):
        raise _BadFile(f"{name}：不是 JSON 对象。请写成一个对象，键对数值。")
    return values


def _text(name: str) -> str:
    try:
        if name == "-":
            return sys.stdin.read().removeprefix("\ufeff")
        return Path(name).read_text("utf-8-sig")
    except OSError as problem:
        raise _BadFile(
            f"{name}：不能读取（{problem.strerror}）。请检查文件名和权限。"
        ) from problem
    except UnicodeDecodeError as problem:
        raise _BadFile(f"{name}：不是 UTF-8 编码。请另存为 UTF-8。") from problem


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A repeated key would silently lose the first of two figures."""
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _BadFile(
                f"{key} 写了两次，值为 {found[key]} 和 {value}。请只保留正确的一个。"
            )
        found[key] = value
    return found


def _write_forms(forms: list[Form], *, as_json: bool) -> None:
    if as_json:
        _write_json([_form_data(form) for form in forms])
        return
    for form in forms:
        last = form.years.last or ""
        _write(f"{form.name}  {form.title}（{form.years.first}–{last} 年度）")
        for row in form.figures:
            line = f"  {row.code}  {row.key}  {row.label}  {row.unit}"
            _write(line.rstrip())


def _form_data(form: Form) -> dict[str, object]:
    rows = [
        {
            "key": row.key,
            "code": row.code,
            "label": row.label,
            "unit": row.unit,
            "json_unit": row.json_unit,
        }
        for row in form.figures
    ]
    return {"form": form.name, "rows": rows}


def _write_result(form: Form, result: CheckResult, *, as_json: bool) -> None:
    if as_json:
        _write_json(
            {
                "form": form.name,
                "errors": [_broken_data(broken) for broken in result.errors],
                "warnings": [_broken_data(broken) for broken in result.warnings],
            }
        )
        return
    for word, found in (("错误", result.errors), ("提示", result.warnings)):
        for broken in found:
            _write(f"{word}：{broken.message}")
    _write(f"错误 {len(result.errors)} 处，提示 {len(result.warnings)} 处。")


def _broken_data(broken: Broken) -> dict[str, object]:
    return {
        "relation": str(broken.relation),
        "keys": list(broken.keys),
        "message": broken.message,
    }


def _write_json(data: object) -> None:
    _write(json.dumps(data, ensure_ascii=False, indent=2))


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
