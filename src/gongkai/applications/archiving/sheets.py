"""Papers that are made when a case is filed, in the office's Chinese.

What they say is what the case says on that day; the archive keeps them as they are.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date

from django.utils import timezone

from gongkai import law
from gongkai.applications import notices
from gongkai.applications.choices import (
    ApplicantKind,
    Channel,
    IdentityKind,
    Manner,
    Route,
    Stage,
)
from gongkai.applications.models import Act, Case, CoHandling, Consultation
from gongkai.applications.persons import Sealed, read_note
from gongkai.applications.services.asking import consulted
from gongkai.applications.transitions import TRANSITIONS
from gongkai.law import BadHistory
from gongkai.registry.cells import plain_cell
from gongkai.registry.papers import (
    Align,
    Heading,
    Line,
    Paper,
    RuledTable,
    TableCell,
    Title,
    pdf,
)
from gongkai.registry.papers.blocks import Block

PURGED = "个人信息已清除"
OF = {"third_party": "第三方", "organ": "其他机关"}
ANSWERS = {"agrees": "同意", "refuses": "不同意", "silent": "逾期未提出意见", "": "—"}
COURSE = ("序号", "发生日期", "登记时间", "事项", "经办人", "内容")
Pairs = Sequence[tuple[str, str]]

_ACTS = {
    "register": "登记",
    "taken_over": "自旧台账转入",
    "recount": "工作日历调整后重新计算期限",
    "purge": "清除个人信息",
    "archive": "归档",
}


def register_sheet(case: Case, told: Sealed | None) -> bytes:
    """登记表: who asked for what, how it was handled; purged, without the person."""
    title = "政府信息公开申请登记表"
    rows = [*_facts(case), *(_person(case, told) if told else [("申请人", PURGED)])]
    rows += [*_wanted(case, told), *_handling(case)]
    head = Line(f"{case.agency.name}　{case.number}")
    return pdf(Paper(f"{title} {case.number}", (Title(title), head, _pairs(rows))))


def application_sheet(case: Case, told: Sealed) -> bytes:
    title = "政府信息公开申请表"
    rows = [*_person(case, told), *_wanted(case, told)]
    rows.append(("提交方式和日期", f"{_channel(case)}　{case.received_on.isoformat()}"))
    return pdf(Paper(f"{title} {case.number}", (Title(title), _pairs(rows))))


def letter_sheet(title: str, text: str) -> bytes:
    lines = [Line(line or "　") for line in text.strip().split("\n")]
    return pdf(Paper(title, (Title(title), *lines)))


def consultation_sheet(one: Consultation) -> bytes:
    told, of = consulted(one), OF[one.of]
    rows = [
        ("征求对象", f"{of}：{told.name if told else PURGED}"),
        ("联系方式", told.contact if told else ""),
        ("征求内容", told.question if told else ""),
        ("发出日期", one.sent_on.isoformat()),
        ("收到日期", _day(one.received_on)),
        ("答复期限", _day(one.due_on)),
        ("意见", ANSWERS[one.answer]),
        ("意见内容", told.opinion if told else ""),
        ("答复日期", _day(one.answered_on)),
        ("为公共利益仍予公开的理由", told.override if told else ""),
        ("决定日期", _day(one.overridden_on)),
    ]
    title = f"征求意见情况（{of}）"
    return pdf(Paper(title, (Title(title), _pairs([row for row in rows if row[1]]))))


def co_handling_sheet(case: Case, one: CoHandling) -> bytes:
    rows = [
        ("协办科室", one.section),
        ("协办人", one.person.name if one.person else ""),
        ("提请日期", one.asked_on.isoformat()),
        ("答复日期", _day(one.answered_on)),
        ("意见", read_note(case, one.sealed_opinion)),
    ]
    shown = [row for row in rows if row[1]]
    return pdf(Paper("协办意见", (Title("协办意见"), _pairs(shown))))


def course_sheet(case: Case, filed_on: date) -> bytes:
    """The clock's account in words, then each act."""
    title = "办理经过和期限计算"
    head: tuple[Block, ...] = (Title(title), Line(f"{case.agency.name}　{case.number}"))
    counted: tuple[Block, ...] = (
        Heading("期限计算"),
        *(Line(one) for one in account(case)),
    )
    rows = [COURSE, *course(case, filed_on)]
    cells = tuple(
        TableCell(place, column, text, align=Align.CENTER if not column else Align.LEFT)
        for place, row in enumerate(rows)
        for column, text in enumerate(row)
    )
    table = RuledTable(cells, (0.5, 1.1, 1.6, 2, 1, 4), head_rows=1)
    return pdf(
        Paper(f"{title} {case.number}", (*head, *counted, Heading("办理经过"), table))
    )


def course_table(case: Case, filed_on: date) -> bytes:
    return csv_bytes([COURSE, *course(case, filed_on)])


def account(case: Case) -> list[str]:
    """How the last day was reached, in sentences."""
    try:
        told = notices.sentences(case)
    except BadHistory as error:
        return [error.words("zh-hans")]
    if case.due_on is not None:
        told.append(f"答复期限截至 {case.due_on.isoformat()}。")
    if case.closed_on is not None:
        told.append(f"{case.closed_on.isoformat()} 办结。")
    return told


def course(case: Case, filed_on: date) -> Iterator[tuple[str, ...]]:
    """The acts in their order; the filing itself where it is under way."""
    acts = list(case.acts.select_related("by__person"))
    for place, act in enumerate(acts, 1):
        moment = timezone.localtime(act.at).strftime("%Y-%m-%d %H:%M")
        note = read_note(case, act.sealed_note)
        yield (
            *(str(place), act.on.isoformat(), moment),
            *(_what(act), _who(act), "；".join(filter(None, [*_facts_of(act), note]))),
        )
    if not any(act.to_stage == Stage.ARCHIVED for act in acts):
        yield str(len(acts) + 1), filed_on.isoformat(), "", "归档", "", ""


def csv_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    """UTF-8 with the mark by which a spreadsheet knows it; no cell is a formula."""
    held = io.StringIO()
    csv.writer(held, lineterminator="\r\n").writerows(
        [plain_cell(cell) for cell in row] for row in rows
    )
    return ("\ufeff" + held.getvalue()).encode()


# Rows


def _facts(case: Case) -> Pairs:
    confirmed = case.confirmed_on.isoformat() if case.confirmed_on else ""
    rows = [
        ("受理编号", case.number),
        ("原编号", case.legacy_number),
        ("收到日期", case.received_on.isoformat()),
        ("确认日期", confirmed),
        ("登记时间", timezone.localtime(case.registered_at).strftime("%Y-%m-%d %H:%M")),
        ("申请方式", _channel(case)),
        ("申请人类型", _label(ApplicantKind, case.applicant_kind)),
    ]
    return [row for row in rows if row[1]]


def _person(case: Case, told: Sealed) -> Pairs:
    who = told.applicant
    identity = f"{_label(IdentityKind, who.identity_kind)} {who.identity_no}".strip()
    rows = [
        ("申请人", who.name),
        ("证件", identity),
        ("联系人", who.contact_person),
        ("电话", who.phone),
        ("电子邮箱", who.email),
        ("通信地址", f"{who.address} {who.postcode}".strip()),
        ("代理人", f"{who.agent_name} {who.agent_identity_no}".strip()),
    ]
    return [row for row in rows if row[1]]


def _wanted(case: Case, told: Sealed | None) -> Pairs:
    wanted = told.wanted if told else None
    how = "、".join(
        word
        for word in (_label(Manner, case.manner), _label(Route, case.route))
        if word
    )
    rows = [
        ("申请内容", case.subject),
        ("文件名称", wanted.title if wanted else ""),
        ("文号", wanted.doc_no if wanted else ""),
        ("内容描述", wanted.description if wanted else ""),
        ("获取方式", how),
    ]
    return [row for row in rows if row[1]]


def _handling(case: Case) -> Pairs:
    fee = getattr(case, "fee", None)
    rows = [
        ("承办人", case.handler.name if case.handler else ""),
        ("答复期限", _day(case.due_on)),
        ("是否延期", "是" if case.was_extended else "否"),
        ("信息处理费", f"{fee.amount_yuan} 元，{_paid(fee.paid_on)}" if fee else ""),
        ("办理结果", result_words(case)),
        ("答复文号", case.reply_no),
        ("答复日期", _day(case.replied_on)),
        ("办结日期", _day(case.closed_on)),
        ("申请人评价", f"{case.rating} 分（满分 5 分）" if case.rating else ""),
    ]
    return [row for row in rows if row[1]]


def result_words(case: Case) -> str:
    if case.joined_into is not None:
        return f"并入 {case.joined_into.number}"
    known = law.regime(case.regime).results.get(case.result)
    if known is None:
        return "申请人撤回" if case.result else ""
    return f"{known.label.zh}（{case.result}）"


def _paid(on: date | None) -> str:
    return f"{on.isoformat()} 缴纳" if on else "未缴纳"


def _pairs(rows: Pairs) -> RuledTable:
    cells = [
        cell
        for place, (label, text) in enumerate([("项目", "内容"), *rows])
        for cell in (TableCell(place, 0, label), TableCell(place, 1, text))
    ]
    return RuledTable(tuple(cells), (1.0, 4.0), head_rows=1)


def _what(act: Act) -> str:
    row = TRANSITIONS.get(act.name)
    return _ACTS.get(act.name) or (str(row.label) if row else act.name)


def _who(act: Act) -> str:
    if act.by is not None:
        return act.by.person.name
    return "申请人" if act.by_applicant else "系统"


def _facts_of(act: Act) -> list[str]:
    facts = [f"{act.days} 个工作日"] if act.days else []
    return [*facts, f"至 {act.until.isoformat()}"] if act.until else facts


def _channel(case: Case) -> str:
    return _label(Channel, case.channel)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _label(choices: type, value: str) -> str:
    return str(dict(choices.choices).get(value, ""))  # type: ignore[attr-defined]
