"""Which acts a case allows now, and in words why not the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongkai import law
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import Scope
from gongkai.applications.choices import Stage
from gongkai.applications.models import Case, Consultation, Reply
from gongkai.applications.subjects import REPLIES
from gongkai.applications.transitions import APPLICANT, TRANSITIONS, Transition
from gongkai.items.services import stepping
from gongkai.law import fees

WITHOUT_PERSON = ("withdraw", "default_correction", "default_fee", "archive")
"""Acts that write to nobody and seal nothing."""
MANY_IN_A_MONTH = 10
"""From the eleventh item of one applicant in a month on a fee may be charged
(国办函〔2020〕109号); that many at once are shown to a person, never refused."""


@dataclass(frozen=True)
class Actor:
    """Who acts: a member of staff with a scope, or the applicant of the case."""

    scope: Scope | None = None

    @property
    def is_applicant(self) -> bool:
        return self.scope is None

    @property
    def user_id(self) -> int | None:
        return self.scope.user_id if self.scope else None


@dataclass(frozen=True)
class Choice:
    """An act as the case page offers it; ``why_not`` is empty where it is allowed."""

    transition: Transition
    why_not: str

    @property
    def is_allowed(self) -> bool:
        return not self.why_not


def choices_for(case: Case, actor: Actor, today: date) -> list[Choice]:
    """Every act that the case's regime knows, allowed or with the reason why not."""
    past = Past.of(case)
    return [
        Choice(row, why_not(row, case, actor, today, past))
        for row in TRANSITIONS.values()
        if case.regime in row.regimes
        and (not actor.is_applicant or APPLICANT in row.who)
    ]


@dataclass(frozen=True)
class Past:
    """What rules need of a case's acts and consultations, read once."""

    names: frozenset[str]
    correction_until: date | None
    fee_due_on: date | None
    open_consultation: Consultation | None
    last_answer: str
    section_is_asked: bool

    @classmethod
    def of(cls, case: Case) -> "Past":
        """Four queries."""
        acts = list(case.acts.all())
        consultations = list(case.consultations.all())
        asked = [act.until for act in acts if act.name == "ask_correction"]
        fee = getattr(case, "fee", None)
        waiting = [one for one in consultations if not one.answer]
        third = [one for one in consultations if one.of == one.Of.THIRD_PARTY]
        return cls(
            names=frozenset(act.name for act in acts),
            correction_until=asked[-1] if asked else None,
            fee_due_on=fee.due_on if fee else None,
            open_consultation=waiting[-1] if waiting else None,
            last_answer=third[-1].answer if third else "",
            section_is_asked=case.co_handlings.filter(
                answered_on__isnull=True
            ).exists(),
        )

    @property
    def extension_is_asked(self) -> bool:
        decided = {"extend", "refuse_extension"}
        return "ask_extension" in self.names and not decided & self.names


def why_not(
    row: Transition, case: Case, actor: Actor, today: date, past: Past | None = None
) -> str:
    """Why the act cannot be done on the case now; empty where it can."""
    return next(_obstacles(row, case, actor, today, past or Past.of(case)), "")


def _obstacles(
    row: Transition, case: Case, actor: Actor, today: date, past: Past
) -> Iterator[str]:
    if case.regime not in row.regimes:
        yield _("The Regulations of %(year)s do not know this act.") % {
            "year": case.regime
        }
    yield from _of_person(row, case, actor)
    if case.stage not in row.sources:
        yield _("The case is at “%(stage)s”.") % {"stage": case.get_stage_display()}
    if case.is_purged and row.name not in WITHOUT_PERSON:
        yield _("The applicant's data was destroyed: the case can only be ended.")
    if row.once and row.name in past.names:
        yield _("It was done already, and the law allows it once.")
    if row.name in {"reply", "deliver"}:
        yield from _of_reply(row, case)
    yield from _of_days(row, case, today, past)
    if row.name == "override" and past.last_answer != Consultation.Answer.REFUSES:
        yield _("No third party refused.")
    if row.name == "refuse_extension" and not past.extension_is_asked:
        yield _("No extension waits for the head's consent.")
    if row.name == "answer_section" and not past.section_is_asked:
        yield _("No section's answer is awaited.")
    if row.name in {"third_party_received", "organ_received", "deliver_again"}:
        consulted = past.open_consultation
        if consulted is not None and consulted.received_on is not None:
            yield _("The day of receipt is entered already.")
    if row.name == "charge" and not fees.is_charged_on(case.received_on):
        yield _("Applications received before %(day)s bear no such fee.") % {
            "day": fees.schedule().first.isoformat()
        }
    if row.name == "confirm" and not _needs_confirmation(case):
        yield _("On this channel the clock needs no confirmation.")
    if row.name == "archive" and case.stage == Stage.ARCHIVED:
        yield _("It is filed.")


def _of_person(row: Transition, case: Case, actor: Actor) -> Iterator[str]:
    if actor.scope is None:
        if APPLICANT not in row.who:
            yield _("The office does this.")
        return
    posts = [role for role in row.who if role in Role.values]
    if not actor.scope.holds(case.agency_id, *posts):
        labels = _(", ").join(str(Role(role).label) for role in posts)
        yield _("Needs one of these posts in the agency: %(posts)s.") % {
            "posts": labels
        }


def _of_reply(row: Transition, case: Case) -> Iterator[str]:
    """One query, of these two acts alone."""
    if case.stage == Stage.CORRECTION and case.is_stopped:
        yield _("The clock waits for the correction: enter it, or end the case.")
    if row.name == "reply":
        if stepping.has_flow(case.agency_id, REPLIES):
            yield _("Replies of this agency are reviewed: write it and hand it in.")
        return
    reply = case.replies.last()
    if reply is None or reply.state != Reply.State.SIGNED:
        yield _("No signed reply waits to be delivered.")
    elif not reply.is_frozen:
        yield _("The reply is being printed. Look again in a moment.")


def _of_days(row: Transition, case: Case, today: date, past: Past) -> Iterator[str]:
    """Silence counts only when its term is over."""
    waits: dict[str, date | None] = {
        "default_correction": past.correction_until,
        "default_fee": past.fee_due_on,
    }
    if row.name in {"third_party_silent", "organ_silent"}:
        consulted = past.open_consultation
        waits[row.name] = consulted.due_on if consulted else None
        has_term = "third_party_opinion" in law.regime(case.regime).terms
        if has_term and consulted is not None and consulted.due_on is None:
            yield _("Enter first when they received it: their term counts from there.")
    last = waits.get(row.name)
    if last is not None and today <= last:
        yield _("The term runs until %(day)s; it can be ended the day after.") % {
            "day": last.isoformat()
        }


def why_not_reviewed(case: Case) -> str:
    """Why a reply cannot be handed in at all; empty where the agency has a flow."""
    if stepping.has_flow(case.agency_id, REPLIES):
        return ""
    return _("Your agency has no review flow yet. Ask the administrator for one.")


def can_rate(case: Case) -> bool:
    """The applicant, once, after a reply."""
    return case.replied_on is not None and case.rating is None and not case.is_purged


def is_same_applicant(one: Case, other: Case) -> bool:
    """The same name, and no two different numbers of identity: namesakes are two."""
    numbers = {one.identity_index, other.identity_index} - {""}
    return (
        bool(one.name_index) and one.name_index == other.name_index and len(numbers) < 2
    )


def _needs_confirmation(case: Case) -> bool:
    return case.confirmed_on is None and is_confirmed_by_hand(case.regime, case.channel)


def is_confirmed_by_hand(regime: str, channel: str) -> bool:
    """Whether the clock waits until the office has reached the applicant (Art. 31).

    What is acknowledged at once counts from its own day, whoever looks at it when.
    """
    way = law.regime(regime).channel(channel)
    is_by_both = way.rule is law.StartRule.CONFIRMATION
    return is_by_both and not way.acknowledged_at_once
