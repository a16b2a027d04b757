"""The desk's importer: rows of the register that an office kept before."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai import law
from gongkai.accounts.models import User
from gongkai.agencies.acting import acting_agency, scope_of_request
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import scope_of
from gongkai.applications import oldwords
from gongkai.applications.choices import Channel
from gongkai.applications.exceptions import BadInput
from gongkai.applications.models import Case
from gongkai.applications.oldwords import NotUnderstood
from gongkai.applications.permissions import can_import
from gongkai.applications.persons import Applicant, Wanted, mask_name, mask_number
from gongkai.applications.services import taking_over
from gongkai.applications.services.registering import SUBJECT_LENGTH, Incoming
from gongkai.applications.services.taking_over import OldCase
from gongkai.registry.imports import BadRow, Column, Parsed, RowError, register
from gongkai.registry.imports.tables import is_cut_number
from gongkai.registry.sealing import blind_index

_NUMBERS = re.compile(r"[0-9０-９][0-9０-９\-]{9,20}[0-9０-９Xx]")
_LENGTHS = {"legacy_number": 60, "reply_no": 80}
_DAYS_HINT = gettext_lazy("A day, such as 2024-03-18 or 2024年3月18日")


def _column(
    name: str,
    label: str,
    *aliases: str,
    required: bool = False,
    hint: object = "",
) -> Column:
    return Column(name, label, aliases, required, hint)  # type: ignore[arg-type]


# Headings of an office's register; the label is the usual one, verbatim.
COLUMNS = (
    _column("serial", "序号", "编号"),
    _column(
        "legacy_number",
        "受理编号",
        *("登记号", "登记编号", "申请编号", "案件编号", "流水号", "受理号"),
        hint=gettext_lazy(
            "The number in the old register; a row with a number that is here already "
            "does not come in again."
        ),
    ),
    _column(
        "received_on",
        "收到日期",
        *("收到时间", "收件日期", "接收日期", "申请日期", "申请时间", "受理日期"),
        *("登记日期", "收到申请时间", "收文日期"),
        required=True,
        hint=_DAYS_HINT,
    ),
    _column("confirmed_on", "确认日期", "确认收到日期", hint=_DAYS_HINT),
    _column(
        "name",
        "申请人",
        *("申请人姓名", "申请人名称", "姓名", "申请人姓名或名称", "申请人姓名/名称"),
        required=True,
    ),
    _column(
        "kind",
        "申请人类型",
        *("申请人类别", "申请人性质", "申请人情况", "类型"),
        hint="自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他",
    ),
    _column("identity_kind", "证件类型", "证件名称", "证件种类"),
    _column("identity_no", "证件号码", "身份证号", "身份证号码", "统一社会信用代码"),
    _column("phone", "联系电话", "电话", "手机", "联系方式", "手机号码"),
    _column("email", "电子邮箱", "邮箱", "电子邮件", "email"),
    _column("address", "通信地址", "地址", "联系地址", "通讯地址", "邮寄地址"),
    _column(
        "channel",
        "申请方式",
        *("申请渠道", "受理渠道", "渠道", "收件方式", "受理方式", "提交方式", "来源"),
        required=True,
        hint="当面、信函、挂号信、传真、网络、电子邮件、口头",
    ),
    _column(
        "subject",
        "申请内容",
        *("申请事项", "申请公开内容", "所需政府信息", "申请公开的信息", "内容描述"),
        *("申请公开事项", "信息名称", "申请信息内容"),
        required=True,
    ),
    _column(
        "manner",
        "获取方式",
        *("信息获取方式", "提供方式", "获取信息的方式", "获取信息方式", "载体形式"),
    ),
    _column(
        "ended_on",
        "答复日期",
        *("答复时间", "办结日期", "办结时间", "办理日期", "回复日期", "回复时间"),
        hint=gettext_lazy("Empty for a case that is still open"),
    ),
    _column(
        "result",
        "答复结果",
        *("办理结果", "答复情况", "处理结果", "答复类型", "结果", "办理情况"),
        hint=gettext_lazy("As in the official form; empty for a case that is open"),
    ),
    _column("reply_no", "文号", "答复文号", "答复书文号", "告知书文号"),
    _column("is_extended", "是否延期", "延期", "是否延长", "延期答复"),
    _column("extension", "延期天数", "延长天数", "延期工作日"),
    _column("note", "备注", "说明", "其他情况"),
)
"""What a register may hold. 序号 is known so that it is taken for nothing else."""


@dataclass
class _Reading:
    """One row while it is read: what was wrong so far, what was said besides."""

    row: Mapping[str, str]
    errors: list[RowError] = field(default_factory=list)
    besides: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        return self.row.get(name, "")

    def object(self, name: str, sentence: str) -> None:
        self.errors.append(RowError(name, self.text(name), sentence))

    def day(self, name: str) -> date | None:
        try:
            return oldwords.day_of(self.text(name)) if self.text(name) else None
        except NotUnderstood as error:
            self.object(name, error.sentence)
            return None

    def number(self, name: str) -> str:
        """Digits that stand for no quantity: a card, a telephone."""
        text = self.text(name)
        if is_cut_number(text):
            self.object(
                name,
                _(
                    "The spreadsheet cut the last digits off. Make the column text, "
                    "and enter the number anew."
                ),
            )
            return ""
        return text

    def wanted(self, name: str) -> str:
        if not self.text(name):
            self.object(name, _("The cell is empty. Fill it."))
        return self.text(name)


class CaseTaking:
    """One run into the register of one agency, in the name of who began it."""

    def __init__(self, agency_id: int, user_id: int) -> None:
        self.agency = Agency.objects.get(pk=agency_id)
        self.today = timezone.localdate()
        user = User.objects.filter(pk=user_id, is_active=True).first()
        if user is None:
            raise PermissionDenied
        self.scope = scope_of(user, self.today)
        if not can_import(self.scope, agency_id):
            raise PermissionDenied

    def parse(self, row: Mapping[str, str]) -> Parsed:
        told = _Reading(row)
        key = _key(self.agency.pk, row)
        old = _old_case(told, key)
        if old is not None and not told.errors:
            self._check(told, old)
        if told.errors:
            raise BadRow(told.errors)
        return Parsed(key, old)

    def known(self, keys: Iterable[str]) -> Mapping[str, int]:
        cases = Case.objects.filter(agency=self.agency, paper__key__in=list(keys))
        return dict(cases.values_list("paper__key", "pk"))

    def apply(self, parsed: Parsed) -> int:
        try:
            case = taking_over.take_over(
                by=self.scope, agency=self.agency, old=parsed.value
            )
        except BadInput as error:
            raise BadRow([RowError(error.field, "", error.sentences[0])]) from error
        return int(case.pk)

    def _check(self, told: _Reading, old: OldCase) -> None:
        try:
            taking_over.check(self.agency, old, self.today)
        except BadInput as error:
            told.object(error.field, error.sentences[0])


class CaseImporter:
    key = "applications"
    title = gettext_lazy("Register of applications")
    columns: Sequence[Column] = COLUMNS
    roles: Sequence[str] = (Role.OGI_OFFICE, Role.SECTION_HEAD)

    def place(self, request: HttpRequest) -> tuple[int, str]:
        agency = acting_agency(request)
        if agency is None or not can_import(scope_of_request(request), agency.pk):
            raise Http404
        return agency.pk, agency.name

    def take(self, *, agency_id: int, user_id: int, run_id: int) -> CaseTaking:
        return CaseTaking(agency_id, user_id)

    def address(self) -> str:
        return reverse("applications-console:list")


IMPORTER = CaseImporter()
register(IMPORTER)


def _key(agency_id: int, row: Mapping[str, str]) -> str:
    """By the old number; without one, by all that the row says."""
    number = row.get("legacy_number", "")
    told = number or "\0".join(
        f"{name}={row[name]}" for name in sorted(row) if name != "serial"
    )
    return blind_index(f"old case {agency_id} {bool(number)}", told)


def _old_case(told: _Reading, key: str) -> OldCase | None:
    """The row as a case; None, with the errors in ``told``, where it cannot be read."""
    received_on = told.day("received_on")
    if received_on is None and not told.errors:
        told.wanted("received_on")
    channel, kind = _channel(told), _kind(told)
    applicant, wanted = _applicant(told), _wanted(told)
    ended_on = told.day("ended_on")
    confirmed_on = told.day("confirmed_on")
    regime = _regime(told, received_on)
    result = _result(told, regime) if regime else ""
    extension_days = _extension(told, regime) if regime else 0
    for name, most in _LENGTHS.items():
        if len(told.text(name)) > most:
            sentence = _("At most %(most)s signs fit. Shorten it.")
            told.object(name, sentence % {"most": most})
    if told.errors or received_on is None:
        return None
    incoming = Incoming(
        key=key,
        channel=channel,
        received_on=received_on,
        kind=kind,
        applicant=applicant,
        wanted=(wanted,),
        confirmed_on=confirmed_on if _confirms(regime, channel) else None,
        regime=regime,
        legacy_number=told.text("legacy_number"),
    )
    return OldCase(
        incoming=incoming,
        result=result,
        ended_on=ended_on,
        reply_no=told.text("reply_no"),
        extension_days=extension_days,
        note="\n".join(filter(None, [told.text("note"), *told.besides])),
    )


def _channel(told: _Reading) -> str:
    text = told.wanted("channel")
    try:
        return oldwords.channel_of(text) if text else ""
    except NotUnderstood as error:
        told.object("channel", error.sentence)
        return ""


def _kind(told: _Reading) -> str:
    text = told.text("kind")
    try:
        if text:
            return oldwords.kind_of(text)
        return oldwords.kind_by_name(told.text("name"))
    except NotUnderstood as error:
        told.object("kind", error.sentence)
        return ""


def _applicant(told: _Reading) -> Applicant:
    kind, number = told.text("identity_kind"), told.number("identity_no")
    code = oldwords.find(oldwords.IDENTITIES, kind)
    if number and not code:
        code = "resident_id" if len(number) == 18 and not kind else "other"
    return Applicant(
        name=told.wanted("name"),
        identity_kind=code,
        identity_no=number,
        phone=told.number("phone"),
        email=told.text("email"),
        address=told.text("address"),
    )


def _wanted(told: _Reading) -> Wanted:
    """The whole text is sealed; what lists show is short and names nobody."""
    text, manner = told.wanted("subject"), told.text("manner")
    known = (
        oldwords.find(oldwords.MANNERS, manner),
        oldwords.find(oldwords.ROUTES, manner),
    )
    if manner and not any(known):
        told.besides.append(f"获取方式：{manner}")
    return Wanted(
        subject=_shown(text, told.text("name"))[:SUBJECT_LENGTH],
        description=text,
        manner=known[0],
        route=known[1],
    )


def _shown(text: str, name: str) -> str:
    one_line = " ".join(text.split())
    if len(name) > 1:
        one_line = one_line.replace(name, mask_name(name))
    return _NUMBERS.sub(lambda found: mask_number(found.group()), one_line)


def _regime(told: _Reading, received_on: date | None) -> str:
    if received_on is None:
        return ""
    try:
        return law.regime_on(received_on).name
    except law.NoRegime:
        told.object(
            "received_on", _("No Regulations were in force then. Check the year.")
        )
        return ""


def _result(told: _Reading, regime: str) -> str:
    text = told.text("result")
    if oldwords.plain(text) in ("", "办理中", "处理中", "在办", "未办结", "待答复"):
        return ""
    try:
        return oldwords.result_of(text, regime)
    except NotUnderstood as error:
        told.object("result", error.sentence)
        return ""


def _extension(told: _Reading, regime: str) -> int:
    most = law.regime(regime).term("extension").length or 0
    name = "extension" if told.text("extension") else "is_extended"
    try:
        days = oldwords.extension_of(told.text(name), most)
    except NotUnderstood as error:
        told.object(name, error.sentence)
        return 0
    if days > most:
        told.object(
            name,
            _("The law allows at most %(most)s working days. Check it.")
            % {"most": most},
        )
    return days


def _confirms(regime: str, channel: str) -> bool:
    """Whether the clock of this channel counts from a confirmation at all."""
    if channel not in Channel.values:
        return False
    return law.regime(regime).channel(channel).rule is law.StartRule.CONFIRMATION
