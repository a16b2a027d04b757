from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from gongkai import returns
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.clients import client_of
from gongkai.agencies.tests.factories import make_agency, make_user
from gongkai.applications.tests.factories import Desk
from gongkai.applications.tests.ledgers import fill
from gongkai.items.choices import Channel
from gongkai.items.services import publishing, setting_up
from gongkai.items.tests.factories import Office
from gongkai.registry.measures import Period, families, measure_for
from gongkai.statistics.figures import asked_for, official_of
from gongkai.statistics.models import Reach

pytestmark = pytest.mark.django_db

NOON = datetime(2016, 3, 5, 12, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def client(office: Office) -> Client:
    client = Client()
    client.force_login(
        make_user(office.agency, Role.OGI_OFFICE),
        "django.contrib.auth.backends.ModelBackend",
    )
    return client


def page(office: Office, year: int = 2016, **query: str) -> str:
    address = reverse(
        "statistics:form", kwargs={"slug": office.agency.slug, "year": year}
    )
    return address + "?" + "&".join(f"{key}={value}" for key, value in query.items())


def test_a_figure_opens_exactly_its_records(office: Office, client: Client) -> None:
    inside = [office.published(now=NOON, title=f"春耕第{n}号") for n in range(3)]
    office.published(now=NOON + timedelta(days=400), title="明年的通知")
    answer = client.get(page(office, cell="proactive_total"))
    opened = answer.context["opened"]
    assert opened.cell.value == 3
    assert {record.title for record in opened.records} == {
        item.live.title for item in inside if item.live
    }
    assert "明年的通知" not in answer.content.decode()


def test_every_open_cell_lists_as_many_records_as_it_counts(
    office: Office, client: Client
) -> None:
    weibo = setting_up.add_outlet(
        by=office_scope(office),
        agency=office.agency,
        name="微博",
        channel=Channel.WEIBO,
    )
    for _each in range(23):
        item = office.published(now=NOON)
        publishing.add_release(
            by=office.clerk,
            item=item,
            outlet=weibo,
            on=NOON.date(),
            proof_note="截图",
        )
    computed = client.get(page(office)).context["computed"]
    opened = [cell for cell in computed.cells if cell.is_open]
    assert (
        len(opened) == 9 + 23 + 1 + 9
    )  # items and releases, applications, fees, remedies
    for cell in opened:
        answer = client.get(page(office, cell=str(cell.row.key)))
        assert answer.context["opened"].page.paginator.count == cell.value
        lines = b"".join(
            client.get(
                reverse(
                    "statistics:records-csv",
                    kwargs={
                        "slug": office.agency.slug,
                        "year": 2016,
                        "key": cell.row.key,
                    },
                )
            ).streaming_content  # type: ignore[attr-defined]
        ).decode()
        assert len(lines.strip().splitlines()) == cell.value + 1


def office_scope(office: Office):  # type: ignore[no-untyped-def]
    from gongkai.agencies.tests.factories import make_scope

    return make_scope(office.agency, Role.OGI_OFFICE)


def test_a_broken_relation_is_marked_and_spelled_out(
    office: Office, client: Client
) -> None:
    weibo = setting_up.add_outlet(
        by=office_scope(office), agency=office.agency, name="微博", channel="weibo"
    )
    item = office.published(now=NOON)
    for day in (0, 1):
        publishing.add_release(
            by=office.clerk,
            item=item,
            outlet=weibo,
            on=NOON.date() + timedelta(days=day),
            proof_note="截图",
        )
    answer = client.get(page(office))
    broken = {cell.row.key for cell in answer.context["computed"].cells if cell.broken}
    assert broken == {"proactive_total", "channel_weibo"}
    for warning in answer.context["computed"].result.warnings:
        assert warning.message in answer.content.decode().replace("&gt;", ">")


def test_outside_the_forms_years_it_computes_and_says_so(
    office: Office, client: Client
) -> None:
    office.published()
    inside = client.get(page(office, 2016))
    outside = client.get(page(office, timezone.localdate().year, form="2014"))
    assert inside.context["computed"].is_in_force
    assert not outside.context["computed"].is_in_force
    values = {cell.row.key: cell.value for cell in outside.context["computed"].cells}
    assert values["proactive_total"] == 1


def test_an_agency_outside_the_tree_is_not_there(client: Client) -> None:
    assert client.get(page(Office(make_agency()))).status_code == 404


def test_the_page_costs_the_same_however_many_records(
    office: Office,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _each in range(25):
        office.published(now=NOON)
    with django_assert_max_num_queries(41):
        client.get(page(office, cell="proactive_total"))


def test_the_form_in_force_comes_first(office: Office, client: Client) -> None:
    for year, name in ((2016, "2014"), (2019, "2019"), (2024, "2021")):
        assert client.get(page(office, year)).context["official"].name == name


def test_a_province_fills_its_own_variant(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "extends: '2014'\narea: 安徽省\ntitle: 安徽省政府信息公开情况统计表\n"
    (tmp_path / "2014-anhui.yaml").write_text(text, encoding="utf-8")
    found = partial(returns.form_in_force, directory=tmp_path)
    monkeypatch.setattr(returns, "form_in_force", found)
    assert official_of(2016).name == "2014"
    settings.FORM_AREA = "安徽省"
    assert official_of(2016).title == "安徽省政府信息公开情况统计表"
    # It has none for 2024.
    assert official_of(2024).name == "2021"


def test_the_table_is_drawn_as_it_is_printed(office: Office, client: Client) -> None:
    Desk(office.agency).case(received_on=date(2024, 3, 3))
    answer = client.get(page(office, 2024))
    text = answer.content.decode()
    assert (
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）" in text
    )
    assert 'rowspan="22">三、本年度办理结果<' in text
    cell = answer.context["computed"].by_key["applications.new_received.total"]
    assert cell.value == 1
    opened = client.get(page(office, 2024, cell="applications.new_received.total"))
    assert len(opened.context["opened"].records) == 1


def test_a_form_of_a_hundred_and_ninety_cells_costs_few_queries(
    office: Office,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    fill([office.agency], 60, seed=5)
    with django_assert_max_num_queries(28):
        client.get(page(office, 2025))


def test_the_whole_area_is_for_who_answers_for_it(
    office: Office, client: Client
) -> None:
    below = make_agency(parent=office.agency)
    fill([below], 40, seed=5)
    own = client.get(page(office, 2025)).context["computed"]
    area = client.get(page(office, 2025, reach="area")).context["computed"]
    key = "applications.new_received.total"
    assert own.values[key] == 0
    assert area.values[key] > 0
    clerk = client_of(office.agency, Role.CLERK)
    assert clerk.get(page(office, 2025)).status_code == 200
    assert clerk.get(page(office, 2025, reach="area")).status_code == 404


@pytest.mark.parametrize("reach", [*Reach])
def test_every_family_equals_the_records_of_its_measures(
    office: Office, reach: Reach
) -> None:
    office.published(now=NOON)
    fill([office.agency, make_agency(parent=office.agency)], 60, seed=3)
    asked = asked_for(office.agency, Period.year(2025), timezone.now(), reach)
    for family in families():
        grouped = family.values(asked)
        for key in family.keys:
            measure = measure_for(key)
            assert measure is not None
            assert grouped.get(key, 0) == measure.value(asked), key
