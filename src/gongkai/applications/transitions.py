"""The moves of a case: one row each. Console, portal and tests read nothing else.

domain: 2019 Regulations, Art. 30 to 36 and 42; the 2008 Regulations, Art. 20 to 27.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.roles import Role
from gongkai.applications.choices import OPEN, Stage

APPLICANT = "applicant"
CLOCK = "clock"
HANDLERS = (Role.CLERK, Role.SECTION_HEAD, Role.OGI_OFFICE)
HEADS = (Role.SECTION_HEAD, Role.LEADER, Role.OGI_OFFICE)
"""Who may consent in the name of the office's head (Art. 33)."""

S = Stage
HANDLING = (S.RECEIVED, S.IN_REVIEW)
RUNNING = (S.IN_REVIEW, S.THIRD_PARTY, S.ORGAN_CONSULT, S.REASON_ASKED)
REPLYING = (S.RECEIVED, S.IN_REVIEW, S.REASON_ASKED, S.CORRECTION, S.DELAYED)
"""Reasons may never come, and a late correction notice stops no clock."""


@dataclass(frozen=True)
class Transition:
    """From these stages, by this act of these people, to that stage.

    ``to`` None leaves the stage as it is. ``clock`` is the event that moves the clock,
    ``notice`` the letter that the act makes, ``needs`` what must be given, ``regimes``
    those that know the act. ``once``: a case has it at most once.
    """

    name: str
    label: str | Promise
    sources: tuple[Stage, ...]
    to: Stage | None
    who: tuple[str, ...] = HANDLERS
    needs: tuple[str, ...] = ()
    clock: str = ""
    notice: str = ""
    regimes: tuple[str, ...] = ("2008", "2019")
    once: bool = False
    citation: Mapping[str, str] = field(default_factory=dict)


_ROWS = (
    Transition(
        "confirm",
        _("Enter the day of confirmation"),
        HANDLING,
        None,
        needs=("on",),
        once=True,
        citation={"2019": "第三十一条"},
    ),
    Transition("take_up", _("Begin handling"), (S.RECEIVED,), S.IN_REVIEW),
    Transition("assign", _("Assign"), OPEN, None, needs=("handler",)),
    Transition(
        "ask_section", _("Ask a section (协办)"), OPEN, None, needs=("section",)
    ),
    Transition(
        "answer_section",
        _("Enter the section's answer"),
        OPEN,
        None,
        needs=("co_handling", "text"),
    ),
    Transition(
        "ask_correction",
        _("Ask for a correction (补正)"),
        HANDLING,
        S.CORRECTION,
        needs=("on", "text", "until"),
        clock="correction-notice",
        notice="补正告知书",
        once=True,
        citation={"2019": "第三十条"},
    ),
    Transition(
        "receive_correction",
        _("Enter the corrected application"),
        (S.CORRECTION,),
        S.IN_REVIEW,
        who=(*HANDLERS, APPLICANT),
        needs=("on", "text"),
        clock="corrected",
        citation={"2019": "第三十条"},
    ),
    Transition(
        "default_correction",
        _("Not corrected in time: end it"),
        (S.CORRECTION,),
        S.CLOSED,
        needs=("on",),
        citation={"2019": "第三十条"},
    ),
    Transition(
        "ask_reasons",
        _("Ask for reasons (说明理由)"),
        (S.IN_REVIEW,),
        S.REASON_ASKED,
        needs=("on", "text"),
        notice="说明理由告知书",
        regimes=("2019",),
        once=True,
        citation={"2019": "第三十五条"},
    ),
    Transition(
        "receive_reasons",
        _("Enter the reasons given"),
        (S.REASON_ASKED,),
        S.IN_REVIEW,
        who=(*HANDLERS, APPLICANT),
        needs=("on", "text"),
        regimes=("2019",),
    ),
    Transition(
        "delay",
        _("Set a later date for the answer"),
        (S.IN_REVIEW, S.REASON_ASKED),
        S.DELAYED,
        who=HEADS,
        needs=("on", "until", "text"),
        notice="延期答复告知书",
        regimes=("2019",),
        once=True,
        citation={"2019": "第三十五条"},
    ),
    Transition(
        "resume", _("Go on handling"), (S.DELAYED,), S.IN_REVIEW, regimes=("2019",)
    ),
    Transition(
        "consult_third_party",
        _("Consult a third party"),
        (S.IN_REVIEW,),
        S.THIRD_PARTY,
        needs=("on", "party", "text"),
        clock="third-party-sent",
        notice="征求意见书（第三方）",
        citation={"2019": "第三十二条", "2008": "第二十三条"},
    ),
    Transition(
        "third_party_received",
        _("Enter when the third party received it"),
        (S.THIRD_PARTY,),
        None,
        needs=("on",),
        clock="third-party-received",
        regimes=("2019",),
    ),
    Transition(
        "deliver_again",
        _("Deliver the letter again"),
        (S.THIRD_PARTY, S.ORGAN_CONSULT),
        None,
        needs=("on", "text"),
        regimes=("2019",),
    ),
    Transition(
        "third_party_opinion",
        _("Enter the third party's opinion"),
        (S.THIRD_PARTY,),
        S.IN_REVIEW,
        needs=("on", "answer", "text"),
        clock="third-party-opinion",
        notice="征求意见告知书",
    ),
    Transition(
        "third_party_silent",
        _("No opinion in time: decide"),
        (S.THIRD_PARTY,),
        S.IN_REVIEW,
        clock="third-party-opinion",
        citation={"2019": "第三十二条", "2008": "第二十三条"},
    ),
    Transition(
        "override",
        _("Disclose in the public interest all the same"),
        (S.IN_REVIEW,),
        None,
        who=HEADS,
        needs=("on", "text"),
        notice="依申请公开告知书（第三方）",
        citation={"2019": "第三十二条", "2008": "第二十三条"},
    ),
    Transition(
        "consult_organ",
        _("Consult a co-maker or another organ"),
        (S.IN_REVIEW,),
        S.ORGAN_CONSULT,
        needs=("on", "party", "text"),
        clock="organ-sent",
        notice="征求意见书（共同制作机关）",
        regimes=("2019",),
        citation={"2019": "第三十四条"},
    ),
    Transition(
        "organ_received",
        _("Enter when the organ received it"),
        (S.ORGAN_CONSULT,),
        None,
        needs=("on",),
        clock="organ-received",
        regimes=("2019",),
    ),
    Transition(
        "organ_opinion",
        _("Enter the organ's opinion"),
        (S.ORGAN_CONSULT,),
        S.IN_REVIEW,
        needs=("on", "answer", "text"),
        clock="organ-opinion",
        regimes=("2019",),
    ),
    Transition(
        "organ_silent",
        _("No opinion in time: it consents"),
        (S.ORGAN_CONSULT,),
        S.IN_REVIEW,
        clock="organ-opinion",
        regimes=("2019",),
        citation={"2019": "第三十四条"},
    ),
    Transition(
        "ask_extension",
        _("Ask the head for an extension"),
        RUNNING,
        None,
        needs=("days", "text"),
        once=True,
    ),
    Transition(
        "refuse_extension",
        _("Do not consent to the extension"),
        RUNNING,
        None,
        who=HEADS,
        needs=("text",),
        once=True,
    ),
    Transition(
        "extend",
        _("Extend the term (延期)"),
        RUNNING,
        None,
        who=HEADS,
        needs=("on", "days", "text"),
        clock="extension",
        notice="延期答复告知书",
        once=True,
        citation={"2019": "第三十三条", "2008": "第二十四条"},
    ),
    Transition(
        "charge",
        _("Charge the processing fee"),
        (S.IN_REVIEW,),
        S.FEE_PENDING,
        needs=("on", "basis", "quantity"),
        clock="fee-notice",
        notice="收费通知书",
        regimes=("2019",),
        once=True,
        citation={"2019": "第四十二条"},
    ),
    Transition(
        "fee_paid",
        _("Enter the payment"),
        (S.FEE_PENDING,),
        S.IN_REVIEW,
        needs=("on",),
        clock="fee-paid",
        regimes=("2019",),
    ),
    Transition(
        "default_fee",
        _("Not paid in time: end it"),
        (S.FEE_PENDING,),
        S.CLOSED,
        needs=("on",),
        regimes=("2019",),
    ),
    Transition(
        "withdraw",
        _("Withdraw"),
        OPEN,
        S.WITHDRAWN,
        who=(*HANDLERS, APPLICANT),
        needs=("on",),
    ),
    Transition(
        "join",
        _("Join to another case"),
        HANDLING,
        S.CLOSED,
        needs=("into",),
    ),
    Transition(
        "deliver",
        _("Deliver the signed reply"),
        REPLYING,
        S.REPLIED,
        needs=("on", "way"),
        citation={"2019": "第三十六条、第四十条"},
    ),
    Transition(
        "reply",
        _("Enter a reply signed on paper"),
        REPLYING,
        S.REPLIED,
        needs=("on", "result", "reply"),
    ),
    Transition(
        "advise_transfer",
        _("Advise to apply to another organ"),
        (S.RECEIVED, S.IN_REVIEW, S.REASON_ASKED, S.DELAYED),
        S.REPLIED,
        needs=("on", "party", "text"),
        notice="政府信息公开告知书（非本机关）",
        citation={"2019": "第三十六条", "2008": "第二十一条"},
    ),
    Transition(
        "archive",
        _("File the case"),
        (S.REPLIED, S.WITHDRAWN, S.CLOSED),
        S.ARCHIVED,
    ),
)

TRANSITIONS: Mapping[str, Transition] = {row.name: row for row in _ROWS}
