from datetime import datetime, timedelta
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.models import Agency
from gongkai.items.services import drafting, publishing
from gongkai.items.tests.factories import Office
from gongkai.portal.views.feeds import ENTRIES

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def read(client: Client, address: str, **headers: str) -> Element:
    answer = client.get(address, **headers)  # type: ignore[arg-type]
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return fromstring(answer.content)


def told(entry: Element, name: str) -> str:
    return entry.findtext(f"{ATOM}{name}") or ""


def feed(agency: Agency | None = None) -> str:
    if agency is None:
        return reverse("portal:feed")
    return reverse("portal:agency-feed", args=[agency.slug])


def test_the_feed_is_valid_atom(office: Office, client: Client) -> None:
    item = office.published(title="水库<加固>&清淤", doc_no="青农发〔2026〕7号")
    root = read(client, feed())
    assert root.tag == f"{ATOM}feed"
    for needed in ("id", "title", "updated"):
        assert told(root, needed)
    (entry,) = root.findall(f"{ATOM}entry")
    assert told(entry, "title") == "水库<加固>&清淤"
    assert told(entry, "id").startswith("urn:uuid:")
    datetime.fromisoformat(told(entry, "updated"))
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.attrib["href"] == f"http://testserver{item.get_absolute_url()}"


def test_an_entry_keeps_its_id_under_another_host_and_title(
    office: Office, client: Client
) -> None:
    item = office.published()
    before = read(client, feed())
    drafting.revise(by=office.clerk, item=item)
    office.edit(item, title="新题", public_note="更正")
    version = office.submit(item)
    office.approve(version, office.head)
    approved = office.approve(version, office.secrecy)
    later = timezone.now() + timedelta(hours=1)
    publishing.publish(by=office.clerk, item=approved, now=later)
    after = read(client, feed(), HTTP_HOST="localhost")
    old, new = before.find(f"{ATOM}entry"), after.find(f"{ATOM}entry")
    assert old is not None
    assert new is not None
    assert told(old, "id") == told(new, "id")
    assert told(before, "id") == told(after, "id")
    assert told(new, "title") == "新题"
    assert told(new, "updated") > told(old, "updated")


def test_an_agencys_feed_holds_its_own_and_those_below(
    county: Agency, office: Office, client: Client
) -> None:
    office.published(title="下级的通知")
    Office(county).published(title="县里的通知")

    def titles(agency: Agency) -> set[str]:
        entries = read(client, feed(agency)).findall(f"{ATOM}entry")
        return {told(entry, "title") for entry in entries}

    assert titles(county) == {"下级的通知", "县里的通知"}
    assert titles(office.agency) == {"下级的通知"}


def test_the_feed_is_the_same_for_every_reader(
    office: Office, client: Client, english: dict[str, str]
) -> None:
    office.published()
    first = client.get(feed())
    client.cookies.load(english)
    second = client.get(feed(), {"utm_source": "x"})
    assert first.content == second.content
    assert "Cookie" not in first.headers["Vary"]
    assert not first.cookies
    headers = {"If-None-Match": first.headers["ETag"]}
    assert client.get(feed(), headers=headers).status_code == 304


def test_the_feed_is_short_and_costs_the_same_for_many(
    office: Office,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(ENTRIES + 2):
        office.published(title=f"第{number}号")
    with django_assert_max_num_queries(2):
        root = read(client, feed())
    titles = [told(entry, "title") for entry in root.findall(f"{ATOM}entry")]
    assert len(titles) == ENTRIES
    assert titles[0] == f"第{ENTRIES + 1}号"
