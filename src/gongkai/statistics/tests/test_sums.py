"""Returns added up a tree: equal to a flat recount, for any tree."""

import random
from collections import defaultdict
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from gongkai import returns
from gongkai.agencies.models import Agency
from gongkai.applications.tests.factories import noon
from gongkai.applications.tests.ledgers import fill
from gongkai.statistics import filed, sums
from gongkai.statistics.models import Filing, FilingCell, Reach
from gongkai.statistics.services import filing as acts
from gongkai.statistics.tests.factories import NOW, YEAR, Body

pytestmark = pytest.mark.django_db
FORM = returns.load_form("2021")
KEY = "applications.new_received.total"


def tree(seed: int, size: int = 7) -> list[Body]:
    chance = random.Random(seed)
    bodies = [Body()]
    for _each in range(size):
        bodies.append(chance.choice(bodies).below())
    agencies = [Agency.objects.get(pk=body.agency.pk) for body in bodies]
    for body, agency in zip(bodies, agencies, strict=True):
        body.agency = agency
    fill(agencies, 80, seed)
    return bodies


@pytest.mark.engines
@pytest.mark.parametrize("seed", range(2))
def test_sums_up_a_random_tree_equal_a_flat_recount(seed: int) -> None:
    bodies = tree(seed)
    found = [body.file() for body in bodies]
    for top in bodies[:3]:
        flat: defaultdict[str, int] = defaultdict(int)
        for one in found:
            if one.agency.path.startswith(top.agency.path):
                for key, value in filed.values_of(one).items():
                    flat[key] += int(value or 0)
        summed = sums.totals(FORM, sums.below("2021", YEAR, top.agency, Reach.AREA))
        assert {key: int(value or 0) for key, value in summed.items()} == flat
        result = returns.check(FORM, summed)
        assert result.errors == ()


def test_each_body_counts_once_by_the_version_that_stands() -> None:
    county = Body()
    bureau = county.below()
    first = county.accept(bureau.file())
    second = bureau.file(bureau.draft(public_note="更正"))
    standing = sums.standing("2021", YEAR)
    assert list(standing) == [first]
    county.accept(second)
    assert list(standing.all()) == [second]


def test_the_areas_return_is_the_sum_of_the_bodies_returns() -> None:
    bodies = tree(5, size=3)
    county = bodies[0]
    for body in bodies:
        body.file()
    draft = county.draft(reach=Reach.AREA)
    computed = filed.draft(draft)
    parts = sums.parts(sums.of_filing(draft), KEY)
    assert computed.values[KEY] == sum(part.value or 0 for part in parts)
    acts.override(
        by=county.office,
        filing=draft,
        key="disclosure.rules.made",
        value="9",
        reason="含垂直管理部门",
    )
    told = sums.differences(filed.draft(draft).values, computed.values)
    assert told == [("disclosure.rules.made", 9, 0)]
    area = county.file(draft)
    cell = area.cells.get(key=KEY)
    assert cell.record_model == "statistics.Filing"
    # A part that is corrected afterwards moves nothing, and is told.
    before = list(FilingCell.objects.filter(filing=area).values_list("key", "value"))
    county.accept(Filing.objects.get(agency=county.agency, reach=Reach.OWN))
    fill([county.agency], 30, seed=8)
    late = noon(date(2026, 5, 1))
    county.file(county.draft(public_note="补计", now=late), late)
    corrected = Filing.objects.get(agency=county.agency, reach=Reach.OWN, version=2)
    county.accept(corrected)
    after = list(FilingCell.objects.filter(filing=area).values_list("key", "value"))
    assert after == before
    assert KEY in {key for key, *_rest in filed.differences(area, NOW)}


def test_who_carried_in_what_nobody_carried_out_is_found() -> None:
    county = Body()
    bureau = county.below()
    older, newer = (
        Filing.objects.create(
            agency=bureau.agency,
            form="2021",
            first=date(year, 1, 1),
            last=date(year, 12, 31),
            state="accepted",
            as_of=NOW,
            begun_at=NOW,
            filed_at=NOW,
            content_hash="x",
        )
        for year in (2024, 2025)
    )
    FilingCell.objects.create(filing=older, key=sums.CARRIED[1], value=3)
    FilingCell.objects.create(filing=newer, key=sums.CARRIED[0], value=5)
    bodies = Agency.objects.filter(pk=bureau.agency.pk)
    assert sums.carried("2021", YEAR, bodies) == {bureau.agency.pk: (5, 3)}


def test_counts_below_cost_two_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    bodies = tree(3)
    for body in bodies[::2]:
        body.file()
    with django_assert_num_queries(2):
        found = sums.counts_below("2021", YEAR, bodies[0].agency)
    assert sum(count for count, _filed in found.values()) == len(bodies) - 1
    assert sum(filed for _count, filed in found.values()) == len(bodies[2::2])
