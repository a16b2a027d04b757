"""What holds for every public page: language, type, caching, odd addresses."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.items.choices import Kind
from gongkai.items.tests.factories import Office
from gongkai.items.tests.samples import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(office: Office) -> dict[str, str]:
    """One address of each kind of page."""
    item = office.published([("图.pdf", pdf(["map"]))], kind=Kind.NORMATIVE)
    guide = office.column("guide")
    office.published(title="公开指南", kind=Kind.GUIDE, column=guide)
    slug = office.agency.slug
    return {
        "home": reverse("portal:home"),
        "agency": reverse("portal:agency", args=[slug]),
        "column": reverse("portal:column", args=[slug, "plans"]),
        "empty column": reverse("portal:column", args=[slug, "fees"]),
        "guide": reverse("portal:column", args=[slug, "guide"]),
        "apply": reverse("portal:column", args=[slug, "apply"]),
        "item": item.get_absolute_url(),
        "search": f"{reverse('portal:search')}?q=%E9%80%9A%E7%9F%A5",
        "nothing found": f"{reverse('portal:search')}?q=%E7%8B%AC%E8%A7%92%E5%85%BD",
        "agencies": reverse("portal:agencies"),
        "site map": reverse("portal:site-map"),
    }


def each(pages: dict[str, str], check: Callable[[str], bool]) -> None:
    assert [name for name, address in pages.items() if not check(address)] == []


def test_every_page_comes_in_both_languages(
    pages: dict[str, str], client: Client
) -> None:
    def is_english(address: str) -> bool:
        tail = "&lang=en" if "?" in address else "?lang=en"
        answer = client.get(address + tail)
        return (
            '<html lang="en"' in answer.content.decode()
            and answer.headers["Content-Language"] == "en"
        )

    each(pages, is_english)
    each(pages, lambda one: '<html lang="zh-Hans"' in client.get(one).content.decode())


def test_every_page_comes_in_large_type(
    pages: dict[str, str], client: Client, large_type: dict[str, str]
) -> None:
    each(pages, lambda one: 'data-type="large"' not in client.get(one).content.decode())
    client.cookies.load(large_type)
    each(pages, lambda one: 'data-type="large"' in client.get(one).content.decode())


def test_a_second_look_is_answered_by_the_validator(
    pages: dict[str, str], client: Client
) -> None:
    def is_not_modified(address: str) -> bool:
        etag = client.get(address).headers["ETag"]
        again = client.get(address, headers={"If-None-Match": etag})
        return again.status_code == 304 and not again.content

    each(pages, is_not_modified)


def test_a_validator_of_one_language_and_size_is_none_of_another(
    pages: dict[str, str], client: Client, english: dict[str, str]
) -> None:
    etag = client.get(pages["item"]).headers["ETag"]
    for cookies in (english, {"type": "large"}):
        other = Client()
        other.cookies.load(cookies)
        answer = other.get(pages["item"], headers={"If-None-Match": etag})
        assert answer.status_code == 200
        assert answer.headers["Vary"] == "Accept-Encoding, Cookie"


def test_a_page_is_kept_only_with_asking_again_and_knows_no_reader(
    pages: dict[str, str], client: Client
) -> None:
    def is_neutral(address: str) -> bool:
        answer = client.get(address)
        policy = answer.headers["Content-Security-Policy"]
        return (
            answer.headers["Cache-Control"] == "no-cache"
            and not answer.cookies
            and "nonce" not in answer.content.decode() + policy
            and "unsafe" not in policy
        )

    each(pages, is_neutral)


def test_a_page_is_the_same_for_somebody_signed_in(
    pages: dict[str, str], client: Client, office: Office
) -> None:
    from gongkai.agencies.tests.clients import signed_in

    clerk = signed_in(office.clerk)
    each(pages, lambda one: clerk.get(one).content == client.get(one).content)


def test_no_page_holds_inline_script_or_style(
    pages: dict[str, str], client: Client
) -> None:
    inline = re.compile(
        r"<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=", re.I
    )
    each(pages, lambda one: not inline.search(client.get(one).content.decode()))


def test_a_made_up_tail_neither_fills_the_cache_nor_comes_back(
    pages: dict[str, str], client: Client
) -> None:
    for name in ("home", "agency", "column", "item"):
        plain = client.get(pages[name])
        with_tail = client.get(pages[name] + "?utm=x&a=%22%3E%3Cb%3E")
        assert with_tail.content == plain.content
        assert with_tail.headers["ETag"] == plain.headers["ETag"]


@pytest.mark.engines
@pytest.mark.parametrize(
    "address",
    [
        "/i/nothing/2026-00001/",
        "/i/%00/",
        "/i/-/0/",
        "/i/-/99999999999999999999999999/",
        "/i/" + "x" * 500 + "/",
        "/a/nobody/",
        "/f/nothing/a.pdf",
        "/f/nothing/%00",
        "/agencies/nothing/",
    ],
)
def test_an_odd_address_is_not_found_and_offers_a_search(
    client: Client, db: None, address: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert f'action="{reverse("portal:search")}"' in answer.content.decode()


@pytest.mark.engines
@pytest.mark.parametrize("query", ["q=%00", "agency=%00", "body=%00", "topic=%00&q=a"])
def test_a_null_sign_in_a_query_breaks_nothing(
    client: Client, office: Office, query: str
) -> None:
    status = client.get(f"{reverse('portal:search')}?{query}").status_code
    assert status in {200, 404}


def test_the_page_not_found_carries_the_words_of_the_address_over(
    client: Client, office: Office
) -> None:
    text = client.get("/a/farming/水库-加固.html").content.decode()
    assert 'value="水库 加固"' in text
    assert "<script>" not in client.get("/<script>x</script>").content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_public_pages_are_only_read(
    pages: dict[str, str], client: Client, method: str
) -> None:
    each(pages, lambda one: getattr(client, method)(one).status_code == 405)
