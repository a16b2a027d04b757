"""Tables of rows by columns, written compactly and laid out into single cells.

Rules of a table name rows or columns only: ``each_column`` judges them in every
column, ``each_row`` in every row.
"""

import re

from gongkai.returns.documents import Entry
from gongkai.returns.expressions import STRENGTHS, parse_relation
from gongkai.returns.model import (
    TEN_THOUSAND_YUAN,
    YUAN,
    Column,
    Line,
    Relation,
    Row,
    Table,
)

_TABLE_WORDS = (
    *("code", "prefix", "title", "heading", "note", "unit", "json_unit"),
    *("columns", "rows", "across", "each_column", "each_row"),
)
_COLUMN_WORDS = ("key", "label", "group", "unit", "json_unit", "signed")
_LINE_WORDS = ("key", "code", "label", "groups", "aliases", "same_as")
_TERM = re.compile(r"(previous\.)?([a-z][a-z0-9_.]*)")


def read_table(item: object, file: str) -> Table:
    entry = _table_entry(item, file)
    return Table(
        code=entry.required("code"),
        prefix=entry.required("prefix"),
        title=entry.required("title"),
        heading=entry.text("heading"),
        note=entry.text("note"),
        columns=tuple(_column(c, entry) for c in entry.items("columns")),
        lines=tuple(_line(line, entry) for line in entry.items("rows")),
        is_across=entry.flag("across"),
    )


def _table_entry(item: object, file: str) -> Entry:
    return Entry(item, file=file, where="tables", words=_TABLE_WORDS)


def _column(item: object, table: Entry) -> Column:
    entry = Entry(item, file=table.file, where="columns", words=_COLUMN_WORDS)
    unit = entry.text("unit", table.text("unit"))
    json_unit = entry.text("json_unit") or unit or table.text("json_unit")
    if unit == TEN_THOUSAND_YUAN and json_unit != YUAN:
        raise entry.error("以万元填报", "加上 json_unit: 元，金额一律按元保存")
    return Column(
        key=entry.required("key"),
        label=entry.required("label"),
        group=entry.text("group"),
        unit=unit,
        json_unit=json_unit,
        signed=entry.flag("signed"),
    )


def _line(item: object, table: Entry) -> Line:
    entry = Entry(item, file=table.file, where="rows", words=_LINE_WORDS)
    return Line(
        key=entry.required("key"),
        code=entry.required("code"),
        label=entry.required("label"),
        groups=entry.texts("groups"),
        aliases=entry.texts("aliases"),
        same_as=entry.pairs("same_as"),
    )


def cells_of(table: Table) -> list[Row]:
    return [
        _cell(table, line, column) for line in table.lines for column in table.columns
    ]


def _cell(table: Table, line: Line, column: Column) -> Row:
    return Row(
        key=table.key(line, column),
        code=f"{line.code}:{column.key}",
        label="·".join((*line.groups, line.label, column.label)),
        unit=column.unit,
        json_unit=column.json_unit,
        depth=line.code.count("."),
        signed=column.signed,
        aliases=tuple(
            "·".join((*line.groups, alias, column.label)) for alias in line.aliases
        ),
        same_as=line.same_as.get(column.key),
        table=table.code,
        column=column.key,
    )


def relations_of(table: Table, item: object, file: str) -> tuple[Relation, ...]:
    entry = _table_entry(item, file)
    columns = [f"{table.prefix}.{{}}.{column.key}" for column in table.columns]
    lines = [f"{table.prefix}.{line.key}.{{}}" for line in table.lines]
    return (
        *_repeated(entry, "each_column", columns),
        *_repeated(entry, "each_row", lines),
    )


def _repeated(entry: Entry, word: str, patterns: list[str]) -> list[Relation]:
    """Every rule under ``word`` once for each pattern of a full key."""
    rules = entry.entry(word, tuple(STRENGTHS))
    return [
        parse_relation(_full_keys(rule, pattern), strength, "", entry.file)
        for kind, strength in STRENGTHS.items()
        for rule in rules.texts(kind)
        for pattern in patterns
    ]


def _full_keys(rule: str, pattern: str) -> str:
    return _TERM.sub(lambda m: f"{m[1] or ''}{pattern.format(m[2])}", rule)
