"""The letters of a case: text filled from it, sealed, printed by office and applicant.

Names of the set: Suqian's published forms (domain §3). Each text is one template.
"""

from collections.abc import Mapping
from datetime import date

from django.template import Context, Engine
from django.utils import translation

from gongkai import law
from gongkai.applications import clock
from gongkai.applications.models import Act, Case, Notice
from gongkai.applications.persons import open_case
from gongkai.registry.sealing import CannotOpen, seal, unseal

PLACE = "notice"
RECEIPT = "接收回执"
TEMPLATES = {
    "接收回执": "receipt",
    "补正告知书": "correction",
    "说明理由告知书": "reasons",
    "延期答复告知书": "extension",
    "征求意见书（第三方）": "third_party",
    "征求意见告知书": "third_party_told",
    "依申请公开告知书（第三方）": "override",
    "征求意见书（共同制作机关）": "organ",
    "收费通知书": "fee",
    "政府信息公开告知书（非本机关）": "transfer",
}
TO_OTHERS = frozenset(
    {"征求意见书（第三方）", "依申请公开告知书（第三方）", "征求意见书（共同制作机关）"}
)


def make(act: Act, title: str, fields: Mapping[str, str]) -> Notice:
    """Fill and seal the letter of an act. Part of the act's transaction.

    It is a copy of what was told on that day: a later change of the case leaves it.
    """
    case = act.case
    return Notice.objects.create(
        case=case,
        act=act,
        kind=TEMPLATES[title],
        title=title.split("（")[0],
        made_on=act.on,
        to_applicant=title not in TO_OTHERS,
        sealed_text=seal(case.data_key, _text(act, title, fields).encode(), PLACE),
    )


def receipt(act: Act) -> str:
    """The 接收回执 of a registration, which holds the query code; never stored.

    Raises CannotOpen once the case was purged.
    """
    code = open_case(act.case).query_code
    return _text(act, RECEIPT, {"query_code": code})


def read(notice: Notice) -> str:
    """Its text; empty once the case was purged."""
    try:
        return unseal(notice.case.data_key, notice.sealed_text, PLACE).decode()
    except CannotOpen:
        return ""


def _text(act: Act, title: str, fields: Mapping[str, str]) -> str:
    case, told = act.case, open_case(act.case)
    context = {
        "case": case,
        "agency": case.agency,
        "applicant": told.applicant,
        "wanted": told.wanted,
        "on": act.on,
        "until": act.until,
        "days": act.days,
        "clock": sentences(case),
        **fields,
    }
    return _filled(title, context)


def _filled(title: str, context: Mapping[str, object]) -> str:
    """Plain text: escaping is the business of whoever puts it into a page."""
    template = Engine.get_default().get_template(
        f"applications/notices/{TEMPLATES[title]}.txt"
    )
    # A letter of the office is Chinese, in whatever language the clerk works.
    with translation.override("zh-hans"):
        text: str = template.render(Context(dict(context), autoescape=False))
    return text.strip() + "\n"


def sentences(case: Case, language: str = "zh-hans") -> list[str]:
    """How the due date was reached, segment by segment, in plain words."""
    return [segment.words(language) for segment in clock.clock_of(case).segments]


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def terms_of(case: Case) -> Mapping[str, law.Term]:
    return law.regime(case.regime).terms
