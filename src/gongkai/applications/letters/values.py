"""What a case, its agency and an act give to the fields of a letter."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from gongkai import law
from gongkai.agencies.models import Agency
from gongkai.applications import clock
from gongkai.applications.choices import (
    ApplicantKind,
    Channel,
    IdentityKind,
    Manner,
    Route,
)
from gongkai.applications.letters.kinds import Kind
from gongkai.applications.models import Act, Case
from gongkai.applications.persons import Sealed, open_case
from gongkai.law.model import Text
from gongkai.law.remedies import remedy

CHINESE = "zh-hans"
EMPTY = "—"
NAMES = {
    "text": "事项",
    "party": "对方",
    "contact": "对方联系方式",
    "basis": "收费方式",
    "quantity": "数量",
    "amount": "金额",
    "remedy": "救济途径",
    "query_code": "查询码",
}
"""By the word with which an act hands it over."""
_DAYS = {"correction": "补正期限", "delay": "答复日期", "fee": "缴费期限"}
"""What the act's ``until`` is, by kind of letter."""


def values_of(case: Case, kind: Kind, on: date) -> dict[str, str]:
    """The case's and its agency's own, as a letter of ``on`` tells them.

    Raises CannotOpen once the case was purged. Two queries.
    """
    told = open_case(case)
    values = {**_of_agency(case.agency), **_of_case(case), "日期": chinese_date(on)}
    if kind.to in {"applicant", "file"}:
        values |= _of_applicant(case, told) | _of_course(case)
    if kind.to == "file":
        values |= _of_sheet(case, told)
        return {name: value or EMPTY for name, value in values.items()}
    return values


def values_of_act(act: Act, kind: Kind, given: Mapping[str, str]) -> dict[str, str]:
    """Those and what the act was given. Raises CannotOpen."""
    values = values_of(act.case, kind, act.on)
    values |= {NAMES[word]: told for word, told in given.items() if word in NAMES}
    if act.until is not None and kind.key in _DAYS:
        values[_DAYS[kind.key]] = chinese_date(act.until)
    if act.days is not None:
        values["延长工作日"] = str(act.days)
    return values


def remedies_of(
    case: Case, result: str, on: date, fields: Mapping[str, str] | None = None
) -> str:
    """The sentence that is right for code and day; its bodies named where given."""
    regime, given = law.regime(case.regime), fields or {}
    told = remedy(regime, regime.result(result), on)
    review, court = given.get("复议机关", ""), given.get("管辖法院", "")
    if review.strip():
        told = replace(told, review_body=Text(review.strip(), review.strip()))
    if court.strip():
        told = replace(told, court=Text(court.strip(), court.strip()))
    return told.words(CHINESE)


def sentences(case: Case, language: str = CHINESE) -> list[str]:
    """How the due date was reached, segment by segment, in plain words."""
    return [segment.words(language) for segment in clock.clock_of(case).segments]


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _date(day: date | None) -> str:
    return chinese_date(day) if day is not None else ""


def _of_agency(agency: Agency) -> dict[str, str]:
    office = agency.office_name or agency.name
    reach = [
        f"{label}{value}"
        for label, value in (("电话：", agency.phone), ("地址：", agency.address))
        if value
    ]
    return {
        "机关名称": agency.name,
        "机关简称": agency.short_name or agency.name,
        "公开机构": office,
        "机关地址": agency.address,
        "机关电话": agency.phone,
        "机关传真": agency.fax,
        "机关邮箱": agency.email,
        "办公时间": agency.hours,
        "机关联系方式": "；".join([office, *reach]) + "。" if reach else "",
    }


def _of_case(case: Case) -> dict[str, str]:
    return {
        "受理编号": case.number,
        "收到日期": chinese_date(case.received_on),
        "申请内容": case.subject,
    }


def _of_applicant(case: Case, told: Sealed) -> dict[str, str]:
    who, wanted = told.applicant, told.wanted
    is_person = case.applicant_kind == ApplicantKind.NATURAL_PERSON
    return {
        "申请人": who.name,
        "称谓": "你" if is_person else "你单位",
        "申请人地址": who.address,
        "申请人邮编": who.postcode,
        "代理人": who.agent_name,
        "申请文件名称": wanted.title,
        "申请文件文号": wanted.doc_no,
        "申请描述": wanted.description,
        "提供方式": _label(Manner, case.manner),
        "领取方式": _label(Route, case.route),
    }


def _of_course(case: Case) -> dict[str, str]:
    days = dict(
        case.acts.filter(name__in=("receive_correction", "extend")).values_list(
            "name", "on"
        )
    )
    return {
        "补正日期": _date(days.get("receive_correction")),
        "延期告知日期": _date(days.get("extend")),
        "答复期限": _date(case.due_on),
        "期限说明": "\n".join(sentences(case)),
    }


def _of_sheet(case: Case, told: Sealed) -> dict[str, str]:
    who = told.applicant
    kind = _label(IdentityKind, who.identity_kind)
    result = law.regime(case.regime).results.get(case.result)
    return {
        "申请人类别": _label(ApplicantKind, case.applicant_kind),
        "证件": f"{kind} {who.identity_no}".strip(),
        "申请人电话": who.phone,
        "申请人邮箱": who.email,
        "受理渠道": _label(Channel, case.channel),
        "经办人": case.handler.name if case.handler is not None else "",
        "办理结果": result.label.zh if result is not None else "",
        "办结日期": _date(case.replied_on or case.closed_on),
    }


def _label(choices: type, value: str) -> str:
    return str(dict(choices.choices).get(value, ""))  # type: ignore[attr-defined]
