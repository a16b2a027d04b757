"""The official statistical forms as data: rows, indicators, relations, checks."""

from gongkai.returns.checking import (
    Broken,
    CheckResult,
    check,
    judge,
    read_value,
)
from gongkai.returns.exceptions import (
    BadValues,
    FormError,
    UnknownForm,
    ValueProblem,
)
from gongkai.returns.indicators import Indicator, indicator, indicators
from gongkai.returns.labels import normalise, plain_name
from gongkai.returns.loading import FORMS, form_in_force, list_forms, load_form
from gongkai.returns.model import Form, Relation, Row, Strength, Table

__all__ = [
    "FORMS",
    "BadValues",
    "Broken",
    "CheckResult",
    "Form",
    "FormError",
    "Indicator",
    "Relation",
    "Row",
    "Strength",
    "Table",
    "UnknownForm",
    "ValueProblem",
    "check",
    "form_in_force",
    "indicator",
    "indicators",
    "judge",
    "list_forms",
    "load_form",
    "normalise",
    "plain_name",
    "read_value",
]
