"""The parts of a remedy's page: what it is, its days, parties, papers, its course."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.applications.persons import mask_name, mask_number
from gongkai.applications.views.console.parts import Offer, Paper, Told, rank
from gongkai.registry.sealing import open_note
from gongkai.remedies import clock
from gongkai.remedies.choices import Stage
from gongkai.remedies.files import name_of
from gongkai.remedies.forms import outcome_words
from gongkai.remedies.models import Remedy, Step
from gongkai.remedies.parties import Parties
from gongkai.remedies.recounting import ACT
from gongkai.remedies.rules import Choice
from gongkai.remedies.transitions import TRANSITIONS

Row = dict[str, str]
TAGS = {
    Stage.RECEIVED: "info",
    Stage.DEFENDED: "info",
    Stage.SUSPENDED: "warn",
    Stage.DECIDED: "ok",
}
"""State of the tag for a stage; what is over and done has none."""
MAIN = ("defend", "resume", "hold_hearing", "decide", "serve", "note_appeal", "archive")
"""What moves a remedy on: the first that is allowed is what it waits for."""
DANGER = ("strike_out",)


def tag_of(remedy: Remedy) -> tuple[str, str]:
    return str(remedy.get_stage_display()), TAGS.get(Stage(remedy.stage), "")


def outcome_of(remedy: Remedy) -> str:
    """How it ended, and the row that counts it; empty while it has not."""
    if not remedy.outcome:
        return ""
    words = outcome_words(remedy.outcome)
    if remedy.appeal_dismissed:
        return f"驳回上诉，维持原判（{words}）"
    return words


def matter_rows(remedy: Remedy) -> list[Row]:
    contested = f"{remedy.contested_no} {_day(remedy.contested_on)}".strip()
    procedure = "" if remedy.is_suit else str(remedy.get_procedure_display())
    return _rows(
        [
            (_("Kind"), str(remedy.get_kind_display())),
            (_("Procedure"), procedure),
            (_("Instance"), "二审" if remedy.instance > 1 else ""),
            (_("Receiving body"), remedy.body),
            (_("Its file number"), remedy.body_number),
            (_("Reply contested"), contested),
            (_("Defence number"), remedy.defence_no),
            (_("Decision number"), remedy.decision_no),
            (_("Outcome"), outcome_of(remedy)),
        ]
    )


def day_rows(remedy: Remedy) -> list[Row]:
    """What happened when, and until when what follows may be done. No query but for
    the calendar."""
    days = clock.days_of(remedy)
    appeal = str(remedy.get_appeal_display()) if remedy.decided_on else ""
    contest = _("Last day to appeal") if remedy.is_suit else _("Last day to sue")
    return _rows(
        [
            (_("Knew of it on"), _day(remedy.known_on)),
            (_("Last day to begin"), _day(days.to_begin)),
            (_("Begun on"), _day(remedy.filed_on)),
            (_("Accepted on"), _day(remedy.accepted_on)),
            (_("Copy received on"), _day(remedy.copy_received_on)),
            (_("Defence due on"), _day(days.defence)),
            (_("Defence sent on"), _day(remedy.defended_on)),
            (_("Suspended on"), _day(remedy.suspended_on)),
            (_("The body decides by"), _day(days.decision) if remedy.is_open else ""),
            (_("Decided on"), _day(remedy.decided_on)),
            (_("Served on"), _day(remedy.served_on)),
            (contest, _day(days.to_contest)),
            (_("Contested further"), appeal),
        ]
    )


def party_rows(remedy: Remedy, told: Parties, is_shown: bool) -> list[Row]:
    """As the papers name them; masked until shown."""
    hidden = _("Hidden, characters: %(count)s") % {"count": len(told.claims)}
    names = "、".join(mask_name(one) for one in told.others.splitlines() if one)
    rows = [
        (_("Party"), told.name if is_shown else mask_name(told.name)),
        (_("Kind of party"), str(remedy.get_party_kind_display())),
        (
            _("Number of identity"),
            told.identity_no if is_shown else mask_number(told.identity_no),
        ),
        (_("Telephone"), told.phone if is_shown else mask_number(told.phone)),
        (_("Address"), told.address if is_shown else _masked(told.address)),
        (_("Agent"), told.agent_name if is_shown else _masked(told.agent_name)),
        (_("Third persons (第三人)"), told.others if is_shown else names),
        (_("What is claimed"), told.claims if is_shown or not told.claims else hidden),
    ]
    return _rows(rows)


def _masked(text: str) -> str:
    return mask_name(text) if text else ""


def _rows(pairs: Sequence[tuple[str, str]]) -> list[Row]:
    return [{"label": label, "value": value} for label, value in pairs if value]


def _day(day: object) -> str:
    return str(day) if day else ""


def papers_of(remedy: Remedy, can_open: bool, is_shown: bool) -> list[Paper]:
    """Its documents. A name may tell whose it is: shown with the parties."""
    found = []
    for file in remedy.files.all():
        file.remedy = remedy
        kind = str(file.get_kind_display())
        added = timezone.localdate(file.added_at).isoformat()
        url = reverse("remedies:file", args=[remedy.pk, file.public_id])
        name = name_of(file) if is_shown else kind
        told = f"{kind} · {added}" if is_shown else added
        found.append(Paper(name, url if can_open else "", told, file.size))
    return found


def label_of(step: Step) -> str:
    if step.name == ACT:
        return _("Counted anew: the calendar changed")
    row = TRANSITIONS.get(step.name)
    return str(row.label) if row else _("Registered")


def history_of(remedy: Remedy, can_open: bool) -> list[Told]:
    """The steps, the newest first. One query."""
    steps = remedy.steps.select_related("by__person").order_by("-pk")
    return [
        Told(
            at=step.at,
            on=_facts(step),
            who=step.by.person.name if step.by else _("the system"),
            what=label_of(step),
            note=open_note(remedy.data_key, step.sealed_note) if can_open else "",
        )
        for step in steps
    ]


def _facts(step: Step) -> str:
    facts = []
    if step.on != timezone.localdate(step.at):
        facts.append(step.on.isoformat())
    if step.until:
        facts.append(_("up to %(day)s") % {"day": step.until.isoformat()})
    if step.outcome:
        facts.append(outcome_words(step.outcome))
    return " · ".join(facts)


def offers_of(remedy: Remedy, choices: Sequence[Choice]) -> list[Offer]:
    """The acts that are allowed now: what moves the remedy on first."""
    allowed = sorted(
        (one for one in choices if one.is_allowed),
        key=lambda one: rank(one.transition.name, MAIN, DANGER),
    )
    return [
        Offer(
            str(choice.transition.label),
            reverse("remedies:act", args=[remedy.pk, choice.transition.name]),
            "second" if number else "",
        )
        for number, choice in enumerate(allowed)
    ]
