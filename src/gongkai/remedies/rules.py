"""Which acts a remedy allows now, why not the others, and what a clerk should know."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongkai import law
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import Scope
from gongkai.applications.models import Case
from gongkai.law import remedies as told_remedies
from gongkai.law.proceedings import outcomes, outcomes_of, proceedings
from gongkai.remedies import clock
from gongkai.remedies.choices import SUITS, Kind, Stage
from gongkai.remedies.models import Remedy
from gongkai.remedies.transitions import TRANSITIONS, Transition

APPEAL_DISMISSED = "appeal_dismissed"
"""驳回上诉，维持原判: no outcome of its own, but that of the judgment that stands."""
WITHOUT_PARTIES = ("archive", "strike_out", "resume", "serve", "note_appeal", "assign")
"""Acts that seal nothing, so that a purged remedy can be brought to its end."""


def standing(remedy: Remedy) -> Stage:
    """Where an open remedy stands by what is known of it."""
    if remedy.suspended_on is not None:
        return Stage.SUSPENDED
    return Stage.RECEIVED if remedy.defended_on is None else Stage.DEFENDED


@dataclass(frozen=True)
class Choice:
    """An act as the page offers it; ``why_not`` is empty where it is allowed."""

    transition: Transition
    why_not: str

    @property
    def is_allowed(self) -> bool:
        return not self.why_not


def choices_for(remedy: Remedy, scope: Scope) -> list[Choice]:
    """Every act that the kind knows, allowed or with the reason why not. One query."""
    ahead = _hearing_is_ahead(remedy)
    return [
        Choice(row, next(_obstacles(row, remedy, scope, ahead), ""))
        for row in TRANSITIONS.values()
        if remedy.kind in row.kinds
    ]


def why_not(row: Transition, remedy: Remedy, scope: Scope) -> str:
    """Why the act cannot be done now; empty where it can. One query."""
    return next(_obstacles(row, remedy, scope, _hearing_is_ahead(remedy)), "")


def _hearing_is_ahead(remedy: Remedy) -> bool:
    return any(hearing.is_ahead for hearing in remedy.hearings.all())


def _obstacles(
    row: Transition, remedy: Remedy, scope: Scope, hearing_is_ahead: bool
) -> Iterator[str]:
    if remedy.kind not in row.kinds:
        kind = remedy.get_kind_display()
        yield _("“%(kind)s” does not know this act.") % {"kind": kind}
    if not scope.holds(remedy.agency_id, *row.who):
        labels = _(", ").join(str(Role(role).label) for role in row.who)
        yield _("Needs one of these posts in the agency: %(posts)s.") % {
            "posts": labels
        }
    if remedy.stage not in row.sources:
        stage = remedy.get_stage_display()
        yield _("It is at “%(stage)s”.") % {"stage": stage}
    if remedy.is_purged and row.name not in WITHOUT_PARTIES:
        yield _("The parties' data was destroyed: it can only be ended.")
    yield from _of_facts(row, remedy, hearing_is_ahead)


def _of_facts(row: Transition, remedy: Remedy, hearing_is_ahead: bool) -> Iterator[str]:
    if row.name == "defend" and remedy.defended_on is not None:
        yield _("The defence is entered already.")
    if row.name == "to_ordinary" and not remedy.is_simple:
        yield _("It is an ordinary procedure.")
    if row.name == "accept" and remedy.accepted_on is not None:
        yield _("The day of acceptance is entered already.")
    if row.name in {"hold_hearing", "call_off_hearing"} and not hearing_is_ahead:
        yield _("No hearing lies ahead.")
    if row.name == "extend" and remedy.extended_until is not None:
        yield _("It was extended already, and the law allows it once.")
    if row.name == "serve" and remedy.served_on is not None:
        yield _("The day of service is entered already.")


# What a clerk should know; never a reason to refuse


def contested_remedy(case: Case) -> told_remedies.Remedy | None:
    """What the applicant could do against the reply; None while there is none."""
    regime = law.regime(case.regime)
    if case.replied_on is None or case.result not in regime.results:
        return None
    return told_remedies.remedy(regime, regime.result(case.result), case.replied_on)


def is_against_review_first(kind: str, case: Case | None) -> bool:
    """A direct suit against a refusal that must go to reconsideration first: since
    2024-01-01 an exception (Reconsideration Law Art. 23)."""
    if kind != Kind.DIRECT_SUIT or case is None:
        return False
    told = contested_remedy(case)
    return told is not None and told.review_first


def begun_late_by(remedy: Remedy) -> int:
    """Days between the last day to begin and the day on which it was begun; 0 where
    it was in time or a day is not known."""
    last, begun_on = clock.last_day_to_begin(remedy), remedy.filed_on
    if last is None or begun_on is None:
        return 0
    return max((begun_on - last).days, 0)


def warnings_of(remedy: Remedy) -> list[str]:
    """Sentences for the page, the worst first."""
    return [
        sentence
        for sentence in (
            _direct_though_review_first(remedy),
            _begun_late(remedy),
            _simple_before_the_law(remedy),
        )
        if sentence
    ]


def _direct_though_review_first(remedy: Remedy) -> str:
    case = remedy.case
    if case is None or not is_against_review_first(remedy.kind, case):
        return ""
    return _(
        "The reply of %(day)s refuses with %(result)s: since 2024 such a refusal goes "
        "to reconsideration first (Reconsideration Law Art. 23). Say so in the "
        "defence, and check that the kind is right."
    ) % {"day": case.replied_on, "result": case.result}


def _begun_late(remedy: Remedy) -> str:
    days, last = begun_late_by(remedy), clock.last_day_to_begin(remedy)
    if not days or last is None:
        return ""
    return _(
        "Filed on %(filed)s, %(days)s days after the last day %(last)s: a point for "
        "the defence. Whether it is too late, the body decides."
    ) % {"filed": remedy.filed_on, "days": days, "last": last}


def _simple_before_the_law(remedy: Remedy) -> str:
    simple = proceedings()[remedy.kind].simple
    if not remedy.is_simple or simple is None:
        return ""
    if remedy.copy_received_on >= simple.first:
        return ""
    return _(
        "The simple procedure exists since %(first)s; the copy came on %(day)s."
    ) % {
        "first": simple.first,
        "day": remedy.copy_received_on,
    }


def another_open(case: Case, kind: str) -> Remedy | None:
    """An open proceeding of the same kind on the case; both roads to court are one."""
    kinds = SUITS if kind in SUITS else (kind,)
    return case.remedies.open().filter(kind__in=kinds).order_by("pk").first()


# How it can end


def outcome_keys(remedy: Remedy) -> list[str]:
    """Keys of the outcomes that can be entered for the remedy."""
    is_appeal = remedy.instance > 1
    known = [one.key for one in outcomes_of(remedy.kind, on_appeal=is_appeal)]
    return [APPEAL_DISMISSED, *known] if is_appeal else known


def row_of(remedy: Remedy) -> str:
    """The row of table four that counts its end; empty while it has none."""
    known = outcomes().get(remedy.outcome)
    return known.row if known else ""
