"""Handling a remedy up to its end. Each function is one transition."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai import law
from gongkai.accounts.models import Person
from gongkai.agencies.models import Post
from gongkai.agencies.scope import Scope
from gongkai.applications.files import Prepared
from gongkai.applications.services.moving import check_day
from gongkai.remedies import clock, rules
from gongkai.remedies.choices import Appeal, Procedure
from gongkai.remedies.exceptions import BadInput
from gongkai.remedies.files import attach, keep_for
from gongkai.remedies.models import Hearing, Remedy, Step
from gongkai.remedies.services.moving import Move, begin


def defend(
    *,
    by: Scope,
    remedy: Remedy,
    on: date,
    files: Sequence[Prepared],
    defence_no: str = "",
    text: str = "",
    now: datetime | None = None,
) -> Step:
    """The defence with its evidence as it was sent, on the day that counts."""
    if not files:
        raise BadInput("defence", _("Add the defence as it was sent."))
    kept = keep_for(remedy, files)
    with transaction.atomic():
        move = begin("defend", remedy=remedy, by=by, on=on, now=now)
        move.remedy.defended_on = on
        move.remedy.defence_no = defence_no.strip()
        attach(move.remedy, kept, move.now)
        return move.finish(note=text)


@transaction.atomic
def put_off_defence(
    *, by: Scope, remedy: Remedy, until: date, text: str, now: datetime | None = None
) -> Step:
    """The court, or whoever took the complaint, set another day for the answer."""
    move = begin("put_off_defence", remedy=remedy, by=by, on=None, now=now)
    _needs(text, "text", _("Write who set the day, and where that stands."))
    if until < move.remedy.copy_received_on:
        raise BadInput("until", _before(until, move.remedy.copy_received_on))
    move.remedy.answer_set_on = until
    return move.finish(note=text, until=until)


@transaction.atomic
def to_ordinary(
    *, by: Scope, remedy: Remedy, on: date, now: datetime | None = None
) -> Step:
    """The simple procedure did not fit: its longer terms hold from the copy on."""
    move = begin("to_ordinary", remedy=remedy, by=by, on=on, now=now)
    move.remedy.procedure = Procedure.ORDINARY
    return move.finish()


@transaction.atomic
def accept(
    *,
    by: Scope,
    remedy: Remedy,
    on: date,
    body_number: str,
    now: datetime | None = None,
) -> Step:
    """The body accepted it (受理) under its own number; its term runs from here."""
    move = begin("accept", remedy=remedy, by=by, on=on, now=now)
    _needs(body_number, "body_number", _("Write the number that the body gave it."))
    move.remedy.accepted_on = on
    move.remedy.body_number = body_number.strip()
    return move.finish()


@transaction.atomic
def set_hearing(
    *,
    by: Scope,
    remedy: Remedy,
    when: datetime,
    place: str,
    now: datetime | None = None,
) -> Hearing:
    move = begin("set_hearing", remedy=remedy, by=by, on=None, now=now)
    _needs(place, "place", _("Write where the hearing is."))
    if timezone.localdate(when) < move.remedy.copy_received_on:
        raise BadInput(
            "when", _before(timezone.localdate(when), move.remedy.copy_received_on)
        )
    hearing = Hearing.objects.create(remedy=move.remedy, at=when, place=place.strip())
    move.finish(until=timezone.localdate(when))
    return hearing


def hold_hearing(
    *,
    by: Scope,
    hearing: Hearing,
    text: str = "",
    files: Sequence[Prepared] = (),
    now: datetime | None = None,
) -> Step:
    """It was held on its day."""
    on = timezone.localdate(hearing.at)
    kept = keep_for(hearing.remedy, files)
    with transaction.atomic():
        move = begin("hold_hearing", remedy=hearing.remedy, by=by, on=on, now=now)
        found = _ahead(move, hearing)
        found.held_on = on
        found.save(update_fields=["held_on"])
        attach(move.remedy, kept, move.now)
        return move.finish(note=text)


@transaction.atomic
def call_off_hearing(
    *, by: Scope, hearing: Hearing, text: str = "", now: datetime | None = None
) -> Step:
    move = begin("call_off_hearing", remedy=hearing.remedy, by=by, on=None, now=now)
    found = _ahead(move, hearing)
    found.called_off_on = move.on
    found.save(update_fields=["called_off_on"])
    return move.finish(note=text)


def _ahead(move: Move, hearing: Hearing) -> Hearing:
    """The hearing anew, under the remedy's lock: of two entries the second fails."""
    found = move.remedy.hearings.get(pk=hearing.pk)
    if not found.is_ahead:
        raise BadInput("hearing", _("It is entered already what became of it."))
    return found


@transaction.atomic
def extend(
    *,
    by: Scope,
    remedy: Remedy,
    on: date,
    until: date,
    text: str = "",
    now: datetime | None = None,
) -> Step:
    """The body told that it takes longer; of a reconsideration by so many days at most
    as the law says (Art. 62)."""
    move = begin("extend", remedy=remedy, by=by, on=on, now=now)
    if until <= on:
        raise BadInput("until", _before(until, on))
    _check_extension(move.remedy, until)
    move.remedy.extended_until = until
    return move.finish(note=text, until=until)


def _check_extension(remedy: Remedy, until: date) -> None:
    usual, key = clock.days_of(remedy).decision, clock.proceeding_of(remedy).extension
    if not key or usual is None:
        return
    most = law.term_end(law.regime(remedy.regime).term(key), usual, clock.of(remedy))
    if most is not None and until > most:
        raise BadInput(
            "until",
            _("%(day)s is later than the law allows: %(most)s at most.")
            % {"day": until.isoformat(), "most": most.isoformat()},
        )


@transaction.atomic
def suspend(
    *,
    by: Scope,
    remedy: Remedy,
    on: date,
    text: str = "",
    now: datetime | None = None,
) -> Step:
    move = begin("suspend", remedy=remedy, by=by, on=on, now=now)
    move.remedy.suspended_on = on
    return move.finish(note=text)


@transaction.atomic
def resume(*, by: Scope, remedy: Remedy, on: date, now: datetime | None = None) -> Step:
    """The days of the suspension move the day by which the body decides."""
    move = begin("resume", remedy=remedy, by=by, on=on, now=now)
    _end_suspension(move, on, "on")
    return move.finish()


def _end_suspension(move: Move, on: date, field: str) -> None:
    since = move.remedy.suspended_on
    if since is None:
        return
    if on < since:
        raise BadInput(field, _before(on, since))
    days = (on - since).days
    move.remedy.suspended_days += days
    if move.remedy.extended_until is not None:
        move.remedy.extended_until += timedelta(days=days)
    move.remedy.suspended_on = None


def decide(
    *,
    by: Scope,
    remedy: Remedy,
    on: date,
    outcome: str,
    decision_no: str = "",
    served_on: date | None = None,
    text: str = "",
    files: Sequence[Prepared] = (),
    now: datetime | None = None,
) -> Step:
    """How it ended, on the day of the decision. Raises BadInput for an outcome that
    this kind does not know."""
    kept = keep_for(remedy, files)
    with transaction.atomic():
        move = begin("decide", remedy=remedy, by=by, on=on, now=now)
        key = _set_outcome(move, outcome, on)
        move.remedy.decision_no = decision_no.strip()
        move.remedy.suspended_on = None
        if served_on is not None:
            _set_served(move, served_on, "served_on")
        attach(move.remedy, kept, move.now)
        return move.finish(note=text, outcome=key)


@transaction.atomic
def correct_decision(
    *,
    by: Scope,
    remedy: Remedy,
    on: date,
    outcome: str,
    text: str,
    decision_no: str = "",
    now: datetime | None = None,
) -> Step:
    """What was entered was wrong: figures as of an earlier moment stay as they were."""
    move = begin("correct_decision", remedy=remedy, by=by, on=on, now=now)
    _needs(text, "text", _("Write what was wrong."))
    if move.remedy.served_on is not None and move.remedy.served_on < on:
        raise BadInput("on", _after(on, move.remedy.served_on))
    key = _set_outcome(move, outcome, on)
    if decision_no.strip():
        move.remedy.decision_no = decision_no.strip()
    return move.finish(note=text, outcome=key)


def _set_outcome(move: Move, outcome: str, on: date) -> str:
    """The key of the outcome that counts: of an appeal dismissed, the first one's."""
    remedy = move.remedy
    if outcome not in rules.outcome_keys(remedy):
        raise BadInput("outcome", _("Choose one of the outcomes."))
    remedy.appeal_dismissed = outcome == rules.APPEAL_DISMISSED
    if remedy.appeal_dismissed:
        outcome = remedy.follows.outcome if remedy.follows else ""
    remedy.outcome, remedy.decided_on = outcome, on
    return outcome


@transaction.atomic
def serve(*, by: Scope, remedy: Remedy, on: date, now: datetime | None = None) -> Step:
    """The day on which the decision was served: what follows counts from here."""
    move = begin("serve", remedy=remedy, by=by, on=on, now=now)
    _set_served(move, on, "on")
    return move.finish()


def _set_served(move: Move, on: date, field: str) -> None:
    check_day(field, on, timezone.localdate(move.now))
    decided_on = move.remedy.decided_on
    if decided_on is not None and on < decided_on:
        raise BadInput(field, _before(on, decided_on))
    move.remedy.served_on = on


@transaction.atomic
def note_appeal(
    *, by: Scope, remedy: Remedy, appeal: str, now: datetime | None = None
) -> Step:
    move = begin("note_appeal", remedy=remedy, by=by, on=None, now=now)
    if appeal not in Appeal.values or not appeal:
        raise BadInput("appeal", _("Choose one of the answers."))
    followed = move.remedy.followed_by.standing().exists()
    if appeal == Appeal.NONE and followed:
        raise BadInput("appeal", _("What follows is registered already: see there."))
    move.remedy.appeal = appeal
    return move.finish()


def add_documents(
    *,
    by: Scope,
    remedy: Remedy,
    files: Sequence[Prepared],
    now: datetime | None = None,
) -> Step:
    if not files:
        raise BadInput("files", _("Add at least one file."))
    kept = keep_for(remedy, files)
    with transaction.atomic():
        move = begin("add_documents", remedy=remedy, by=by, on=None, now=now)
        attach(move.remedy, kept, move.now)
        return move.finish()


@transaction.atomic
def assign(
    *, by: Scope, remedy: Remedy, handler: Person, now: datetime | None = None
) -> Step:
    """Make a colleague the handler; raises BadInput for somebody without a post."""
    move = begin("assign", remedy=remedy, by=by, on=None, now=now)
    if not Post.objects.filter(person=handler, agency=move.remedy.agency).exists():
        raise BadInput(
            "handler",
            _("%(name)s holds no post in %(agency)s.")
            % {"name": handler.name, "agency": move.remedy.agency.name},
        )
    move.remedy.handler = handler
    return move.finish()


@transaction.atomic
def archive(*, by: Scope, remedy: Remedy, now: datetime | None = None) -> Step:
    return begin("archive", remedy=remedy, by=by, on=None, now=now).finish()


@transaction.atomic
def strike_out(
    *, by: Scope, remedy: Remedy, text: str, now: datetime | None = None
) -> Step:
    """Registered by mistake: it stays to be read and is counted nowhere from now on."""
    move = begin("strike_out", remedy=remedy, by=by, on=None, now=now)
    _needs(text, "text", _("Write why it was a mistake."))
    if move.remedy.followed_by.standing().exists():
        raise BadInput("text", _("Another remedy follows it: strike that out first."))
    return move.finish(note=text)


def _needs(text: str, field: str, sentence: str) -> None:
    if not text.strip():
        raise BadInput(field, sentence)


def _before(day: date, other: date) -> str:
    return _("%(day)s is before %(other)s. Check both.") % {
        "day": day.isoformat(),
        "other": other.isoformat(),
    }


def _after(day: date, other: date) -> str:
    return _("%(day)s is after %(other)s. Check both.") % {
        "day": day.isoformat(),
        "other": other.isoformat(),
    }
