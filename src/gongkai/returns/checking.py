"""Judging the figures of a form by its relations.

A figure left out is unknown, not zero: a relation is judged only when every figure
it names is known.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from gongkai.returns.exceptions import BadValues, ValueProblem
from gongkai.returns.model import Form, Operator, Relation, Row, Strength, Term

Figure = int | Decimal
Figures = Mapping[Term, Figure]

# Far above any office's figures; keeps a slip of the exponent out of the arithmetic.
LIMIT = 10**15
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_SHOWN = 40
# A sum of more figures than this is not named one by one.
MANY = 3

_VERBS = {
    Operator.EQUAL: ("应等于", "≠"),
    Operator.AT_MOST: ("大于", ">"),
    Operator.AT_LEAST: ("小于", "<"),
}


@dataclass(frozen=True)
class Broken:
    """A relation that the figures do not keep, with a sentence that spells it out."""

    relation: Relation
    keys: tuple[str, ...]
    message: str
    strength: Strength


@dataclass(frozen=True)
class CheckResult:
    errors: tuple[Broken, ...]
    warnings: tuple[Broken, ...]

    @property
    def is_clean(self) -> bool:
        return not self.errors


def check(
    form: Form,
    values: Mapping[str, object],
    previous: Mapping[str, object] | None = None,
    *,
    is_same_body: bool = True,
) -> CheckResult:
    """Relations broken by ``values``; money is in 元.

    ``previous`` holds the filing of the year before, of this form or another; without
    it relations across years are not judged. They only warn where the body was merged
    or split since, ``is_same_body`` False. Raises BadValues before judging anything if
    a key is not in the form or a value cannot stand in its row.
    """
    figures = read_figures(form, values, previous or {})
    broken = [
        Broken(r, r.keys, _message(form, r, figures), _strength(r, is_same_body))
        for r in form.relations
        if _judge(r, figures) is False
    ]
    return CheckResult(
        errors=tuple(b for b in broken if b.strength is Strength.ERROR),
        warnings=tuple(b for b in broken if b.strength is Strength.WARNING),
    )


def _strength(relation: Relation, is_same_body: bool) -> Strength:
    is_across_years = any(term.previous for term in relation.terms)
    if is_across_years and not is_same_body:
        return Strength.WARNING
    return relation.strength


def judge(form: Form, relation: Relation, values: Mapping[str, object]) -> bool | None:
    """Whether ``values`` keep the relation; None while one of them is unknown."""
    return _judge(relation, read_figures(form, values, {}))


def read_figures(
    form: Form, values: Mapping[str, object], previous: Mapping[str, object]
) -> Figures:
    """The known figures of both years; raises BadValues with every problem found."""
    found: dict[Term, Figure] = {}
    problems: list[ValueProblem] = []
    comparable = {key: v for key, v in previous.items() if key in form.by_key}
    for mapping, is_previous in ((values, False), (comparable, True)):
        for key, raw in mapping.items():
            figure = read_value(form, key, raw)
            if isinstance(figure, ValueProblem):
                problems.append(figure)
            elif figure is not None:
                found[Term(key, previous=is_previous)] = figure
    if problems:
        raise BadValues(tuple(problems))
    return found


def read_value(form: Form, key: str, raw: object) -> Figure | ValueProblem | None:
    """A figure as its row takes it: money as Decimal 元, anything else as int."""
    row = form.by_key.get(key)
    if row is None:
        return _unknown_key(form, key, raw)
    if raw is None:
        return None
    number = _number(raw)
    fault = "不是数字" if number is None else _fault(row, number)
    if number is None or fault:
        return ValueProblem(key, row.name, _shown(raw), fault, _remedy(row))
    return number if row.is_money else int(number)


def _number(raw: object) -> Decimal | None:
    if isinstance(raw, str) and _NUMBER.fullmatch(raw):
        return Decimal(raw)
    # bool is an int to Python, and a float has already lost the figure typed.
    if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        number = Decimal(raw)
        return number if number.is_finite() else None
    return None


def _fault(row: Row, number: Decimal) -> str:
    if number < 0 and not row.signed:
        return "小于 0"
    # Unlike abs(), copy_abs() does not overflow on 1e9999999.
    if number.copy_abs() >= LIMIT:
        return "过大"
    if row.is_money and number != round(number, 2):
        return "小数超过两位"
    if not row.is_money and number != number.to_integral_value():
        return "不是整数"
    return ""


def _remedy(row: Row) -> str:
    if row.is_money:
        return "请以元为单位填写不小于 0 的金额，最多两位小数；不掌握的不填"
    if row.signed:
        return "请填写整数，减少写负数；不掌握的不填"
    return "请填写不小于 0 的整数，不带单位和逗号；不掌握的不填"


def _unknown_key(form: Form, key: str, raw: object) -> ValueProblem:
    near = get_close_matches(key, form.by_key, n=1)
    hint = f"是否为 {near[0]}" if near else "用 check_form --list 查看全部键"
    return ValueProblem(
        key, "", _shown(raw), f"不能填：表 {form.name} 没有这个键", hint
    )


def _shown(raw: object) -> str:
    if isinstance(raw, Decimal):
        return str(raw)[:_SHOWN]
    if isinstance(raw, int) and abs(raw) >= LIMIT:
        return "（过长的整数）"
    return repr(raw)[:_SHOWN]


def _judge(relation: Relation, figures: Figures) -> bool | None:
    left = _side(relation.left, figures)
    right = _side(relation.right, figures)
    if left is None or right is None:
        return None
    match relation.op:
        case Operator.EQUAL:
            return left == right
        case Operator.AT_MOST:
            return left <= right
        case Operator.AT_LEAST:
            return left >= right


def _side(terms: tuple[Term, ...], figures: Figures) -> Figure | None:
    if any(_figure_of(term) not in figures for term in terms):
        return None
    return _known_side(terms, figures)


def _known_side(terms: tuple[Term, ...], figures: Figures) -> Figure:
    total: Figure = 0
    for term in terms:
        figure = figures[_figure_of(term)]
        total += -figure if term.negative else figure
    return total


def _figure_of(term: Term) -> Term:
    return Term(term.key, previous=term.previous)


def _message(form: Form, relation: Relation, figures: Figures) -> str:
    verb, sign = _VERBS[relation.op]
    sentence = f"{_named(form, relation.left, figures)}{verb}"
    sentence += _named(form, relation.right, figures)
    if len(relation.terms) > 2 or relation.op is Operator.EQUAL:
        sums = [_sum(side, figures) for side in (relation.left, relation.right)]
        sentence += f"：{f' {sign} '.join(sums)}"
    return f"{sentence}。{relation.note}"


def _named(form: Form, terms: tuple[Term, ...], figures: Figures) -> str:
    if len(terms) > MANY:
        return f"所列 {len(terms)} 项之和 {_plain(_known_side(terms, figures))}"
    if len(terms) > 1:
        names = (("－" if t.negative else "＋") + _name(form, t) for t in terms)
        return f"“{''.join(names).removeprefix('＋')}”"
    unit = form.by_key[terms[0].key].json_unit
    figure = _plain(figures[_figure_of(terms[0])])
    return f"{_name(form, terms[0])} {figure} {unit}".rstrip()


def _name(form: Form, term: Term) -> str:
    name = form.by_key[term.key].name
    return f"上一年度{name}" if term.previous else name


def _sum(terms: tuple[Term, ...], figures: Figures) -> str:
    parts = (
        f" {'-' if t.negative else '+'} {_plain(figures[_figure_of(t)])}" for t in terms
    )
    return "".join(parts).removeprefix(" + ").strip()


def _plain(figure: Figure) -> str:
    return format(figure, "f") if isinstance(figure, Decimal) else str(figure)
