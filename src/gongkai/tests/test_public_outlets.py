"""An item is met at every outlet once published, and at none once withdrawn.

The test is made from the outlets that the ledgers register, not from a list of its own.
"""

import pytest
from django.test import Client

from gongkai.items.choices import Attribute
from gongkai.items.models import Item
from gongkai.items.services import publishing
from gongkai.items.tests import samples
from gongkai.items.tests.factories import Office
from gongkai.registry.outlets import public_outlets

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

FILES = [("补贴名单.pdf", samples.pdf(["Subsidies 2026"]))]
TITLE = "霜桥县退耕还林补助兑现情况公示"


def outlets_showing(item: Item, client: Client) -> set[str]:
    item = Item.objects.get(pk=item.pk)
    return {one.name for one in public_outlets() if one.shows(client, item)}


def test_published_everywhere_and_withdrawn_nowhere() -> None:
    office, reader = Office(), Client()
    item = office.approved(files=FILES, title=TITLE)
    assert outlets_showing(item, reader) == set()
    publishing.publish(by=office.clerk, item=item)
    assert outlets_showing(item, reader) == {one.name for one in public_outlets()}
    publishing.withdraw(by=office.head, item=item, note="内容有误，重新核实。")
    assert outlets_showing(item, reader) == set()
    assert outlets_showing(item, Client()) == set()
    tombstone = reader.get(item.get_absolute_url())
    assert tombstone.status_code == 410
    assert "内容有误" in tombstone.content.decode()
    assert TITLE not in tombstone.content.decode()


def test_a_correction_under_review_shows_nowhere() -> None:
    office, reader = Office(), Client()
    item = office.published(title=TITLE)
    office.correct(item, title="霜桥县更正后的公示")
    office.submit(item)
    for address in ("/", "/search/?q=更正后", "/feed.atom", item.get_absolute_url()):
        assert "更正后的公示" not in reader.get(address).content.decode()


@pytest.mark.parametrize("attribute", [Attribute.ON_APPLICATION, Attribute.WITHHELD])
def test_what_is_not_for_everybody_shows_nowhere(attribute: Attribute) -> None:
    office = Office()
    item = office.kept(title=TITLE, files=FILES, attribute=attribute)
    assert outlets_showing(item, Client()) == set()
