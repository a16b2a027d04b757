from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gongkai.agencies.models import Agency
from gongkai.agencies.tests.factories import make_agency
from gongkai.items.choices import Kind
from gongkai.items.services import publishing
from gongkai.items.tests.factories import Office

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

SEARCH = reverse("portal:search")


def titles(client: Client, **query: str) -> list[str]:
    rows = client.get(SEARCH, query).context["found"].rows
    return [row.title.replace("<mark>", "").replace("</mark>", "") for row in rows]


def test_two_words_find_what_holds_both(office: Office, client: Client) -> None:
    office.published(title="春灌通知", body="<p>各乡镇水库放水时间另定。</p>")
    office.published(title="水库除险加固")
    assert titles(client, q="水库 春灌") == ["春灌通知"]
    assert set(titles(client, q="水库")) == {"春灌通知", "水库除险加固"}


def test_what_was_found_is_marked_and_everything_else_escaped(
    office: Office, client: Client
) -> None:
    office.published(title="关于<script>水库</script>的通知", body="<p>a&lt;b 水库</p>")
    text = client.get(SEARCH, {"q": "水库"}).content.decode()
    assert "关于&lt;script&gt;<mark>水库</mark>&lt;/script&gt;的通知" in text
    assert "a&lt;b <mark>水库</mark>" in text


@pytest.mark.parametrize("words", ["<script>x</script>", '"><b>', "水库<i>"])
def test_the_readers_own_words_come_back_escaped(
    office: Office, client: Client, words: str
) -> None:
    office.published(title="水库除险加固")
    for found in ({"q": words}, {"topic": words}, {"q": "水库", "topic": words}):
        assert words not in client.get(SEARCH, found).content.decode()


@pytest.mark.parametrize(
    "typed", ["青农发〔2026〕7号", "青农发[2026]7号", " 青农发（2026）7号 "]
)
def test_a_document_number_typed_whole_goes_straight_there(
    office: Office, client: Client, typed: str
) -> None:
    item = office.published(doc_no="青农发〔2026〕7号")
    office.published(doc_no="青农发〔2026〕17号")
    answer = client.get(SEARCH, {"q": typed})
    assert answer.status_code == 302
    assert answer.headers["Location"] == item.get_absolute_url()
    assert answer.headers["Cache-Control"] == "no-cache"


def test_an_index_number_typed_whole_goes_straight_there(
    office: Office, client: Client
) -> None:
    item = office.published()
    answer = client.get(SEARCH, {"q": str(item.index_no)})
    assert answer.headers["Location"] == item.get_absolute_url()


def test_a_number_that_two_items_bear_lists_both(
    office: Office, client: Client
) -> None:
    for title in ("正文", "解读"):
        office.published(title=title, doc_no="青农发〔2026〕7号")
    assert set(titles(client, q="青农发〔2026〕7号")) == {"正文", "解读"}


def test_the_number_of_what_was_withdrawn_leads_nowhere(
    office: Office, client: Client
) -> None:
    item = office.published(doc_no="青农发〔2026〕7号")
    publishing.withdraw(by=office.head, item=item, note="有误")
    assert titles(client, q="青农发〔2026〕7号") == []


@pytest.fixture
def mixed(office: Office) -> Office:
    tz = timezone.get_default_timezone()
    for year, title, kind in (
        (2024, "水库水库水库", Kind.NOTICE),
        (2025, "水库管理办法", Kind.NORMATIVE),
        (2026, "某镇动态", Kind.NOTICE),
    ):
        now = datetime(year, 5, 1, 12, tzinfo=tz)
        office.published(now=now, title=title, kind=kind, body="<p>修水库。</p>")
    return office


def test_facets_count_what_following_them_lists(mixed: Office, client: Client) -> None:
    facets = client.get(SEARCH, {"q": "水库"}).context["found"].facets
    choices = [choice for facet in facets for choice in facet.choices]
    assert len(choices) >= 5
    for choice in choices:
        assert client.get(choice.url).context["found"].total == int(choice.count)


def test_results_stand_by_relevance_or_newest_first(
    mixed: Office, client: Client
) -> None:
    assert titles(client, q="水库")[-1] == "某镇动态"
    newest = ["某镇动态", "水库管理办法", "水库水库水库"]
    assert titles(client, q="水库", sort="newest") == newest
    assert titles(client) == newest


NARROWED = (
    ({"year": "2025"}, 1),
    ({"kind": "notice"}, 2),
    ({"year": "0000"}, 3),
    ({"year": "二〇二五"}, 3),
    ({"year": "２０２５"}, 3),
    ({"kind": "x", "validity": "x", "body": "x", "sort": "x", "page": "x"}, 3),
    ({"page": "99999"}, 3),
    ({"page": "²"}, 3),
)


@pytest.mark.parametrize("words", ["", "水库"])
def test_filters_narrow_and_nonsense_does_nothing(
    mixed: Office, client: Client, words: str
) -> None:
    for query, count in NARROWED:
        answer = client.get(SEARCH, {"q": words, **query})
        assert answer.context["found"].total == count, query


def test_a_site_searches_itself_and_what_lies_below(
    mixed: Office, county: Agency, client: Client
) -> None:
    other = Office(make_agency(parent=county))
    other.published(title="另一局的水库")
    assert len(titles(client, q="水库", agency=county.slug)) == 4
    assert len(titles(client, q="水库", agency=mixed.agency.slug)) == 3
    assert client.get(SEARCH, {"q": "水库", "agency": "nobody"}).status_code == 404


def test_an_empty_result_offers_ways_on_with_the_words(
    mixed: Office, county: Agency, client: Client
) -> None:
    query = {"q": "独角兽", "agency": mixed.agency.slug, "year": "2025"}
    answer = client.get(SEARCH, query)
    ways = [url for _label, url in answer.context["found"].ways_on]
    assert len(ways) == 3
    assert all(client.get(url).status_code == 200 for url in ways)
    apply = reverse("applications:start", args=[mixed.agency.slug])
    assert [url.split("?")[0] for url in ways] == [SEARCH, SEARCH, apply]
    assert all("%E7%8B%AC" in url for url in ways)


def test_many_results_stand_on_pages_at_a_constant_cost(
    office: Office,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(25):
        office.published(title=f"水库第{number}号通知")
    with django_assert_max_num_queries(16):
        first = titles(client, q="水库")
    second = titles(client, q="水库", page="2")
    assert (len(first), len(second)) == (20, 5)
    assert not set(first) & set(second)
    with django_assert_max_num_queries(2):
        client.get(SEARCH, {"q": "水库", "page": "2"})
