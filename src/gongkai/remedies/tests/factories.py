"""Remedies for tests, registered and moved by the services that clicks call."""

from datetime import date
from itertools import count
from typing import Any

from gongkai.agencies.scope import Scope
from gongkai.applications.files import Prepared
from gongkai.applications.models import Case
from gongkai.applications.services.handling import reply
from gongkai.applications.tests.factories import PDF, REPLY, Desk, noon
from gongkai.remedies.choices import Kind
from gongkai.remedies.models import Remedy
from gongkai.remedies.parties import Parties
from gongkai.remedies.services.handling import decide
from gongkai.remedies.services.registering import Incoming, register

_numbers = count(1)
DEFENCE = Prepared("defence", "答辩状.pdf", "application/pdf", PDF, for_applicant=False)


def incoming(**told: Any) -> Incoming:
    known: dict[str, Any] = {
        "key": f"remedy-{next(_numbers)}",
        "kind": Kind.RECONSIDERATION,
        "subject": "不服不予公开决定",
        "body": "霜桥县人民政府",
        "copy_received_on": date(2025, 4, 10),
    }
    if "case" not in told:
        known["parties"] = Parties(name="柳青河", phone="13800138000")
    return Incoming(**{**known, **told})


def clerk(desk: Desk) -> Scope:
    assert desk.clerk.scope is not None
    return desk.clerk.scope


def head(desk: Desk) -> Scope:
    assert desk.head.scope is not None
    return desk.head.scope


def make_remedy(desk: Desk, **told: Any) -> Remedy:
    paper = incoming(**told)
    now = noon(told.pop("entered_on", paper.copy_received_on))
    return register(by=clerk(desk), agency=desk.agency, incoming=paper, now=now)


def refused_case(desk: Desk, on: date = date(2025, 3, 20)) -> Case:
    """A case whose reply refuses as a state secret."""
    case = desk.case()
    reply(
        actor=desk.clerk,
        case=case,
        on=on,
        result="D1",
        files=[REPLY],
        now=noon(on),
    )
    return Case.objects.get(pk=case.pk)


def end(desk: Desk, remedy: Remedy, outcome: str, on: date, **told: Any) -> Remedy:
    decide(by=clerk(desk), remedy=remedy, outcome=outcome, on=on, now=noon(on), **told)
    return now(remedy)


def now(remedy: Remedy) -> Remedy:
    return Remedy.objects.select_related("agency", "case").get(pk=remedy.pk)
