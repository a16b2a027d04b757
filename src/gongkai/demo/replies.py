"""Replies are reviewed from now on: the flow, and some of them on their way."""

from collections.abc import Callable, Mapping
from datetime import date

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import SYSTEM, Scope
from gongkai.applications.choices import Stage
from gongkai.applications.models import Case, Reply, ReplyStep
from gongkai.applications.rules import Actor
from gongkai.applications.services import replying
from gongkai.applications.subjects import REPLIES
from gongkai.items.choices import Outcome, StepKind
from gongkai.items.services.setting_up import WantedStep, set_flow

FLOW = (
    WantedStep(StepKind.CONTENT, Role.SECTION_HEAD),
    WantedStep(StepKind.SIGN_OFF, Role.LEADER),
)
WORDS = {
    "事实": "经检索，本机关制作并保存有您申请的政府信息。",
    "获取途径": "请登录青禾县人民政府网站政府信息公开专栏查阅，"
    "也可到县政务服务中心一楼政府信息公开查阅点查阅。",
}
GRANTED = "R1"

Scopes = Callable[[Role], Scope]


def load(
    agencies: Mapping[str, Agency], county: str, scope_of: Scopes, on: date
) -> None:
    """Put the flow in force everywhere; write four of the county's own replies."""
    for agency in agencies.values():
        set_flow(by=SYSTEM, agency=agency, steps=FLOW, subject=REPLIES)
    cases = Case.objects.filter(agency=agencies[county], stage=Stage.IN_REVIEW)
    for approvals, case in enumerate(cases.order_by("due_on", "pk")[:4]):
        _write(case, scope_of, approvals, on)


def _write(case: Case, scope_of: Scopes, approvals: int, on: date) -> None:
    """As far as so many approvals; the fourth is delivered as well."""
    clerk = scope_of(Role.CLERK)
    reply = replying.draft(by=clerk, case=case, result=GRANTED)
    reply = replying.save(
        by=clerk, reply=reply, revision=reply.revision, result=GRANTED, words=WORDS
    )
    reply = replying.hand_in(by=clerk, reply=reply, revision=reply.revision)
    for role in (Role.SECTION_HEAD, Role.LEADER)[:approvals]:
        _approve(reply, scope_of(role))
    if approvals > 2:
        replying.freeze(reply.pk)
        replying.deliver(actor=Actor(clerk), case=case, on=on, way="online")


def _approve(reply: Reply, by: Scope) -> None:
    replying.decide(
        by=by,
        step=ReplyStep.objects.select_related("reply__case").get(
            reply=reply, is_current=True
        ),
        outcome=Outcome.APPROVED,
        content_hash=reply.content_hash,
        opinion="同意。",
    )
