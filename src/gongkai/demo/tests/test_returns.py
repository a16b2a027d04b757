"""The demo's returns on bodies of other names: one late, one explained, one missing."""

from datetime import date

import pytest

from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import make_agency, make_scope
from gongkai.applications.tests.ledgers import fill
from gongkai.demo import returns
from gongkai.statistics import filed
from gongkai.statistics.models import Filing

pytestmark = pytest.mark.django_db
SLUGS = (
    *(returns.COUNTY, returns.EXPLAINED, returns.LATE, *returns.ACCEPTED),
    *(returns.WITHOUT_THE_SYSTEM, returns.MISSING),
)


def test_the_returns_are_filed_by_the_services_that_clicks_call() -> None:
    county = make_agency(slug=SLUGS[0])
    desks = {}
    for slug in SLUGS:
        agency = county if slug == SLUGS[0] else make_agency(parent=county, slug=slug)
        agency.phone = "1"
        desks[slug] = returns.Desk(
            agency,
            make_scope(agency, Role.SECTION_HEAD),
            make_scope(agency, Role.LEADER),
            ("甲", "乙", "丙"),
        )
    fill([desks[slug].agency for slug in SLUGS[:5]], 60, seed=9)
    office = make_scope(county, Role.OGI_OFFICE)
    assert returns.load(desks, office, date(2026, 11, 25)) == 6
    found = {one.agency.slug: one for one in Filing.objects.order_by("first")}
    assert set(SLUGS) - set(found) == {returns.COUNTY, returns.MISSING}
    assert [one for one in found if found[one].is_late] == [returns.LATE]
    assert found[returns.EXPLAINED].explanations.count() == 1
    assert all(map(filed.is_intact, found.values()))
