from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.tests.factories import make_agency, make_scope
from gongkai.items.choices import Channel, Kind, Stage
from gongkai.items.exceptions import ItemRefused, NotAllowedNow
from gongkai.items.models import Item, Outlet
from gongkai.items.services import drafting, publishing, setting_up
from gongkai.items.tests.factories import Office
from gongkai.registry.measures import Asked, Period, measure_for

NOON = datetime(2026, 3, 5, 12, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def numbered(office: Office) -> list[str | None]:
    return list(
        Item.objects.filter(agency=office.agency, index_no__isnull=False)
        .order_by("pk")
        .values_list("index_no", flat=True)
    )


def test_the_index_number_follows_the_agencys_template(office: Office) -> None:
    Agency.objects.filter(pk=office.agency.pk).update(
        index_template="{organ}/{year}{month}-{serial:03}"
    )
    item = office.published(now=NOON)
    assert item.index_no == f"{office.agency.slug}/202603-001"


def test_the_year_of_a_number_is_that_of_shanghai(office: Office) -> None:
    new_year = datetime(2027, 1, 1, 0, 30, tzinfo=NOON.tzinfo)
    assert office.published(now=new_year).index_no == f"{office.agency.slug}/2027-00001"
    assert office.published(now=NOON).index_no == f"{office.agency.slug}/2026-00001"


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_sixteen_parallel_publishers_leave_no_gap_and_no_double() -> None:
    office = Office()
    items = [office.approved() for _each in range(16)]

    def publish(item: Item) -> None:
        try:
            publishing.publish(by=office.clerk, item=item)
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(publish, items))
    year = timezone.localdate().year
    assert sorted(map(str, numbered(office))) == [
        f"{office.agency.slug}/{year}-{serial:05}" for serial in range(1, 17)
    ]


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_one_item_published_from_sixteen_windows_gets_one_number() -> None:
    office = Office()
    item = office.approved()

    def publish(_window: int) -> bool:
        try:
            publishing.publish(by=office.clerk, item=item)
        except NotAllowedNow:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(publish, range(16))) == 1
    assert len(numbered(office)) == 1
    assert office.published().index_no != numbered(office)[0]
    assert str(numbered(office)[1]).endswith("-00002")


def test_a_planned_item_goes_out_at_its_time_and_not_before(office: Office) -> None:
    item = office.approved(now=NOON)
    at = NOON + timedelta(hours=3)
    publishing.plan(by=office.clerk, item=item, at=at, now=NOON)
    assert publishing.publish_due(at - timedelta(minutes=1)) == 0
    assert publishing.publish_due(at) == 1
    assert publishing.publish_due(at) == 0
    item.refresh_from_db()
    assert item.stage == Stage.PUBLISHED
    assert item.published_on == date(2026, 3, 5)


def test_a_time_that_has_passed_is_refused(office: Office) -> None:
    with pytest.raises(ItemRefused, match="2026-03-05"):
        publishing.plan(by=office.clerk, item=office.approved(), at=NOON)


def test_withdrawal_needs_a_note_and_leaves_it(office: Office) -> None:
    item = office.published()
    with pytest.raises(ItemRefused):
        publishing.withdraw(by=office.head, item=item, note=" ")
    item = publishing.withdraw(by=office.head, item=item, note="附件有误")
    assert not item.is_public
    assert item.changes.get().note == "附件有误"
    with pytest.raises(NotAllowedNow):
        publishing.withdraw(by=office.head, item=item, note="再撤")


@pytest.mark.django_db
def test_the_ogi_office_above_may_withdraw_and_a_sibling_may_not() -> None:
    root = make_agency()
    office = Office(make_agency(parent=root))
    item = office.published()
    for stranger in (
        make_scope(make_agency(parent=root), Role.OGI_OFFICE),
        make_scope(office.agency, Role.INSPECTOR),
        make_scope(root, Role.LEADER),
    ):
        with pytest.raises(PermissionDenied):
            publishing.withdraw(by=stranger, item=item, note="x")
    publishing.withdraw(by=make_scope(root, Role.OGI_OFFICE), item=item, note="泄密")


def test_a_correction_leaves_the_old_text_until_it_is_approved(office: Office) -> None:
    item = office.published(title="原题")
    drafting.revise(by=office.clerk, item=item)
    office.edit(item, title="新题")
    with pytest.raises(ItemRefused):
        office.submit(item)
    item.refresh_from_db()
    assert item.live is not None
    assert item.live.title == "原题"
    office.edit(item, public_note="题目更正")
    version = office.submit(item)
    office.approve(version, office.head)
    office.approve(version, office.secrecy)
    number = item.index_no
    item = publishing.publish(by=office.clerk, item=item)
    assert item.live is not None
    assert (item.live.title, item.index_no) == ("新题", number)
    assert item.changes.get().note == "题目更正"


def test_a_repealed_document_stays_readable(office: Office) -> None:
    item = office.published(kind=Kind.NORMATIVE)
    item = publishing.repeal(
        by=office.clerk, item=item, note="清理", on=date(2026, 6, 1)
    )
    assert item in Item.objects.visible_to_public()
    assert item.validity == "repealed"


def outlet(office: Office, channel: Channel) -> Outlet:
    return setting_up.add_outlet(
        by=make_scope(office.agency, Role.OGI_OFFICE),
        agency=office.agency,
        name=channel.label,
        channel=channel,
    )


def test_a_release_needs_a_proof_a_date_and_counts_once_a_day(office: Office) -> None:
    item, weibo = office.published(now=NOON), outlet(office, Channel.WEIBO)
    on = date(2026, 3, 6)
    with pytest.raises(ItemRefused):
        publishing.add_release(by=office.clerk, item=item, outlet=weibo, on=on)
    with pytest.raises(ItemRefused):
        publishing.add_release(
            by=office.clerk,
            item=item,
            outlet=weibo,
            on=timezone.localdate() + timedelta(days=1),
            proof_note="第1条",
        )
    publishing.add_release(
        by=office.clerk, item=item, outlet=weibo, on=on, proof_note="第1条"
    )
    with pytest.raises(ItemRefused):
        publishing.add_release(
            by=office.clerk, item=item, outlet=weibo, on=on, proof_note="第1条"
        )


def figures(office: Office, as_of: datetime | None = None) -> dict[str, int]:
    asked = Asked(
        agency_ids=Agency.objects.filter(pk=office.agency.pk),
        period=Period.year(2026),
        as_of=as_of or timezone.now(),
    )
    keys = (
        "proactive_total",
        "normative_documents",
        "normative_documents_issued",
        "channel_total",
        "channel_website",
        "channel_weibo",
    )
    counted = {}
    for key in keys:
        measure = measure_for(key)
        assert measure is not None
        counted[key] = measure.records(asked).count()
    return counted


@pytest.mark.engines
def test_an_item_counts_once_and_each_release_in_its_channel(office: Office) -> None:
    item = office.published(now=NOON, kind=Kind.NORMATIVE, made_on=date(2026, 3, 1))
    weibo = outlet(office, Channel.WEIBO)
    for day in (6, 7):
        publishing.add_release(
            by=office.clerk,
            item=item,
            outlet=weibo,
            on=date(2026, 3, day),
            proof_note="x",
        )
    office.kept(kind=Kind.NORMATIVE, made_on=date(2026, 3, 2))
    office.draft(kind=Kind.NORMATIVE, made_on=date(2026, 3, 2))
    assert figures(office) == {
        "proactive_total": 1,
        "normative_documents": 1,
        "normative_documents_issued": 2,
        "channel_total": 3,
        "channel_website": 1,
        "channel_weibo": 2,
    }


def test_a_later_withdrawal_does_not_change_an_earlier_figure(office: Office) -> None:
    item = office.published(now=NOON)
    later = NOON + timedelta(days=9)
    publishing.withdraw(by=office.head, item=item, note="x", now=later)
    before, after = later - timedelta(days=1), later + timedelta(days=1)
    assert figures(office, before)["proactive_total"] == 1
    assert figures(office, after)["proactive_total"] == 0
    assert figures(office, after)["channel_website"] == 0


def test_a_mail_tells_that_something_waits_and_not_what(
    office: Office, mailoutbox: list[object]
) -> None:
    from gongkai.accounts.models import User
    from gongkai.registry.outbox import run_next

    User.objects.update(email="reviewer@example.cn")
    office.submit(office.draft(title="很秘密的题目"))
    while run_next("w"):
        pass
    assert len(mailoutbox) == 1
    assert "很秘密" not in mailoutbox[0].subject + mailoutbox[0].body  # type: ignore[attr-defined]


def test_a_withdrawn_item_never_comes_out_again_by_itself(office: Office) -> None:
    item = office.published()
    office.correct(item)
    office.approve(office.submit(item), office.head)
    version = item.versions.order_by("-number")[0]
    item = office.approve(version, office.secrecy)
    at = timezone.now() + timedelta(hours=1)
    publishing.plan(by=office.clerk, item=item, at=at)
    item = publishing.withdraw(by=office.head, item=item, note="涉及个人信息")
    assert publishing.publish_due(at + timedelta(hours=1)) == 0
    item.refresh_from_db()
    assert (item.stage, item.planned_for) == (Stage.APPROVED, None)
    assert publishing.publish(by=office.clerk, item=item).is_public
