"""The official tables printed in the ways in which pages and files flatten them."""

from collections.abc import Mapping

from gongkai.returns import Form, load_form
from gongkai.returns.model import Table

Row = list[str]


def figures_of(form: Form, start: int = 0) -> dict[str, int]:
    """Another number for every figure, so that none can be taken for another."""
    return {str(row.key): start + n for n, row in enumerate(form.figures)}


def rows_of(name: str, values: Mapping[str, int | str]) -> list[Row]:
    """The printed rows, merged cells once."""
    form = load_form(name)
    if not form.tables:
        return _flat(form, values)
    rows: list[Row] = []
    for heading in dict.fromkeys(table.heading for table in form.tables):
        rows.append([heading])
        for table in form.tables:
            if table.heading == heading:
                rows += _table(table, values)
    return rows


def _flat(form: Form, values: Mapping[str, int | str]) -> list[Row]:
    rows = [["统计指标", "单位", "统计数"]]
    for row in form.rows:
        if row.key is None:
            rows.append([row.label, "", ""])
        else:
            rows.append([row.label, row.unit, str(values.get(row.key, ""))])
    return rows


def _table(table: Table, values: Mapping[str, int | str]) -> list[Row]:
    if table.prefix == "disclosure":
        rows = [[table.title], ["信息内容", *(c.label for c in table.columns)]]
        return rows + [
            [line.label, *_cells(table, line.key, values)] for line in table.lines
        ]
    if table.prefix == "applications":
        return _applications(table, values)
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    cells = [cell for line in table.lines for cell in _cells(table, line.key, values)]
    return [
        ["行政复议", "行政诉讼"],
        [*heads, "未经复议直接起诉", "复议后起诉"],
        [*heads, *heads],
        cells,
    ]


def _applications(table: Table, values: Mapping[str, int | str]) -> list[Row]:
    rows = [
        [table.note, "申请人情况"],
        ["自然人", "法人或其他组织", "总计"],
        ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
    ]
    shown: set[str] = set()
    for line in table.lines:
        groups = [group for group in line.groups if group not in shown]
        shown |= set(groups)
        rows.append([*groups, line.label, *_cells(table, line.key, values)])
    return rows


def _cells(table: Table, line: str, values: Mapping[str, int | str]) -> Row:
    keys = [f"{table.prefix}.{line}.{column.key}" for column in table.columns]
    return [str(values.get(key, "")) for key in keys]


def with_bars(rows: list[Row]) -> str:
    return "\n".join(" | ".join(row) + " |" for row in rows)


def with_leading_bars(rows: list[Row]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def with_tabs(rows: list[Row]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def with_gaps(rows: list[Row]) -> str:
    return "\n".join("    ".join(row) for row in rows)


def cell_by_cell(rows: list[Row]) -> str:
    return "\n".join(cell for row in rows for cell in row)


def cell_by_cell_with_bars(rows: list[Row]) -> str:
    return "\n|\n".join("\n".join(f"{cell} |" for cell in row) for row in rows)


def bars_between(rows: list[Row]) -> str:
    return "\n|\n".join(cell for row in rows for cell in row)


def with_single_blanks(rows: list[Row]) -> str:
    return "\n".join(" ".join(row) for row in rows)


def on_one_line(rows: list[Row]) -> str:
    return " ".join(cell for row in rows for cell in row if cell)


def as_html(rows: list[Row]) -> str:
    body = "".join(
        "<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f"<html><body><table>{body}</table></body></html>"


LAYOUTS = (
    with_bars,
    with_leading_bars,
    with_tabs,
    with_gaps,
    cell_by_cell,
    cell_by_cell_with_bars,
    bars_between,
    with_single_blanks,
    on_one_line,
)
