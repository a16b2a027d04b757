from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of, said
from gongkai.agencies.tests.factories import make_agency
from gongkai.registry import calendars
from gongkai.registry.calendars import Change, DayChange, Move, changing
from gongkai.registry.models import CalendarVersion

pytestmark = pytest.mark.django_db

YEAR, VERSIONS = reverse("calendar:year"), reverse("calendar:versions")
DAYS, LOAD = reverse("calendar:days-change"), reverse("calendar:year-load")
NOTICE = "\n".join(
    f"2027-{day},休,节日" for day in ("01-01", "05-01", "10-01", "10-02", "10-03")
)


@pytest.fixture
def root() -> Agency:
    return make_agency("测试县人民政府")


@pytest.fixture
def below(root: Agency) -> Agency:
    return make_agency("测试县财政局", parent=root)


@pytest.fixture
def admin(root: Agency) -> Client:
    return client_of(root, Role.ADMINISTRATOR)


def entered(**told: str) -> dict[str, str]:
    form = {"area": "country", "first_on": "2026-03-03", "last_on": "", "kind": "rest"}
    return {**form, "source": "县政府通知〔2026〕3号", **told}


def preview_of(client: Client, address: str, form: dict[str, str]) -> str:
    answer = client.post(address, form)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def letters(
    monkeypatch: pytest.MonkeyPatch, path: str, count: int, *, is_past: bool = False
) -> None:
    def moves(change: Change) -> Iterator[Move]:
        for n in range(count):
            old, new = date(2026, 3, 9), date(2026, 3, 10)
            yield Move(n, f"信{n}", path, old, new, is_past)

    monkeypatch.setattr(changing, "_dependents", {})
    calendars.register_dependent("letters", moves, moves)


def test_the_year_shows_each_kind_of_day_with_a_word(
    admin: Client, root: Agency
) -> None:
    calendars.apply(
        by_user_id=None,
        changes=[DayChange(date(2026, 3, 3), False, "县庆")],
        area=root.path,
        note="县庆",
    )
    here = admin.get(YEAR, {"year": "2026", "area": root.path, "lang": "en"})
    page = here.content.decode()
    for word in ("Weekend", "Holiday", "Worked weekend", "Rest day here only"):
        assert f"> {word}</span></td>" in page
    assert "县庆" in page
    country = admin.get(YEAR, {"year": "2026"}).content.decode()
    assert "县庆" not in country


def test_a_year_without_a_notice_says_that_it_is_provisional(admin: Client) -> None:
    page = admin.get(YEAR, {"year": "2027", "lang": "en"}).content.decode()
    assert "Provisional" in page
    page = admin.get(YEAR, {"year": "2026", "lang": "en"}).content.decode()
    assert "Provisional" not in page


def test_the_year_and_the_versions_cost_the_same_however_many_there_are(
    admin: Client,
    root: Agency,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(12):
        calendars.apply(
            by_user_id=None,
            changes=[DayChange(date(2026, 3, 2 + n), n % 7 in (5, 6), "试")],
            area=root.path,
            note="试",
        )
        make_agency(parent=root)
    admin.get(YEAR)
    with django_assert_max_num_queries(9):
        admin.get(YEAR)
    with django_assert_max_num_queries(12):
        assert admin.get(VERSIONS).status_code == 200


def test_days_are_previewed_then_applied_once(
    admin: Client, root: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters(monkeypatch, root.path, 2)
    address = preview_of(admin, DAYS, entered(last_on="2026-03-05"))
    page = admin.get(address).content.decode()
    assert "2026-03-03 – 2026-03-05" in page
    assert "信1" in page and "2026-03-10" in page
    assert CalendarVersion.objects.count() == 1
    for _again in range(2):
        answer = admin.post(address, {"seen": "1"})
        assert answer["Location"].startswith(YEAR)
    assert CalendarVersion.objects.count() == 2
    assert not calendars.calendar_of(None).is_working(date(2026, 3, 3))


def test_the_list_of_what_moves_is_paged_at_the_same_cost(
    admin: Client,
    root: Agency,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    letters(monkeypatch, root.path, 120, is_past=True)
    address = preview_of(admin, DAYS, entered())
    with django_assert_max_num_queries(10):
        page = admin.get(address, {"page": "3"}).content.decode()
    assert page.count("<td>测试县人民政府</td>") == 20


def test_records_of_other_trees_are_counted_and_not_named(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters(monkeypatch, make_agency("邻县人民政府").path, 3)
    page = admin.get(preview_of(admin, DAYS, entered())).content.decode()
    assert "信1" not in page and "邻县" not in page
    assert "3" in page


def test_a_change_made_meanwhile_asks_for_another_look(admin: Client) -> None:
    address = preview_of(admin, DAYS, entered())
    calendars.apply(
        by_user_id=None, changes=[DayChange(date(2026, 3, 4), False, "试")], note="试"
    )
    answer = admin.post(address, {"seen": "1"})
    assert answer["Location"] == address
    assert calendars.calendar_of(None).is_working(date(2026, 3, 3))


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ({"last_on": "2026-03-01"}, "2026-03-01"),
        ({"last_on": "2027-03-01"}, "2027-03-01"),
        ({"first_on": "1999-01-01"}, "1999-01-01"),
        ({"first_on": "2026-10-01"}, "already"),
    ],
)
def test_days_that_cannot_be_are_refused_and_nothing_typed_is_lost(
    admin: Client, told: dict[str, str], value: str
) -> None:
    page = admin.post(f"{DAYS}?lang=en", entered(**told)).content.decode()
    assert "error-summary" in page
    assert value in page
    assert "县政府通知〔2026〕3号" in page


def test_below_the_root_nobody_sets_the_days_of_the_country(below: Agency) -> None:
    client = client_of(below, Role.ADMINISTRATOR)
    assert client.get(LOAD).status_code == 404
    assert client.post(DAYS, entered()).status_code == 200
    address = preview_of(client, DAYS, entered(area=below.path))
    client.post(address, {"seen": "1"})
    assert not calendars.calendar_of(below).is_working(date(2026, 3, 3))
    assert calendars.calendar_of(None).is_working(date(2026, 3, 3))


def test_no_area_outside_the_own_tree(below: Agency, root: Agency) -> None:
    client = client_of(below, Role.ADMINISTRATOR)
    assert client.get(YEAR, {"area": root.path}).status_code == 404
    assert client.post(DAYS, entered(area=root.path)).status_code == 200
    assert CalendarVersion.objects.count() == 1


def test_a_proposal_is_seen_by_who_made_it_only(admin: Client, root: Agency) -> None:
    address = preview_of(admin, DAYS, entered())
    assert client_of(root, Role.ADMINISTRATOR).get(address).status_code == 404


def test_a_year_is_loaded_from_the_pasted_notice(admin: Client) -> None:
    form = {"year": "2027", "source": "国办发明电〔2026〕7号", "rows": NOTICE}
    answer = admin.post(preview_of(admin, LOAD, form), {"seen": "1"})
    assert answer["Location"] == f"{YEAR}?year=2027&area=country"
    assert len(said(answer)) == 1
    calendar = calendars.calendar_of(None)
    assert calendar.is_announced(date(2027, 5, 1))
    assert calendar.source(date(2027, 5, 1)) == "国办发明电〔2026〕7号: 节日"


def test_bad_rows_are_named_beside_what_was_pasted(admin: Client) -> None:
    form = {"year": "2027", "source": "通知", "rows": NOTICE + "\n2027-02-06,假,春节"}
    page = admin.post(f"{LOAD}?lang=en", form).content.decode()
    assert "Row 6: “假”" in page
    assert "2027-02-06,假,春节" in page


def test_a_year_that_the_package_does_not_know_needs_the_notice(admin: Client) -> None:
    page = admin.post(f"{LOAD}?lang=en", {"year": "2090"}).content.decode()
    assert "does not know 2090" in page


def test_a_year_in_force_is_refused_with_a_sentence(admin: Client) -> None:
    page = admin.post(f"{LOAD}?lang=en", {"year": "2026"}).content.decode()
    assert "The calendar says so already" in page
