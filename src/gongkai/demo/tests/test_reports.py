"""The demo's annual reports on bodies of other names: read, checked, one not yet."""

from datetime import date

import pytest

from gongkai.agencies.tests.factories import make_agency
from gongkai.demo import reports
from gongkai.demo.texts import Text
from gongkai.items.models import Item
from gongkai.items.tests.factories import Office
from gongkai.reports.models import Figure, Reading
from gongkai.reports.querysets import unread_reports

pytestmark = pytest.mark.django_db


def publisher(office: Office) -> reports.Desk:
    def publish(text: Text) -> Item:
        return office.published(
            title=text.title,
            body=text.body,
            kind=text.kind,
            column=office.column(text.column),
        )

    return reports.Desk(office.agency.name, office.clerk, publish)


def test_reports_are_read_and_checked_by_the_services_that_clicks_call() -> None:
    county = make_agency("霜桥县人民政府", slug=reports.COUNTY)
    desks = {
        slug: publisher(
            Office(
                county
                if slug == reports.COUNTY
                else make_agency(f"霜桥县第{number}局", parent=county, slug=slug)
            )
        )
        for number, slug in enumerate(reports.SIZES)
    }
    count = len(desks) * reports.YEARS - 1
    assert reports.load(desks, date(2026, 11, 25)) == count
    assert Reading.objects.filter(state=Reading.State.CHECKED).count() == count - 1
    assert unread_reports().count() == 1
    still = Reading.objects.get(state=Reading.State.OPEN)
    (finding,) = still.findings.all()
    assert (still.agency, finding.code) == (county, "prose_table_conflict")
    series = Figure.objects.visible_to_public().filter(series="applications_received")
    assert series.count() == count - 1
