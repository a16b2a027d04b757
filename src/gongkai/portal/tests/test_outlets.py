"""Every registered way to the public, before and after an item may be met on it."""

from typing import Any

import pytest
from django.test import Client

from gongkai.agencies.tests.factories import make_agency
from gongkai.items.choices import Attribute, Kind
from gongkai.items.models import Item
from gongkai.items.public_outlets import names
from gongkai.items.services import drafting, publishing
from gongkai.items.tests.factories import Office
from gongkai.items.tests.samples import pdf
from gongkai.portal.tests.walking import walk
from gongkai.registry.outlets import public_outlets
from gongkai.reports.exceptions import Unreadable
from gongkai.reports.services import judging, reading

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

TITLE = "翠微湖管理处2025年政府信息公开工作年度报告"
# A report: its figures are met in more places than the text of a notice.
TOLD: dict[str, Any] = {
    "title": TITLE,
    "body": "<p>湖区禁止垂钓。2025年，本处共主动公开政府信息320条。</p>",
    "doc_no": "青农发〔2026〕7号",
    "kind": Kind.ANNUAL_REPORT,
}
FILES = [("翠微湖范围图.pdf", pdf(["map"]))]
EVERYWHERE = {outlet.name for outlet in public_outlets()}
NOWHERE: set[str] = set()


@pytest.fixture
def office() -> Office:
    """Has published before, so that the item has neighbours."""
    office = Office(make_agency(parent=make_agency()))
    office.published(title="关于春灌的通知")
    return office


@pytest.fixture
def reader() -> Client:
    return Client()


def figures_checked(office: Office, item: Item) -> None:
    """The office has the report read and accepts what it says, as far as it may."""
    try:
        read = reading.add_item(by=office.clerk, item=item).reading
    except Unreadable:
        return
    judging.accept_all(by=office.clerk, reading=read)


def met_on(reader: Client, item: Item) -> set[str]:
    item = Item.objects.select_related("agency", "draft__column__parent").get(
        pk=item.pk
    )
    return {one.name for one in public_outlets() if one.shows(reader, item)}


def test_an_item_is_nowhere_then_everywhere_then_nowhere(
    office: Office, reader: Client
) -> None:
    item = office.draft(FILES, **TOLD)
    assert met_on(reader, item) == NOWHERE
    version = office.submit(item)
    office.approve(version, office.head)
    item = office.approve(version, office.secrecy)
    assert met_on(reader, item) == NOWHERE
    item = publishing.publish(by=office.clerk, item=item)
    figures_checked(office, item)
    assert met_on(reader, item) == EVERYWHERE
    assert met_on(reader, item) == EVERYWHERE
    item = publishing.withdraw(by=office.head, item=item, note="范围图有误")
    assert met_on(reader, item) == NOWHERE


@pytest.mark.parametrize(
    ("attribute", "ground"),
    [(Attribute.ON_APPLICATION, "art27"), (Attribute.WITHHELD, "art16_internal")],
)
def test_what_is_not_for_everybody_is_never_met_anywhere(
    office: Office, reader: Client, attribute: str, ground: str
) -> None:
    item = office.kept(files=FILES, attribute=attribute, ground=ground, **TOLD)
    figures_checked(office, item)
    assert met_on(reader, item) == NOWHERE


def test_a_correction_replaces_what_was_there(office: Office, reader: Client) -> None:
    item = office.published(FILES, **TOLD)
    figures_checked(office, item)
    assert met_on(reader, item) == EVERYWHERE
    drafting.revise(by=office.clerk, item=item)
    office.edit(
        item, title="碧溪管理处2025年政府信息公开工作年度报告", public_note="地名有误"
    )
    version = office.submit(item)
    office.approve(version, office.head)
    item = publishing.publish(
        by=office.clerk, item=office.approve(version, office.secrecy)
    )
    reading.read_corrected()
    assert met_on(reader, item) == EVERYWHERE
    assert not [one.address for one in walk(reader) if TITLE in one.text]


def test_an_item_withdrawn_and_published_anew_is_back_everywhere(
    office: Office, reader: Client
) -> None:
    item = office.published(FILES, **TOLD)
    figures_checked(office, item)
    publishing.withdraw(by=office.head, item=item, note="核对")
    drafting.revise(by=office.clerk, item=item)
    office.edit(item, public_note="核对无误，重新公开")
    version = office.submit(item)
    office.approve(version, office.head)
    approved = office.approve(version, office.secrecy)
    assert met_on(reader, approved) == NOWHERE
    publishing.publish(by=office.clerk, item=approved)
    reading.read_corrected()
    assert met_on(reader, approved) == EVERYWHERE


def test_at_its_address_a_withdrawn_item_leaves_a_note(
    office: Office, reader: Client
) -> None:
    item = publishing.withdraw(
        by=office.head, item=office.published(FILES, **TOLD), note="范围图<有误>"
    )
    answer = reader.get(item.get_absolute_url())
    text = answer.content.decode()
    assert answer.status_code == 410
    assert "范围图&lt;有误&gt;" in text
    assert item.index_no is not None
    assert item.index_no in text
    assert not [word for word in ("翠微湖", "垂钓", "青农发") if word in text]
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_no_link_leads_to_a_withdrawn_item_by_a_side_door(
    office: Office, reader: Client
) -> None:
    item = office.published(FILES, **TOLD)
    figures_checked(office, item)
    assert any(names(one.text, item) for one in walk(reader))
    publishing.withdraw(by=office.head, item=item, note="有误")
    item.refresh_from_db()
    after = walk(reader)
    assert len(after) > 20
    assert not [one.address for one in after if names(one.text, item)]
