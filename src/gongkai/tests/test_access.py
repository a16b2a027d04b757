"""Every route declares who may call it, and nobody else gets through.

Walks every route × method × role × tenant against the declarations.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import make_agency, make_user
from gongkai.applications.importing import IMPORTER
from gongkai.applications.models import Case
from gongkai.applications.services import replying
from gongkai.applications.tests.factories import Desk
from gongkai.audit.models import Event
from gongkai.items.models import Item
from gongkai.items.tests.factories import Office
from gongkai.registry import charts
from gongkai.registry.access import Access, access_of
from gongkai.registry.imports import services
from gongkai.registry.models import ImportRun
from gongkai.remedies.models import Remedy
from gongkai.remedies.tests.factories import make_remedy
from gongkai.reports.models import Reading
from gongkai.reports.tests.factories import text_of, upload
from gongkai.statistics.models import Filing
from gongkai.statistics.tests.factories import Body

pytestmark = pytest.mark.django_db
CHART = charts.Chart("每月收到申请", ("24-01",), (3,))


@dataclass(frozen=True)
class Route:
    name: str
    pattern: URLPattern

    @property
    def access(self) -> Access | None:
        return access_of(self.pattern.callback)

    @property
    def parameters(self) -> list[str]:
        return list(self.pattern.pattern.converters)

    def __str__(self) -> str:
        return self.name


def routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[Route]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from routes(entry, inner)
        else:
            yield Route(f"{space}{entry.name}", entry)


ROUTES = list(routes())
STAFF = [route for route in ROUTES if route.access and not route.access.is_public]


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_every_route_declares_who_may_call_it(route: Route) -> None:
    assert route.access is not None, f"{route} has neither @public nor @staff"


@dataclass(frozen=True)
class World:
    """An agency with an item under review, a case, a return; every role elsewhere."""

    office: Office
    item: Item
    case: Case
    remedy: Remedy
    run: ImportRun
    filing: Filing
    reading: Reading
    other: Agency

    def address(self, route: Route) -> str:
        return reverse(
            route.name, kwargs={name: self.sample(name) for name in route.parameters}
        )

    def sample(self, name: str) -> Any:
        version = self.item.versions.get()
        samples = {
            "pk": self.item.pk,
            "item_id": self.item.pk,
            "case_id": self.case.pk,
            "remedy_id": self.remedy.pk,
            "act": "withdraw",
            "ending": "pdf",
            "of": "reply",
            "notice_id": 1,
            "agency_id": self.office.agency.pk,
            "slug": self.office.agency.slug,
            "agency": self.office.agency.slug,
            "year": 2026,
            "token": "of-somebody-else",
            "key": "proactive_total",
            "number": version.number,
            "old": version.number,
            "new": version.number,
            "public_id": version.files.get().public_id,
            "step_id": version.steps.get(position=0).pk,
            "column_id": self.office.column().pk,
            "post_id": self.office.agency.posts.all()[0].pk,
            "person_id": self.office.agency.posts.all()[0].person_id,
            "account_id": self.office.agency.posts.all()[0].person.accounts.get().pk,
            "outlet_id": self.office.agency.outlets.all()[0].pk,
            "finding_id": version.findings.all()[0].pk,
            "filing_id": self.filing.pk,
            "reading_id": self.reading.pk,
            "claim_id": self.reading.claims.all()[0].pk,
            "report_finding_id": self.reading.findings.all()[0].pk,
            "saved_id": 1,
            "run_id": self.run.pk,
            "digest": charts.keep(f"applications/{self.office.agency.pk}", CHART),
        }
        return samples[name]


@pytest.fixture
def world() -> World:
    root = make_agency()
    office = Office(make_agency(parent=root))
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    item = office.draft(
        files=[("a.pdf", pdf)], body="<p>身份证号11010519491231002X</p>"
    )
    office.submit(item)
    desk = Desk(office.agency)
    case = desk.case()
    assert desk.clerk.scope is not None
    replying.draft(by=desk.clerk.scope, case=case, result="D4")
    remedy = make_remedy(desk, case=case)
    run = services.begin(
        importer=IMPORTER,
        agency_id=office.agency.pk,
        user_id=make_user(office.agency, Role.OGI_OFFICE).pk,
        name="台账.csv",
        data="收到日期,申请人\n2023-03-06,柳青河".encode(),
    )
    filing = Body(office.agency).draft()
    told = text_of(office.agency.name, received=26)
    reading = upload(office, told)
    return World(
        office, item, case, remedy, run, filing, reading, make_agency(parent=root)
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("route", STAFF, ids=str)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_sign_in(world: World, route: Route, method: str) -> None:
    before = Event.objects.count()
    answer = getattr(Client(), method)(world.address(route))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("accounts:sign-in"))
    assert Event.objects.count() == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_role_that_is_not_declared_is_refused(world: World, method: str) -> None:
    for role in Role:
        client = signed_in(make_user(world.office.agency, role))
        for route in STAFF:
            assert route.access is not None
            if route.access.roles and role not in route.access.roles:
                answer = getattr(client, method)(world.address(route))
                assert answer.status_code == 403, f"{route} {method} as {role}"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", list(Role))
def test_another_tenant_reaches_no_record(
    world: World, method: str, role: Role
) -> None:
    client = signed_in(make_user(world.other, role))
    before = Event.objects.count()
    for route in STAFF:
        if not route.parameters:
            continue
        answer = getattr(client, method)(world.address(route))
        assert answer.status_code in {403, 404, 405}, f"{route} {method} as {role}"
    assert Event.objects.count() == before
    assert "身份证号" not in client.get(reverse("console:home")).content.decode()
