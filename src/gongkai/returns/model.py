"""A statistical form as frozen data: rows, cells, relations, years of force."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from gongkai.returns.labels import normalise, plain_name

YUAN = "元"
TEN_THOUSAND_YUAN = "万元"


class Strength(StrEnum):
    """An error stops a filing; a warning may be explained in a note."""

    ERROR = "error"
    WARNING = "warning"


class Operator(StrEnum):
    EQUAL = "="
    AT_MOST = "<="
    AT_LEAST = ">="


@dataclass(frozen=True)
class Blank:
    """A place in the head or foot of the form to be filled with text."""

    key: str
    label: str


@dataclass(frozen=True)
class Row:
    """One figure of a form, or a heading where ``key`` is None.

    ``unit`` is what the form prints, "" where it leaves the cell blank;
    ``json_unit`` is what a stored figure counts: money is stored in 元 though the
    form prints 万元. ``table`` and ``column`` are set for the cells of a table.
    """

    key: str | None
    code: str
    label: str
    unit: str = ""
    json_unit: str = ""
    depth: int = 0
    header: bool = False
    optional: bool = False
    signed: bool = False
    aliases: tuple[str, ...] = ()
    same_as: str | None = None
    table: str | None = None
    column: str | None = None

    @property
    def name(self) -> str:
        return "·".join(plain_name(part) for part in self.label.split("·"))

    @property
    def is_money(self) -> bool:
        return self.json_unit == YUAN


@dataclass(frozen=True)
class Column:
    key: str
    label: str
    group: str = ""
    unit: str = ""
    json_unit: str = ""
    signed: bool = False


@dataclass(frozen=True)
class Line:
    """A row of a table; ``groups`` are the spanning labels to its left."""

    key: str
    code: str
    label: str
    groups: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    same_as: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A block of rows by columns; its figures are cells in ``Form.rows``.

    ``is_across``: printed with its rows side by side, above one line of figures.
    """

    code: str
    prefix: str
    title: str
    heading: str
    note: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    is_across: bool = False

    def key(self, line: Line, column: Column) -> str:
        return f"{self.prefix}.{line.key}.{column.key}"


@dataclass(frozen=True)
class Term:
    """A figure of this report year, or of the year before."""

    key: str
    negative: bool = False
    previous: bool = False

    def __str__(self) -> str:
        return f"previous.{self.key}" if self.previous else self.key


@dataclass(frozen=True)
class Relation:
    left: tuple[Term, ...]
    op: Operator
    right: tuple[Term, ...]
    strength: Strength
    note: str = ""

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.left + self.right

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key once, the left side first."""
        return tuple(dict.fromkeys(term.key for term in self.terms))

    def __str__(self) -> str:
        return f"{spell(self.left)} {self.op} {spell(self.right)}"


def spell(terms: tuple[Term, ...]) -> str:
    signed = "".join(f" {'-' if t.negative else '+'} {t}" for t in terms)
    return signed.removeprefix(" + ").strip()


@dataclass(frozen=True)
class Years:
    """Report years in which a form is filled; ``last`` None means still in force."""

    first: int
    last: int | None
    source: str

    def __contains__(self, year: int) -> bool:
        return self.first <= year and (self.last is None or year <= self.last)


@dataclass(frozen=True)
class Form:
    """``area`` is "" for the form of the whole country, else whose variant it is."""

    name: str
    title: str
    issued: str
    years: Years
    area: str
    extends: str | None
    head: tuple[Blank, ...]
    foot: tuple[Blank, ...]
    rows: tuple[Row, ...]
    tables: tuple[Table, ...]
    relations: tuple[Relation, ...]

    @cached_property
    def by_key(self) -> Mapping[str, Row]:
        return {row.key: row for row in self.rows if row.key}

    @property
    def figures(self) -> tuple[Row, ...]:
        """Rows that take a figure, in the order of the form."""
        return tuple(self.by_key.values())

    def relations_of(self, key: str) -> tuple[Relation, ...]:
        return tuple(r for r in self.relations if key in r.keys)

    def rows_labelled(self, label: str) -> tuple[Row, ...]:
        """Rows so labelled, misprints included; 被依法纠错数 stands in two places."""
        return self._by_label.get(normalise(label), ())

    @cached_property
    def _by_label(self) -> Mapping[str, tuple[Row, ...]]:
        found: dict[str, tuple[Row, ...]] = {}
        for row in self.rows:
            spellings = {normalise(label) for label in (row.label, *row.aliases)}
            for spelling in spellings:
                found[spelling] = (*found.get(spelling, ()), row)
        return found
