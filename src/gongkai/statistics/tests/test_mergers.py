"""Bodies merged, split and renamed: no case is lost between two years' returns."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.models import Agency
from gongkai.agencies.scope import SYSTEM
from gongkai.agencies.services import change_agency
from gongkai.agencies.tests.clients import signed_in
from gongkai.applications.tests.factories import Desk, noon
from gongkai.registry.measures import Period
from gongkai.statistics import filed, sums
from gongkai.statistics.exceptions import FilingRefused
from gongkai.statistics.models import Filing
from gongkai.statistics.tests.factories import NOW, YEAR, Body

pytestmark = pytest.mark.django_db
NEW = "applications.new_received.total"
INTO, OUT = sums.CARRIED
MERGED_ON = date(2025, 6, 1)
BEFORE = Period.year(2024)
THEN = noon(date(2025, 1, 20))


class Merger:
    """Grain into food in June 2025; each carried out one application of 2024."""

    def __init__(self) -> None:
        self.county = Body()
        self.grain, self.food = self.county.below(), self.county.below()
        for body in (self.grain, self.food):
            Desk(body.agency).case(received_on=date(2024, 12, 20))
            draft = body.draft(period=BEFORE, now=THEN)
            self.county.accept(body.file(draft, THEN))
        Desk(self.grain.agency).case(received_on=date(2025, 3, 3))
        change_agency(
            by=SYSTEM,
            agency=self.grain.agency,
            dissolved_on=MERGED_ON,
            merged_into=Agency.objects.get(pk=self.food.agency.pk),
        )


def test_who_took_over_carries_in_what_both_carried_out() -> None:
    merger = Merger()
    draft = merger.food.draft()
    values = filed.draft(draft).values
    assert (values[INTO], values[NEW]) == (2, 1)
    previous = filed.before(draft)
    assert previous.values is not None
    assert previous.values[OUT] == 2
    assert filed.draft(draft).result.errors == ()
    found = merger.food.file(draft)
    bodies = Agency.objects.filter(pk=merger.food.agency.pk)
    assert sums.carried("2021", YEAR, bodies) == {}
    cell = found.cells.get(key=INTO)
    assert cell.value == 2


def test_a_difference_after_a_merger_warns_and_does_not_stop() -> None:
    merger = Merger()
    Desk(merger.grain.agency).case(
        received_on=date(2024, 12, 30), now=noon(date(2025, 2, 1))
    )
    result = filed.draft(merger.food.draft()).result
    assert result.errors == ()
    told = [warning for warning in result.warnings if INTO in warning.keys]
    assert "3" in told[0].message


def test_the_year_before_the_merger_counts_each_for_itself() -> None:
    merger = Merger()
    values = filed.computed_values(
        Filing(
            agency=merger.food.agency, form="2021", first=BEFORE.first, last=BEFORE.last
        ),
        NOW,
    )
    assert values[NEW] == 1


def test_the_dissolved_body_is_told_who_files() -> None:
    merger = Merger()
    merger.grain.agency.refresh_from_db()
    with pytest.raises(FilingRefused, match=merger.food.agency.name):
        merger.grain.draft()


def test_the_tree_page_names_who_was_merged_in() -> None:
    merger = Merger()
    client = signed_in(merger.county.office)
    query = {"agency": merger.county.agency.slug, "year": "2025"}
    answer = client.get(reverse("statistics:filings"), query)
    [row] = answer.context["rows"]
    assert row.agency.pk == merger.food.agency.pk
    assert [one.name for one in row.merged_in] == [merger.grain.agency.name]
    assert merger.grain.agency.name in answer.content.decode()


def test_a_return_keeps_the_name_under_which_it_was_filed() -> None:
    county = Body()
    bureau = county.below()
    found = bureau.file()
    older = bureau.agency.name
    change_agency(by=SYSTEM, agency=bureau.agency, name="县粮食和物资储备局")
    found = Filing.objects.get(pk=found.pk)
    assert found.body_name == older
    assert filed.is_intact(found)
    client = signed_in(county.office)
    page: Any = client.get(reverse("statistics:filing", args=[found.pk]))
    assert older in page.content.decode()
    draft = bureau.draft(public_note="更名", period=BEFORE)
    assert draft.body_name == "县粮食和物资储备局"


def test_two_mergers_cost_the_form_two_queries_more(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    merger = Merger()
    with django_assert_num_queries(3):
        found = list(Agency.objects.taken_over_by(merger.food.agency, YEAR.last))
    assert [one.pk for one in found] == [merger.grain.agency.pk]
