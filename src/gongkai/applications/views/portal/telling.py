"""A case as its applicant is told it: state, due date and why, what happened."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gongkai import law
from gongkai.applications import clock as clocks
from gongkai.applications.bars import bars_of
from gongkai.applications.choices import Stage
from gongkai.applications.models import Act, Case, CaseFile, Notice
from gongkai.registry import calendars

HIDDEN = frozenset(
    {
        "assign",
        "ask_section",
        "answer_section",
        "ask_extension",
        "refuse_extension",
        "third_party_received",
        "organ_received",
        "deliver_again",
        "override",
        "archive",
    }
)
"""What the office does inside, and letters to others: not told to the applicant."""
TOLD = {
    "register": gettext_lazy("Your application was received and registered"),
    "confirm": gettext_lazy("The receipt was confirmed with you"),
    "take_up": gettext_lazy("The office began to handle it"),
    "ask_correction": gettext_lazy("You were asked for a correction (补正)"),
    "receive_correction": gettext_lazy("Your correction came in"),
    "default_correction": gettext_lazy("Ended: no correction came in time"),
    "ask_reasons": gettext_lazy("You were asked for reasons (说明理由)"),
    "receive_reasons": gettext_lazy("Your reasons came in"),
    "delay": gettext_lazy("The office set a later date for the answer"),
    "resume": gettext_lazy("The office went on handling it"),
    "consult_third_party": gettext_lazy("A third party was asked for its opinion"),
    "third_party_opinion": gettext_lazy("The third party answered"),
    "third_party_silent": gettext_lazy("The third party did not answer in time"),
    "consult_organ": gettext_lazy("Another organ was asked for its opinion"),
    "organ_opinion": gettext_lazy("The other organ answered"),
    "organ_silent": gettext_lazy("The other organ did not answer in time"),
    "extend": gettext_lazy("The term was extended (延期)"),
    "charge": gettext_lazy("You were asked to pay the processing fee"),
    "fee_paid": gettext_lazy("Your payment came in"),
    "default_fee": gettext_lazy("Ended: the fee was not paid in time"),
    "withdraw": gettext_lazy("The application was withdrawn"),
    "join": gettext_lazy("It was joined to another application of yours"),
    "deliver": gettext_lazy("The office replied"),
    "reply": gettext_lazy("The office replied"),
    "advise_transfer": gettext_lazy("The office named the organ to apply to"),
}
NOW = {
    Stage.RECEIVED: gettext_lazy("Registered; the office takes it up next."),
    Stage.IN_REVIEW: gettext_lazy("The office is looking for the information."),
    Stage.CORRECTION: gettext_lazy("The office waits for your correction (补正)."),
    Stage.REASON_ASKED: gettext_lazy("The office waits for your reasons (说明理由)."),
    Stage.DELAYED: gettext_lazy("The office answers at the later date that it set."),
    Stage.FEE_PENDING: gettext_lazy("The office waits for your payment."),
    Stage.THIRD_PARTY: gettext_lazy("A third party is asked; the clock stands still."),
    Stage.ORGAN_CONSULT: gettext_lazy(
        "Another organ is asked; the clock stands still."
    ),
    Stage.REPLIED: gettext_lazy("The office replied."),
    Stage.WITHDRAWN: gettext_lazy("You withdrew it."),
    Stage.CLOSED: gettext_lazy("It was ended without a reply."),
    Stage.ARCHIVED: gettext_lazy("It is finished and filed."),
}


@dataclass(frozen=True)
class Telling:
    """The clock in words and as a bar; ``days_left`` as ``clock.days_left``."""

    case: Case
    clock: law.Clock
    sentences: list[str]
    bars: list[dict[str, object]]
    days_left: int | None

    @classmethod
    def of(cls, case: Case) -> "Telling":
        """One query for the acts, one for the calendar."""
        today = timezone.localdate()
        until = min(case.closed_on or today, today)
        clock = clocks.clock_of(case)
        return cls(
            case=case,
            clock=clock,
            sentences=[one.words(language()) for one in clock.segments],
            bars=[
                bar
                for bar in bars_of(clock, calendars.calendar_of(case.agency), until)
                if case.is_open or bar["kind"] != "left"
            ],
            days_left=clocks.days_left(case, today),
        )

    @property
    def is_over(self) -> bool:
        return not self.case.is_open

    @property
    def summary(self) -> str:
        """The headline of the clock; the sentences below say how it was reached."""
        if self.is_over:
            return self._ended
        if self.clock.state == "not_started":
            return _("The term has not begun: the receipt is not confirmed yet.")
        if self.clock.due_on is None:
            return _("The clock stands still; the term has no last day for now.")
        day = {"day": self.clock.due_on.isoformat()}
        if self.clock.provisional:
            return _("The law wants an answer by %(day)s (provisional).") % day
        return _("The law wants an answer by %(day)s.") % day

    @property
    def _ended(self) -> str:
        case = self.case
        if case.replied_on is not None:
            return _("Answered on %(day)s.") % {"day": case.replied_on.isoformat()}
        if case.closed_on is not None:
            return _("Ended on %(day)s.") % {"day": case.closed_on.isoformat()}
        return _("Ended.")

    @property
    def now(self) -> str:
        return str(NOW[Stage(self.case.stage)])

    @property
    def result(self) -> str:
        found = law.regime(self.case.regime).results.get(self.case.result)
        return found.label.text(language()) if found else ""


def timeline(case: Case) -> list[dict[str, str]]:
    """What happened, newest last, as the component ``_timeline`` wants it."""
    letters = {one.act_id: one for one in letters_of(case)}
    acts = [act for act in case.acts.all() if act.name in TOLD]
    events = [_event(case, act, letters.get(act.pk)) for act in acts]
    if case.is_open:
        events.append(
            {"title": str(NOW[Stage(case.stage)]), "state": "now", "at": _until(case)}
        )
    return events


def _until(case: Case) -> str:
    if case.is_stopped or case.due_on is None:
        return ""
    return _("answer due by %(day)s") % {"day": case.due_on.isoformat()}


def _event(case: Case, act: Act, letter: Notice | None) -> dict[str, str]:
    return {
        "title": str(TOLD[act.name]),
        "state": "done",
        "at": act.on.isoformat(),
        "who": _("you") if act.by_applicant else case.agency.short_name,
        "note": _note(act),
        "url": letter_url(case, letter) if letter else "",
    }


def _note(act: Act) -> str:
    facts: dict[str, object] = {"days": act.days}
    if act.until is not None:
        facts["day"] = act.until.isoformat()
    if act.name == "ask_correction" and act.until:
        return _("Please answer by %(day)s.") % facts
    if act.name == "delay" and act.until:
        return _("The office answers by %(day)s.") % facts
    if act.name == "charge" and act.until:
        return _("Please pay by %(day)s.") % facts
    if act.name == "extend" and act.days:
        return _("By %(days)s working days.") % facts
    return ""


def letters_of(case: Case) -> list[Notice]:
    return list(case.notices.filter(to_applicant=True))


def letter_url(case: Case, letter: Notice) -> str:
    return reverse("applications:letter", args=[case.number, letter.pk])


def downloads_of(case: Case) -> Iterator[CaseFile]:
    for file in case.files.filter(for_applicant=True).select_related("stored"):
        file.case = case
        yield file


def language() -> str:
    return get_language() or "zh-hans"
