"""Which regulations and which official form a report was made under."""

import re
from typing import Literal

from gongkai.reportreader.writing import READING

Regime = Literal["2008", "2019"]
FormName = Literal["2014", "2019", "2021"]

# Words that only the tables have, each with the form that it belongs to.
_MARKS: dict[FormName, tuple[str, ...]] = {
    "2014": (
        "政府信息公开情况统计表",
        "统计指标",
        "通过不同渠道和方式公开政府信息的情况",
        "政府网站公开政府信息数",
        "政务微博公开政府信息数",
        "回应公众关注热点或重大舆情数",
        "按时办结数",
        "同意公开答复数",
        "不同意公开答复数",
        "告知作出更改补充数",
    ),
    "2019": (
        "本年新制作数量",
        "本年新公开数量",
        "对外公开总数量",
        "上一年项目数量",
        "采购项目数量",
        "采购总金额",
    ),
    "2021": (
        "本年制发件数",
        "本年废止件数",
        "现行有效件数",
        "申请人无正当理由逾期不补正",
    ),
}
_ENOUGH = 2


def regime_of(year: int) -> Regime:
    """Reports on 2019 and later years are made under Order 711 of 2019."""
    return "2008" if year < 2019 else "2019"


def form_in_force(year: int) -> FormName | None:
    """国办发〔2014〕32号; 国办公开办函〔2019〕60号; 国办公开办函〔2021〕30号."""
    if year < 2014:
        return None
    if year < 2019:
        return "2014"
    return "2019" if year < 2021 else "2021"


def form_in(folded: str) -> FormName | None:
    """The form whose tables the text prints, by the words that only they have."""
    text = re.sub(rf"[ \t]+|{READING}", "", folded)
    found = {
        form: sum(mark in text for mark in marks) for form, marks in _MARKS.items()
    }
    form = max(found, key=lambda name: (found[name], name))
    return form if found[form] >= _ENOUGH else None
