from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.agencies.services import change_agency
from gongkai.agencies.tests.factories import make_scope
from gongkai.items.choices import Attribute, ChangeKind, Channel, Kind
from gongkai.items.models import Item
from gongkai.items.services import drafting, publishing, setting_up
from gongkai.items.tests.factories import Office
from gongkai.items.tests.samples import pdf, workbook

pytestmark = pytest.mark.django_db


def read(client: Client, item: Item) -> str:
    answer = client.get(item.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def corrected(office: Office, item: Item, note: str, **fields: object) -> Item:
    drafting.revise(by=office.clerk, item=item)
    office.edit(item, public_note=note, **fields)
    version = office.submit(item)
    office.approve(version, office.head)
    item = office.approve(version, office.secrecy)
    return publishing.publish(by=office.clerk, item=item)


def test_the_metadata_block_tells_what_was_given_and_nothing_else(
    office: Office, client: Client
) -> None:
    item = office.published(
        doc_no="青农发〔2026〕7号",
        made_on=date(2026, 3, 1),
        topic="农业、林业、水利",
        genre="通知",
        keywords="春耕 备耕",
        audience="",
    )
    facts = {fact.label: fact.value for fact in page_of(client, item).facts}
    assert facts["索引号"] == item.index_no
    assert facts["文号"] == "青农发〔2026〕7号"
    assert facts["成文日期"] == "2026-03-01"
    assert facts["主题分类"] == "农业、林业、水利"
    assert facts["公开方式"] == "主动公开"
    assert "服务对象" not in facts
    assert "青农发〔2026〕7号" in read(client, item)


def page_of(client: Client, item: Item):  # type: ignore[no-untyped-def]
    return client.get(item.get_absolute_url()).context["page"]


def test_crawlers_and_evaluators_find_their_meta_tags(
    office: Office, client: Client
) -> None:
    item = office.published(title='"通知"<一>', source="县农业农村局")
    text = read(client, item)
    assert '<meta name="ArticleTitle" content="&quot;通知&quot;&lt;一&gt;">' in text
    assert '<meta name="ColumnName" content="规划计划和政策">' in text
    assert '<meta name="ContentSource" content="县农业农村局">' in text
    assert f'rel="canonical" href="http://testserver{item.get_absolute_url()}"' in text


def test_attachments_are_listed_with_type_size_and_checksum(
    office: Office, client: Client
) -> None:
    table = workbook(lambda book: book.active.append(["甲", 1]))
    files = [("范围图.pdf", pdf(["map"])), ("明细表.xlsx", table)]
    item = office.published(files)
    listed = page_of(client, item).attachments
    assert [(one.name, one.kind) for one in listed] == [
        ("范围图.pdf", "PDF"),
        ("明细表.xlsx", "Excel"),
    ]
    text = read(client, item)
    for one in listed:
        assert one.sha256 in text
        assert client.get(one.url).getvalue() in dict(files).values()


def test_related_newer_and_older_come_from_the_same_column(
    office: Office, client: Client
) -> None:
    tz = timezone.get_default_timezone()
    items = [
        office.published(title=f"第{n}号", now=datetime(2026, 1, n, 12, tzinfo=tz))
        for n in (1, 2, 3)
    ]
    office.published(title="别栏", column=office.column("fees"))
    page = page_of(client, items[1])
    assert (page.newer.title, page.older.title) == ("第3号", "第1号")
    assert {row.title for row in page.related} == {"第1号", "第3号"}


def test_a_repealed_document_says_so_above_its_title(
    office: Office, client: Client
) -> None:
    item = office.published(title="节水办法", kind=Kind.NORMATIVE)
    assert "已废止" not in read(client, item)
    publishing.repeal(
        by=office.clerk, item=item, note="已被新办法<替代>", on=date(2026, 6, 1)
    )
    text = read(client, item)
    assert text.index("已废止") < text.index("<h1")
    assert "已被新办法&lt;替代&gt;" in text
    assert "2026-06-01" in text


def test_a_documents_own_dates_say_whether_it_is_in_force(
    office: Office, client: Client
) -> None:
    lapsed = office.published(kind=Kind.NORMATIVE, expires_on=date(2020, 1, 1))
    coming = office.published(kind=Kind.NORMATIVE, effective_on=date(2999, 1, 1))
    for item, word in ((lapsed, "已失效"), (coming, "尚未施行")):
        text = read(client, item)
        assert text.index(word) < text.index("<h1")


def test_a_correction_is_noted_and_replaces_the_text(
    office: Office, client: Client
) -> None:
    item = office.published(body="<p>三月五日</p>")
    item = corrected(office, item, "日期<更正>", body="<p>三月六日</p>")
    text = read(client, item)
    assert "三月六日" in text
    assert "三月五日" not in text
    assert "日期&lt;更正&gt;" in text


def test_what_is_being_corrected_is_not_seen_before_it_is_published(
    office: Office, client: Client
) -> None:
    item = office.published(title="原题")
    drafting.revise(by=office.clerk, item=item)
    office.edit(item, title="新题", public_note="更正")
    assert "新题" not in read(client, item)
    office.submit(item)
    assert "新题" not in read(client, item)


def test_a_withdrawal_stays_in_the_history_of_what_came_back_without_its_words(
    office: Office, client: Client
) -> None:
    item = office.published()
    with time_machine.travel("2026-11-20T10:00:00+08:00"):
        publishing.withdraw(by=office.head, item=item, note="涉嫌泄露张某信息")
    item = corrected(office, item, "删去个人信息")
    answer = client.get(item.get_absolute_url())
    assert "删去个人信息" in answer.content.decode()
    assert "张某" not in answer.content.decode()
    events = answer.context["page"].change_events
    kinds = [event["title"] for event in events]
    assert kinds == [ChangeKind.WITHDRAWAL.label, ChangeKind.REPUBLICATION.label]
    assert events[0]["at"] == "2026-11-20"


def test_a_correction_of_what_is_public_is_called_one(
    office: Office, client: Client
) -> None:
    item = corrected(office, office.published(), "日期更正")
    page = client.get(item.get_absolute_url()).context["page"]
    assert [change.kind for change in page.changes] == [ChangeKind.CORRECTION]


def test_each_act_that_changes_the_page_changes_its_validator(
    office: Office, client: Client
) -> None:
    item = office.published(kind=Kind.NORMATIVE)
    seen = [client.get(item.get_absolute_url()).headers["ETag"]]

    def is_new() -> bool:
        answer = client.get(
            item.get_absolute_url(), headers={"If-None-Match": ", ".join(seen)}
        )
        seen.append(answer.headers["ETag"])
        return answer.status_code == 200

    assert not is_new()
    weibo = setting_up.add_outlet(
        by=make_scope(office.agency, Role.OGI_OFFICE),
        agency=office.agency,
        name="微博",
        channel=Channel.WEIBO,
    )
    publishing.add_release(
        by=office.clerk,
        item=item,
        outlet=weibo,
        on=timezone.localdate(),
        proof_note="第3条",
    )
    assert is_new()
    publishing.repeal(by=office.clerk, item=item, note="清理", on=timezone.localdate())
    assert is_new()
    corrected(office, item, "更正", title="新题")
    assert is_new()
    admin = make_scope(office.agency, Role.ADMINISTRATOR)
    change_agency(by=admin, agency=office.agency, name="改名后的局")
    assert is_new()
    assert not is_new()


def test_a_repeat_request_does_no_template_work(
    office: Office, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    item = office.published()
    first = client.get(item.get_absolute_url())
    headers = {"If-None-Match": first.headers["ETag"]}
    for given in ({}, headers):
        with django_assert_num_queries(1):
            again = client.get(item.get_absolute_url(), headers=given)
        assert again.templates == []
    assert again.status_code == 304


def test_a_release_elsewhere_is_told_with_its_proof(
    office: Office, client: Client
) -> None:
    item = office.published()
    gazette = setting_up.add_outlet(
        by=make_scope(office.agency, Role.OGI_OFFICE),
        agency=office.agency,
        name="青山县人民政府公报",
        channel=Channel.GAZETTE,
    )
    publishing.add_release(
        by=office.clerk,
        item=item,
        outlet=gazette,
        on=timezone.localdate(),
        proof_note="2026年第3期",
    )
    text = read(client, item)
    assert "青山县人民政府公报" in text
    assert "2026年第3期" in text


@pytest.mark.parametrize(
    "template", ["{code}/{year}-{serial:05}", "{code}〔{year}〕{serial}%?#&号"]
)
def test_any_index_number_is_a_working_address(
    office: Office, client: Client, template: str
) -> None:
    Agency.objects.filter(pk=office.agency.pk).update(index_template=template)
    item = office.published(title="春灌")
    assert "春灌" in read(client, item)


def test_an_item_with_a_number_is_sent_to_its_address(
    office: Office, client: Client
) -> None:
    item = office.published()
    answer = client.get(reverse("items:item-by-id", args=[item.pk]))
    assert answer.status_code == 301
    assert answer.headers["Location"] == item.get_absolute_url()


def test_an_item_without_a_number_lives_under_its_id_and_former_number(
    office: Office, client: Client
) -> None:
    item = office.published(title="往年年报")
    Item.objects.filter(pk=item.pk).update(index_no=None, legacy_index_no="旧/2016-3")
    item.refresh_from_db()
    assert item.get_absolute_url() == f"/i/-/{item.pk}/"
    assert "往年年报" in read(client, item)
    former = client.get(reverse("items:item", args=["旧/2016-3"]))
    assert former.headers["Location"] == item.get_absolute_url()
    publishing.withdraw(by=office.head, item=item, note="重复")
    assert client.get(item.get_absolute_url()).status_code == 410


def test_an_item_by_id_is_no_way_round_the_publication(
    office: Office, client: Client
) -> None:
    waiting = office.approved()
    kept = office.kept(attribute=Attribute.ON_APPLICATION, ground="art27")
    for item in (office.draft(), waiting, kept):
        address = reverse("items:item-by-id", args=[item.pk])
        assert client.get(address).status_code == 404


def test_a_page_with_many_parts_costs_no_more_queries(
    office: Office,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(8):
        office.published(title=f"第{number}号")
    item = office.published([(f"{n}.pdf", pdf([str(n)])) for n in range(8)])
    for _each in range(3):
        publishing.repeal(by=office.clerk, item=item, note="x", on=timezone.localdate())
    with django_assert_max_num_queries(12):
        client.get(item.get_absolute_url())


def test_the_page_of_a_planned_item_appears_with_its_time(
    office: Office, client: Client
) -> None:
    item, now = office.approved(), timezone.now()
    publishing.plan(by=office.clerk, item=item, at=now + timedelta(hours=1), now=now)
    by_id = reverse("items:item-by-id", args=[item.pk])
    assert client.get(by_id).status_code == 404
    publishing.publish_due(now + timedelta(hours=2))
    assert client.get(by_id, follow=True).status_code == 200
