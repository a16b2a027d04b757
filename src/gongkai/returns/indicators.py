"""One key, one meaning: every figure that reports, measures and exports may name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from gongkai.returns.loading import list_forms, load_form
from gongkai.returns.model import Row


@dataclass(frozen=True)
class Indicator:
    """``unit`` is that of the stored figure; ``code`` and ``form`` None in prose."""

    key: str
    label: str
    unit: str
    form: str | None = None
    code: str | None = None


# Figures that annual reports state though no form has a row for them.
PROSE = (
    Indicator("hotline_received", "热线受理数", "件"),
    Indicator("hotline_closed", "热线办结数", "件"),
    Indicator("site_visits", "网站访问量", "次"),
    Indicator("key_area_items", "重点领域信息公开数", "条"),
    Indicator("submissions", "信息报送数", "条"),
)


@lru_cache(maxsize=1)
def indicators() -> Mapping[str, Indicator]:
    """All keys: those of the forms, older form first, then those of prose alone."""
    forms = sorted(map(load_form, list_forms()), key=lambda form: form.years.first)
    found = {indicator.key: indicator for indicator in PROSE}
    for form in forms:
        for row in form.figures:
            found.setdefault(str(row.key), _indicator(form.name, row))
    return found


def indicator(key: str) -> Indicator | None:
    return indicators().get(key)


def _indicator(form: str, row: Row) -> Indicator:
    return Indicator(str(row.key), row.name, row.json_unit, form, row.code)
