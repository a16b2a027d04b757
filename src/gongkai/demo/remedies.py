"""A handful of refusals that are contested: one to the court, one still to answer."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import Scope
from gongkai.applications.files import Prepared
from gongkai.applications.models import Case
from gongkai.remedies.choices import Kind, Procedure
from gongkai.remedies.models import Remedy
from gongkai.remedies.services import handling
from gongkai.remedies.services.registering import Incoming, register

REVIEWER, COURT = "青禾市人民政府", "青禾市中级人民法院"
Scopes = Callable[[Role], Scope]


def load(agency: Agency, scope_of: Scopes, today: date) -> int:
    """On the agency's refused cases, the oldest first; returns how many there are."""
    refused = Case.objects.filter(
        agency=agency, result__startswith="D", replied_on__lt=today - timedelta(days=90)
    )
    by = scope_of(Role.CLERK)
    cases = list(refused.order_by("-replied_on")[:3])
    for case in cases[:2]:
        review = _contested(by, case, Kind.RECONSIDERATION, _after(case, 20))
        _answered(by, review)
        _decided(by, review, "upheld", 40)
    for case in cases[:1]:
        review = case.remedies.get()
        day = (review.decided_on or today) + timedelta(days=12)
        suit = _contested(by, case, Kind.SUIT_AFTER, day, review)
        _answered(by, suit)
    for case in cases[2:]:
        on, procedure = today - timedelta(days=2), Procedure.SIMPLE
        _contested(by, case, Kind.RECONSIDERATION, on, procedure=procedure)
    return Remedy.objects.count()


def _after(case: Case, days: int) -> date:
    return (case.replied_on or case.received_on) + timedelta(days=days)


def _contested(
    by: Scope,
    case: Case,
    kind: str,
    on: date,
    follows: Remedy | None = None,
    procedure: str = Procedure.ORDINARY,
) -> Remedy:
    return register(
        by=by,
        agency=case.agency,
        incoming=Incoming(
            key=f"demo-{kind}-{case.pk}",
            kind=kind,
            subject=case.subject,
            body=REVIEWER if kind == Kind.RECONSIDERATION else COURT,
            copy_received_on=on,
            case=case,
            follows=follows,
            claims="请求撤销答复，责令重新作出答复。",
            contested_no=case.reply_no,
            contested_on=case.replied_on,
            known_on=case.replied_on,
            filed_on=on - timedelta(days=4),
            procedure=procedure,
        ),
        now=_at(on),
    )


def _answered(by: Scope, remedy: Remedy) -> None:
    on = remedy.copy_received_on + timedelta(days=6)
    letter = f"答复（答辩）书\n\n案件：{remedy.number}\n请求维持本机关作出的答复。\n"
    paper = Prepared("defence", "答复书.txt", "text/plain", letter.encode())
    handling.defend(by=by, remedy=remedy, on=on, files=[paper], now=_at(on))


def _decided(by: Scope, remedy: Remedy, outcome: str, days: int) -> None:
    on = remedy.copy_received_on + timedelta(days=days)
    handling.decide(
        by=by, remedy=remedy, on=on, outcome=outcome, served_on=on, now=_at(on)
    )
    remedy.refresh_from_db()


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(15)))
