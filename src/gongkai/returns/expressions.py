"""Relations as they are written in a form file: ``a = b + c``, ``a <= b``.

A term is a key; ``previous.`` before it means the figure of the year before.
"""

import re

from gongkai.returns.exceptions import FormError
from gongkai.returns.model import Operator, Relation, Strength, Term

STRENGTHS = {"errors": Strength.ERROR, "warnings": Strength.WARNING}

_OPERATOR = re.compile(r"[^\w\s.+-]+")
_SIGNS = re.compile(r"([+-])")
_KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*")
_PREVIOUS = "previous."


def parse_relation(text: str, strength: Strength, note: str, file: str) -> Relation:
    """Raises FormError on an operator or a term that is not understood."""
    operators = _OPERATOR.findall(text)
    if len(operators) != 1 or operators[0] not in set(Operator):
        known = "、".join(Operator)
        raise FormError(
            file=file,
            key=" ".join(text.split()),
            problem="不是可以识别的勾稽关系",
            remedy=f"每条关系写一个运算符（{known}），例如 a = b + c 或 a <= b",
        )
    left, right = text.split(operators[0])
    return Relation(
        left=_terms(left, text, file),
        op=Operator(operators[0]),
        right=_terms(right, text, file),
        strength=strength,
        note=note,
    )


def _terms(side: str, text: str, file: str) -> tuple[Term, ...]:
    parts = [part.strip() for part in _SIGNS.split(side)]
    if parts[0]:
        parts.insert(0, "+")
    else:
        parts.pop(0)
    pairs = zip(parts[::2], parts[1::2], strict=True) if parts else ()
    terms = tuple(_term(sign, key, text, file) for sign, key in pairs)
    if not terms:
        raise _not_a_term(side, text, file)
    return terms


def _term(sign: str, key: str, text: str, file: str) -> Term:
    if not _KEY.fullmatch(key):
        raise _not_a_term(key, text, file)
    return Term(
        key=key.removeprefix(_PREVIOUS),
        negative=sign == "-",
        previous=key.startswith(_PREVIOUS),
    )


def _not_a_term(part: str, text: str, file: str) -> FormError:
    return FormError(
        file=file,
        key=" ".join(text.split()),
        problem=f"中的“{part.strip()}”不是指标键",
        remedy="各项之间用 + 或 - 连接，键由小写字母、数字、下划线和点组成",
    )
