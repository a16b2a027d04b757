from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.scope import SYSTEM, scope_of
from gongkai.agencies.services import add_agency, appoint, change_agency, end_post
from gongkai.agencies.tests.factories import make_agency, make_scope, make_user, scope

pytestmark = pytest.mark.django_db


def visible(*roles: Role, of: Agency) -> set[int]:
    found = Agency.objects.visible_to(make_scope(of, *roles))
    return set(found.values_list("pk", flat=True))


def test_a_clerk_reads_their_own_agency_only() -> None:
    root = make_agency()
    make_agency(parent=root)
    assert visible(Role.CLERK, of=root) == {root.pk}


@pytest.mark.parametrize("role", [Role.OGI_OFFICE, Role.INSPECTOR])
def test_the_ogi_office_and_the_inspector_read_the_whole_tree(role: Role) -> None:
    root = make_agency()
    below = make_agency(parent=make_agency(parent=root))
    assert below.pk in visible(role, of=root)


def test_siblings_never_see_each_other() -> None:
    root = make_agency()
    first, second = make_agency(parent=root), make_agency(parent=root)
    assert visible(Role.OGI_OFFICE, of=first) == {first.pk}
    assert second.pk not in visible(*Role, of=first)


def test_an_administrator_reads_no_work() -> None:
    root = make_agency()
    assert visible(Role.ADMINISTRATOR, of=root) == set()


def test_a_post_that_ended_gives_nothing() -> None:
    agency = make_agency()
    user = make_user(agency, Role.CLERK)
    end_post(by=SYSTEM, post=user.person.posts.get(), ends_on=date(2026, 5, 1))
    assert scope_of(user, date(2026, 4, 30)).roles == {Role.CLERK}
    assert scope_of(user, date(2026, 5, 1)).roles == set()


def test_one_person_holds_posts_in_several_agencies() -> None:
    first, second = make_agency(), make_agency()
    user = make_user(first, Role.CLERK)
    appoint(
        by=SYSTEM,
        person=user.person,
        agency=second,
        role=Role.LEADER,
        starts_on=date(2020, 1, 1),
    )
    held = scope(user)
    assert held.holds(first.pk, Role.CLERK)
    assert held.holds(second.pk, Role.LEADER)
    assert not held.holds(second.pk, Role.CLERK)


def test_administrators_do_not_appoint_themselves() -> None:
    agency = make_agency()
    user = make_user(agency, Role.ADMINISTRATOR)
    with pytest.raises(PermissionDenied):
        appoint(
            by=scope(user),
            person=user.person,
            agency=agency,
            role=Role.SECRECY_REVIEWER,
            starts_on=date(2026, 1, 1),
        )


def test_an_administrator_reaches_down_and_not_aside() -> None:
    root = make_agency()
    first, second = make_agency(parent=root), make_agency(parent=root)
    of_first = make_scope(first, Role.ADMINISTRATOR)
    change_agency(by=of_first, agency=first, phone="0999-1")
    for other in (second, root):
        with pytest.raises(PermissionDenied):
            change_agency(by=of_first, agency=other, phone="0999-2")
    change_agency(by=make_scope(root, Role.ADMINISTRATOR), agency=second, phone="1")


def test_a_credit_code_with_a_wrong_check_character_is_refused() -> None:
    with pytest.raises(ValidationError) as error:
        make_agency(uscc="11370303004217100K")
    assert "uscc" in error.value.message_dict
    assert make_agency(uscc="11370303004217100m").uscc == "11370303004217100M"


def test_the_tree_grows_to_any_depth() -> None:
    agency = make_agency()
    for _level in range(12):
        agency = make_agency(parent=agency)
    assert agency.depth == 13


def test_an_agency_exists_between_its_dates() -> None:
    agency = add_agency(
        by=SYSTEM,
        parent=None,
        name="合并前的局",
        slug="merged",
        kind="department",
        established_on=date(2010, 1, 1),
        dissolved_on=date(2019, 1, 1),
    )
    assert agency.exists_on(date(2018, 12, 31))
    assert not agency.exists_on(date(2019, 1, 1))
    assert agency in Agency.objects.existing(date(2018, 1, 1))
    assert agency not in Agency.objects.existing(date(2019, 1, 1))
