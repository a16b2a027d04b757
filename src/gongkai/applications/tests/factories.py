"""Cases for tests, registered and moved by the services that clicks call."""

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import count
from typing import Any

from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import make_agency, make_scope
from gongkai.applications.files import Prepared
from gongkai.applications.models import Case
from gongkai.applications.persons import Applicant, Wanted
from gongkai.applications.rules import Actor
from gongkai.applications.services.registering import Incoming, Receipt, register

_numbers = count(1)
APPLICANT = Actor()
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
REPLY = Prepared("reply", "答复书.pdf", "application/pdf", PDF, for_applicant=True)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), timezone.get_default_timezone())


def applicant(name: str = "柳青河", **told: str) -> Applicant:
    known = {
        "identity_kind": "resident_id",
        "identity_no": "35012119851102123X",
        "phone": "13800138000",
        "email": "liu@example.org",
        "address": "霜桥县北门路 3 号",
    }
    return Applicant(name=name, **{**known, **told})


def incoming(
    *subjects: str, received_on: date = date(2025, 3, 3), **told: Any
) -> Incoming:
    known: dict[str, Any] = {
        "key": f"test-{next(_numbers)}",
        "channel": "in_person",
        "kind": "natural_person",
        "applicant": applicant(),
        "wanted": tuple(
            Wanted(one, description="2024 年度退耕还林补助发放明细")
            for one in subjects or ("退耕还林补助发放明细",)
        ),
    }
    return Incoming(received_on=received_on, **{**known, **told})


class Desk:
    """An agency's application desk with a clerk and a head."""

    def __init__(self, agency: Agency | None = None) -> None:
        self.agency = agency or make_agency()
        self.clerk = Actor(make_scope(self.agency, Role.CLERK))
        self.head = Actor(make_scope(self.agency, Role.SECTION_HEAD))

    def receive(
        self,
        *subjects: str,
        files: Sequence[Prepared] = (),
        by: Actor | None = None,
        now: datetime | None = None,
        **told: Any,
    ) -> list[Receipt]:
        paper = incoming(*subjects, **told)
        return register(
            actor=by or self.clerk,
            agency=self.agency,
            incoming=paper,
            files=files,
            now=now or noon(paper.received_on),
        )

    def case(self, **told: Any) -> Case:
        return self.receive(**told)[0].case
