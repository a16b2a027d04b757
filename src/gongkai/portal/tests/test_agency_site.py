import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.models import Agency
from gongkai.agencies.tests.factories import make_agency
from gongkai.items.choices import Kind
from gongkai.items.tests.factories import Office

pytestmark = pytest.mark.django_db

LIMIT_BYTES = 60_000


def home(agency: Agency) -> str:
    return reverse("portal:agency", args=[agency.slug])


def test_the_site_has_the_sections_word_for_word(
    office: Office, client: Client
) -> None:
    text = client.get(home(office.agency)).content.decode()
    for name in (
        "政府信息公开指南",
        "政府信息公开制度",
        "法定主动公开内容",
        "政府信息公开年报",
        "依申请公开",
    ):
        assert name in text


def test_a_site_shows_its_own_items_and_apart_those_of_bodies_below(
    county: Agency, office: Office, client: Client
) -> None:
    office.published(title="关于春灌的通知")
    context = client.get(home(county)).context
    assert [row.title for row in context["rows"]] == []
    assert [row.title for row in context["rows_below"]] == ["关于春灌的通知"]
    context = client.get(home(office.agency)).context
    assert [row.title for row in context["rows"]] == ["关于春灌的通知"]
    assert context["parent"] == county


def test_normative_documents_and_interpretations_have_lists_of_their_own(
    office: Office, client: Client
) -> None:
    office.published(title="节水办法", kind=Kind.NORMATIVE)
    office.published(title="《节水办法》解读", kind=Kind.INTERPRETATION)
    context = client.get(home(office.agency)).context
    assert [row.title for row in context["normative"]] == ["节水办法"]
    assert [row.title for row in context["interpretations"]] == ["《节水办法》解读"]


def test_an_agency_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/a/nobody/").status_code == 404
    assert client.get("/a/nobody/c/guide/").status_code == 404
    assert client.get("/a/nobody/feed.atom").status_code == 404


def test_a_home_weighs_less_than_60_kb_with_all_that_it_loads(
    office: Office, client: Client
) -> None:
    for number in range(30):
        office.published(
            title=f"青山县农业农村局关于做好第{number}批高标准农田建设项目验收工作的通知",
            kind=Kind.NORMATIVE,
            doc_no=f"青农发〔2026〕{number}号",
        )
        make_agency(parent=office.agency)
    answer = client.get(home(office.agency), headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    plain = client.get(home(office.agency)).content.decode()
    weight = len(answer.content) + sum(map(weight_of, loaded(plain)))
    assert 10_000 < weight < LIMIT_BYTES


def loaded(text: str) -> set[str]:
    """Style sheets, scripts and icons of the page; no fonts are allowed."""
    found = set(re.findall(r'(?:src|href)="/static/([^"]+)"', text))
    assert not [name for name in found if re.search(r"\.(woff2?|ttf|otf)$", name)]
    return found


def weight_of(name: str) -> int:
    """As it is sent: compressed."""
    path = Path(str(finders.find(name)))
    return len(gzip.compress(path.read_bytes()))


def test_many_items_cost_no_more_queries(
    office: Office,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        office.published(title=f"第{number}号通知", kind=Kind.NORMATIVE)
    with django_assert_max_num_queries(15):
        client.get(home(office.agency))
