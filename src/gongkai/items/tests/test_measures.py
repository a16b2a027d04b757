"""Rules and normative documents: made, repealed, in force, disclosed, as of a day."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from gongkai.items.choices import Kind
from gongkai.items.models import Item
from gongkai.items.services import publishing
from gongkai.items.tests.factories import Office
from gongkai.registry.measures import Asked, Period, measure_for

pytestmark = pytest.mark.django_db
NOON = datetime(2024, 3, 5, 12, tzinfo=timezone.get_default_timezone())
LATER = NOON + timedelta(days=900)


def count(office: Office, key: str, year: int, as_of: datetime = LATER) -> object:
    measure = measure_for(f"disclosure.{key}")
    assert measure is not None
    return measure.value(Asked((office.agency.pk,), Period.year(year), as_of))


def document(office: Office, kind: Kind = Kind.NORMATIVE, **told: object) -> Item:
    known = {"kind": kind, "made_on": NOON.date(), **told}
    return office.published(now=NOON, **known)  # type: ignore[arg-type]


def test_a_document_is_made_once_and_stays_in_force() -> None:
    office = Office()
    document(office)
    document(office, Kind.RULE)
    document(office, Kind.NOTICE)
    for row in ("rules", "normative_documents"):
        assert count(office, f"{row}.made", 2024) == 1
        assert count(office, f"{row}.made", 2025) == 0
        assert [count(office, f"{row}.in_force", year) for year in (2023, 2024, 2025)]
        assert count(office, f"{row}.in_force", 2023) == 0
        assert count(office, f"{row}.in_force", 2025) == 1
        assert count(office, f"{row}.newly_disclosed", 2024) == 1
        assert count(office, f"{row}.total_disclosed", 2025) == 1


def test_a_repeal_counts_in_its_year_and_once_it_was_entered() -> None:
    office = Office()
    item = document(office)
    entered = NOON + timedelta(days=400)
    publishing.repeal(
        by=office.clerk,
        item=item,
        note="经清理不再执行",
        on=date(2025, 2, 1),
        now=entered,
    )
    assert count(office, "normative_documents.repealed", 2025) == 1
    assert count(office, "normative_documents.repealed", 2024) == 0
    assert count(office, "normative_documents.in_force", 2024) == 1
    assert count(office, "normative_documents.in_force", 2025) == 0
    before = entered - timedelta(days=1)
    assert count(office, "normative_documents.repealed", 2025, before) == 0
    assert count(office, "normative_documents.in_force", 2025, before) == 1


def test_a_document_that_lapsed_is_not_in_force_and_was_not_repealed() -> None:
    office = Office()
    document(office, effective_on=NOON.date(), expires_on=date(2025, 6, 30))
    assert count(office, "normative_documents.in_force", 2024) == 1
    assert count(office, "normative_documents.in_force", 2025) == 0
    assert count(office, "normative_documents.repealed", 2025) == 0


def test_what_was_published_later_is_not_known_before() -> None:
    office = Office()
    document(office)
    before = NOON - timedelta(days=1)
    for column in ("made", "in_force", "newly_disclosed", "total_disclosed"):
        assert count(office, f"normative_documents.{column}", 2024, before) == 0


def test_a_document_kept_closed_is_made_and_not_disclosed() -> None:
    office = Office()
    office.kept(kind=Kind.NORMATIVE, made_on=NOON.date())
    now = timezone.now()
    assert count(office, "normative_documents.made", 2024, now) == 1
    assert count(office, "normative_documents.total_disclosed", 2024, now) == 0
