"""The parts of a case's page: who and what, papers, others asked, its course."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai import law
from gongkai.accounts.models import User
from gongkai.applications.choices import (
    ApplicantKind,
    Channel,
    IdentityKind,
    Manner,
    Route,
    Stage,
)
from gongkai.applications.files import name_of
from gongkai.applications.models import Act, Case, CoHandling, Consultation, Notice
from gongkai.applications.persons import Sealed, mask_name, mask_number, read_note
from gongkai.applications.rules import Choice
from gongkai.applications.services.asking import Consulted, consulted
from gongkai.applications.transitions import TRANSITIONS
from gongkai.audit.models import Event

Row = dict[str, str]
LOOKS = 30
LOOKED = ("case.person_shown", "case.file_opened", "case.letter_opened")

TAGS = {
    Stage.RECEIVED: "info",
    Stage.IN_REVIEW: "info",
    Stage.CORRECTION: "warn",
    Stage.REASON_ASKED: "warn",
    Stage.DELAYED: "warn",
    Stage.FEE_PENDING: "warn",
    Stage.THIRD_PARTY: "warn",
    Stage.ORGAN_CONSULT: "warn",
    Stage.REPLIED: "ok",
}
"""State of the tag for a stage; what is over and done has none."""


def tag_of(case: Case) -> tuple[str, str]:
    return str(case.get_stage_display()), TAGS.get(Stage(case.stage), "")


def result_words(case: Case) -> str:
    """The result as the official form names it; empty while there is none."""
    if case.joined_into is not None:
        number = case.joined_into.number
        return _("Joined to %(number)s") % {"number": number}
    if not case.result:
        return ""
    known = law.regime(case.regime).results.get(case.result)
    if known is None:
        return str(Stage(Stage.WITHDRAWN).label)
    return f"{known.label.text(get_language() or 'zh-hans')}（{case.result}）"


# Who and what


def person_rows(case: Case, told: Sealed, is_shown: bool) -> list[Row]:
    """The applicant as given; masked until shown."""
    who = told.applicant
    number = f"{_label(IdentityKind, who.identity_kind)} {who.identity_no}".strip()
    if not is_shown and who.identity_no:
        kind = _label(IdentityKind, who.identity_kind)
        number = f"{kind} {mask_number(who.identity_no)}".strip()
    rows = [
        (_("Applicant"), who.name if is_shown else mask_name(who.name)),
        (_("Kind"), _label(ApplicantKind, case.applicant_kind)),
        (_("Proof of identity"), number),
        (_("Contact person"), _masked(who.contact_person, is_shown)),
        (_("Telephone"), who.phone if is_shown else mask_number(who.phone)),
        (_("E-mail"), _masked(who.email, is_shown)),
        (_("Address"), _masked(f"{who.address} {who.postcode}".strip(), is_shown)),
        (_("Agent"), _masked(who.agent_name, is_shown)),
        (_("Agent's number"), _masked(who.agent_identity_no, is_shown)),
    ]
    return _rows(rows)


def asked_rows(case: Case, told: Sealed | None, is_shown: bool) -> list[Row]:
    """What is asked for. The applicant's own words are shown with the person."""
    rows = [(_("Information asked for"), case.subject)]
    if told is not None:
        wanted = told.wanted
        rows += [
            (_("Title of the document"), _hidden(wanted.title, is_shown)),
            (_("Document number"), _hidden(wanted.doc_no, is_shown)),
            (_("Description"), _hidden(wanted.description, is_shown)),
        ]
    rows += [
        (_("Form wanted"), _label(Manner, case.manner)),
        (_("Route wanted"), _label(Route, case.route)),
        (_("Channel"), _label(Channel, case.channel)),
    ]
    return _rows(rows)


def _rows(pairs: Sequence[tuple[str, str]]) -> list[Row]:
    return [{"label": label, "value": value} for label, value in pairs if value]


def _masked(text: str, is_shown: bool) -> str:
    return text if is_shown or not text else mask_name(text)


def _hidden(text: str, is_shown: bool) -> str:
    if is_shown or not text:
        return text
    return _("Hidden, characters: %(count)s") % {"count": len(text)}


def _label(choices: type, value: str) -> str:
    return str(dict(choices.choices).get(value, ""))  # type: ignore[attr-defined]


# Papers


@dataclass(frozen=True)
class Paper:
    """A file as ``web/_file_row.html`` shows it."""

    name: str
    url: str
    kind: str
    size: int
    sha256: str = ""


def papers_of(case: Case, can_open: bool, is_shown: bool) -> list[Paper]:
    """The documents of the case. A name may tell whose it is: shown with the person."""
    found = []
    for file in case.files.select_related("stored"):
        file.case = case
        kind = str(file.get_kind_display())
        added = timezone.localdate(file.added_at).isoformat()
        added = f"{kind} · {added}" if is_shown else added
        url = reverse("applications-console:file", args=[case.pk, file.public_id])
        name = name_of(file) if is_shown else kind
        found.append(Paper(name, url if can_open else "", added, file.size))
    return found


@dataclass(frozen=True)
class Letter:
    notice: Notice
    url: str
    to: str


def letters_of(case: Case, can_open: bool) -> list[Letter]:
    told = []
    for notice in case.notices.defer("sealed_text"):
        url = reverse("applications-console:letter", args=[case.pk, notice.pk])
        to = _("to the applicant") if notice.to_applicant else _("to those consulted")
        told.append(Letter(notice, url if can_open else "", to))
    return told


@dataclass(frozen=True)
class Printed:
    """A letter's text as it is set: its lines, then body and day to the right."""

    title: str
    lines: list[str]
    signature: list[str]

    @classmethod
    def of(cls, title: str, text: str) -> "Printed":
        body, _gap, end = text.rstrip().rpartition("\n\n")
        return cls(title, (body or end).split("\n"), end.split("\n") if body else [])


# Others who were asked


@dataclass(frozen=True)
class Asked:
    consultation: Consultation
    told: Consulted | None


def asked_of(case: Case, can_open: bool) -> list[Asked]:
    found = []
    for one in case.consultations.all():
        one.case = case
        found.append(Asked(one, consulted(one) if can_open else None))
    return found


@dataclass(frozen=True)
class Helped:
    co_handling: CoHandling
    opinion: str


def helped_of(case: Case, can_open: bool) -> list[Helped]:
    return [
        Helped(one, read_note(case, one.sealed_opinion) if can_open else "")
        for one in case.co_handlings.all()
    ]


# Its course


def label_of(act: Act) -> str:
    told = {
        "register": _("Registered"),
        "taken_over": _("Taken over from an older register"),
        "recount": _("Counted anew: the calendar changed"),
    }
    if act.name in told:
        return told[act.name]
    row = TRANSITIONS.get(act.name)
    return str(row.label) if row else act.name


@dataclass(frozen=True)
class Told:
    at: datetime
    on: str
    who: str
    what: str
    note: str = ""


def history_of(case: Case, can_open: bool) -> list[Told]:
    """The acts, the newest first. One query."""
    acts = case.acts.select_related("by__person").order_by("-pk")
    return [
        Told(
            at=act.at,
            on=_facts(act),
            who=_who(act),
            what=label_of(act),
            note=read_note(case, act.sealed_note) if can_open else "",
        )
        for act in acts
    ]


def _facts(act: Act) -> str:
    facts = []
    if act.on != timezone.localdate(act.at):
        facts.append(act.on.isoformat())
    if act.days:
        facts.append(_("working days: %(days)s") % {"days": act.days})
    if act.until:
        facts.append(_("until %(day)s") % {"day": act.until.isoformat()})
    return " · ".join(facts)


def _who(act: Act) -> str:
    if act.by is not None:
        return act.by.person.name
    return _("the applicant") if act.by_applicant else _("the system")


def looks_of(case: Case) -> list[Told]:
    """Who had personal data shown, the newest first. Two queries."""
    words = {
        "case.person_shown": _("Applicant shown"),
        "case.file_opened": _("File opened"),
        "case.letter_opened": _("Letter opened"),
    }
    events = list(
        Event.objects.filter(
            object_type="applications.Case", object_id=str(case.pk), verb__in=LOOKED
        ).order_by("-pk")[:LOOKS]
    )
    users = User.objects.select_related("person").in_bulk(
        {event.user_id for event in events if event.user_id}
    )
    return [
        Told(
            at=event.at,
            on="",
            who=users[event.user_id].person.name if event.user_id in users else "—",
            what=words[event.verb],
        )
        for event in events
    ]


def steps_of(case: Case) -> list[dict[str, str]]:
    """Registered, handled, ended, filed: where the case stands."""
    stage, ended = Stage(case.stage), not case.is_open
    last = case.closed_on or case.replied_on
    is_filed, begun = stage is Stage.ARCHIVED, timezone.localdate(case.registered_at)
    is_new = stage is Stage.RECEIVED
    handled = "" if ended or is_new else str(case.get_stage_display())
    ends = {Stage.WITHDRAWN: _("Withdrawn"), Stage.CLOSED: _("Closed")}
    return [
        _step(_("Registered"), begun.isoformat(), "done"),
        _step(_("Handling"), handled, "done" if ended else "now"),
        _step(
            ends.get(stage, _("Replied")),
            last.isoformat() if last else "",
            ("done" if is_filed else "now") if ended else "todo",
        ),
        _step(_("Filed"), "", "now" if is_filed else "todo"),
    ]


def _step(label: str, note: str, state: str) -> dict[str, str]:
    return {"label": label, "note": note, "state": state}


@dataclass(frozen=True)
class Offer:
    label: str
    url: str
    style: str
    is_direct: bool = False


MAIN = (
    *("confirm", "take_up", "receive_correction", "fee_paid", "receive_reasons"),
    *("third_party_silent", "third_party_received", "third_party_opinion"),
    *("organ_silent", "organ_received", "organ_opinion"),
    *("resume", "deliver", "reply", "archive"),
)
"""What moves a case on: the first that is allowed is what it waits for."""
DIRECT = ("take_up", "resume")
"""Acts that need nothing and harm nothing: one button on the case's page."""
DANGER = ("withdraw", "default_correction", "default_fee")


def offers_of(case: Case, choices: Sequence[Choice]) -> list[Offer]:
    """The acts that are allowed now: what moves the case on first."""
    allowed = sorted(
        (one for one in choices if one.is_allowed),
        key=lambda one: rank(one.transition.name, MAIN, DANGER),
    )
    return [
        Offer(
            str(choice.transition.label),
            reverse("applications-console:act", args=[case.pk, choice.transition.name]),
            "second" if number else "",
            is_direct=choice.transition.name in DIRECT,
        )
        for number, choice in enumerate(allowed)
    ]


def rank(name: str, main: Sequence[str], danger: Sequence[str]) -> tuple[int, int]:
    """What moves the work on first, in its order; what harms last."""
    if name in main:
        return 0, main.index(name)
    return (2, 0) if name in danger else (1, 0)
