"""From the directory of form files to forms; a new form is just a new file."""

from functools import lru_cache
from pathlib import Path

from gongkai.returns.documents import Entry, read_document
from gongkai.returns.exceptions import FormError, UnknownForm
from gongkai.returns.expressions import STRENGTHS, parse_relation
from gongkai.returns.model import (
    TEN_THOUSAND_YUAN,
    YUAN,
    Blank,
    Form,
    Relation,
    Row,
    Strength,
    Table,
    Years,
)
from gongkai.returns.tables import cells_of, read_table, relations_of

FORMS = Path(__file__).parent / "forms"

_FORM_WORDS = (
    *("title", "issued", "years", "area", "extends", "head", "foot"),
    *("rows", "tables", "relations", "drop", "drop_relations"),
)
_ROW_WORDS = (
    *("code", "key", "label", "unit", "json_unit", "header", "optional", "signed"),
    *("aliases", "same_as", "after"),
)


def list_forms(directory: Path = FORMS) -> tuple[str, ...]:
    """Names of the shipped forms and of those in ``directory``, sorted."""
    found = {path.stem for place in {FORMS, directory} for path in place.glob("*.yaml")}
    return tuple(sorted(found))


def form_in_force(year: int, area: str = "", directory: Path = FORMS) -> Form | None:
    """The form of a report year: the area's own variant before the country's."""
    forms = [load_form(name, directory) for name in list_forms(directory)]
    in_force: dict[str, Form] = {}
    for form in (form for form in forms if year in form.years):
        rival = in_force.setdefault(form.area, form)
        if rival is not form:
            raise _both_in_force(form, rival, year)
    return in_force.get(area) or in_force.get("")


def _both_in_force(form: Form, rival: Form, year: int) -> FormError:
    return FormError(
        file=f"{form.name}.yaml",
        key="years",
        problem=f"与 {rival.name}.yaml 都包含 {year} 年度",
        remedy="改正其中一个的 years，或用 area 写明适用地区",
    )


@lru_cache(maxsize=64)
def load_form(name: str, directory: Path = FORMS) -> Form:
    """Raises UnknownForm, or FormError naming the file, the key and the remedy."""
    form = _read(name, directory, ())
    _check_relations(form)
    return form


def _read(name: str, directory: Path, children: tuple[str, ...]) -> Form:
    entry = read_document(_path(name, directory), _FORM_WORDS)
    if name in children:
        raise entry.error("最终扩展了自己", "改掉其中一个文件的 extends")
    extends = entry.text("extends") or None
    base = _read(extends, directory, (*children, name)) if extends else None
    form = _merged(name, entry, base)
    _check_unique(form)
    return form


def _path(name: str, directory: Path) -> Path:
    known = list_forms(directory)
    if name not in known:
        raise UnknownForm(
            file=f"{name}.yaml",
            key=name,
            problem="没有这个表",
            remedy=f"现有的表：{'、'.join(known)}",
        )
    own = directory / f"{name}.yaml"
    return own if own.exists() else FORMS / f"{name}.yaml"


def _merged(name: str, entry: Entry, base: Form | None) -> Form:
    tables = tuple(read_table(item, entry.file) for item in entry.items("tables"))
    own_relations = _relations(entry) + _table_relations(tables, entry)
    return Form(
        name=name,
        title=entry.text("title") or (base.title if base else entry.required("title")),
        issued=entry.text("issued") or (base.issued if base else ""),
        years=_years(entry, base),
        area=_area(entry, base),
        extends=base.name if base else None,
        head=_blanks(entry, "head") or (base.head if base else ()),
        foot=_blanks(entry, "foot") or (base.foot if base else ()),
        rows=_rows(entry, base, tables),
        tables=(base.tables if base else ()) + tables,
        relations=_kept_relations(entry, base) + own_relations,
    )


def _years(entry: Entry, base: Form | None) -> Years:
    if base and "years" not in entry:
        return base.years
    years = entry.entry("years", ("first", "last", "source"))
    first = years.number("first")
    if first is None:
        raise years.error("缺少 first", "写明本表适用的第一个报告年度")
    return Years(first, years.number("last"), years.required("source"))


def _area(entry: Entry, base: Form | None) -> str:
    """A variant must say whose it is, or two forms would claim the same years."""
    area = entry.text("area")
    if base and not area:
        raise entry.error("扩展了别的表却没有 area", "写明使用本表的地区，例如 安徽省")
    return area


def _blanks(entry: Entry, word: str) -> tuple[Blank, ...]:
    words = ("key", "label")
    blanks = [
        Entry(item, file=entry.file, where=word, words=words)
        for item in entry.items(word)
    ]
    return tuple(Blank(b.required("key"), b.required("label")) for b in blanks)


def _rows(
    entry: Entry, base: Form | None, tables: tuple[Table, ...]
) -> tuple[Row, ...]:
    rows = _kept_rows(entry, base)
    for item in entry.items("rows"):
        row_entry = Entry(item, file=entry.file, where="rows", words=_ROW_WORDS)
        rows.insert(_place(row_entry, rows), _row(row_entry))
    return (*rows, *(cell for table in tables for cell in cells_of(table)))


def _kept_rows(entry: Entry, base: Form | None) -> list[Row]:
    rows = list(base.rows) if base else []
    dropped = entry.texts("drop")
    for name in dropped:
        if not any(name in {row.key, row.code} for row in rows):
            raise entry.error(
                f"的 drop 中没有 {name} 这一行", "写被扩展的表里的键或编码"
            )
    return [row for row in rows if not {row.key, row.code} & set(dropped)]


def _place(entry: Entry, rows: list[Row]) -> int:
    after = entry.text("after")
    if not after:
        return len(rows)
    for index, row in enumerate(rows):
        if after in {row.key, row.code}:
            return index + 1
    raise entry.error(f"的 after 中没有 {after} 这一行", "写前面某一行的键或编码")


def _row(entry: Entry) -> Row:
    code = entry.required("code")
    entry.where = code
    key = entry.text("key") or None
    unit = entry.text("unit")
    json_unit = entry.text("json_unit", unit)
    if unit == TEN_THOUSAND_YUAN and json_unit != YUAN:
        raise entry.error("以万元填报", "加上 json_unit: 元，金额一律按元保存")
    return Row(
        key=key,
        code=code,
        label=entry.required("label"),
        unit=unit,
        json_unit=json_unit,
        depth=code.count("."),
        header=entry.flag("header") or key is None,
        optional=entry.flag("optional"),
        signed=entry.flag("signed"),
        aliases=entry.texts("aliases"),
        same_as=entry.text("same_as") or None,
    )


def _relations(entry: Entry) -> tuple[Relation, ...]:
    block = entry.entry("relations", tuple(STRENGTHS))
    return tuple(
        _relation(item, strength, entry.file)
        for word, strength in STRENGTHS.items()
        for item in block.items(word)
    )


def _relation(item: object, strength: Strength, file: str) -> Relation:
    if isinstance(item, str):
        return parse_relation(item, strength, "", file)
    entry = Entry(item, file=file, where="relations", words=("rule", "note"))
    return parse_relation(entry.required("rule"), strength, entry.text("note"), file)


def _table_relations(tables: tuple[Table, ...], entry: Entry) -> tuple[Relation, ...]:
    pairs = zip(tables, entry.items("tables"), strict=True)
    return tuple(
        relation
        for table, item in pairs
        for relation in relations_of(table, item, entry.file)
    )


def _kept_relations(entry: Entry, base: Form | None) -> tuple[Relation, ...]:
    relations = base.relations if base else ()
    dropped = {
        str(parse_relation(text, Strength.ERROR, "", entry.file))
        for text in entry.texts("drop_relations")
    }
    for text in dropped - {str(relation) for relation in relations}:
        raise entry.error(
            f"的 drop_relations 中没有“{text}”这一条", "照抄被扩展的表里的关系"
        )
    return tuple(relation for relation in relations if str(relation) not in dropped)


def _check_unique(form: Form) -> None:
    for word, names in (
        ("键", [row.key for row in form.rows if row.key]),
        ("编码", [row.code for row in form.rows]),
        ("关系", [str(relation) for relation in form.relations]),
    ):
        for name in names:
            if names.count(name) > 1:
                raise FormError(
                    file=f"{form.name}.yaml",
                    key=name,
                    problem=f"这个{word}用了两次",
                    remedy="改名或删去其中一处；要替换被扩展的表，先写进 drop",
                )


def _check_relations(form: Form) -> None:
    for relation in form.relations:
        for key in relation.keys:
            if key not in form.by_key:
                raise FormError(
                    file=f"{form.name}.yaml",
                    key=key,
                    problem=f"不在表中，却用于“{relation}”",
                    remedy="改正键名，或把这条关系写进 drop_relations",
                )
