import gzip

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from gongkai.registry import caching
from gongkai.registry.caching import Page, PageCache, cached_document, cached_page
from gongkai.web.display import Display

LONG = "政府信息公开" * 500


@pytest.fixture(autouse=True)
def pages(monkeypatch: pytest.MonkeyPatch) -> PageCache:
    fresh = PageCache()
    monkeypatch.setattr(caching, "pages", fresh)
    return fresh


def asked(path: str = "/", language: str = "zh-hans", **headers: str) -> HttpRequest:
    request = RequestFactory().get(path, headers=headers)
    request.display = Display(language, False)  # type: ignore[attr-defined]
    return request


class Maker:
    """Renders, and counts how often it had to."""

    def __init__(self, text: str = "x", status: int = 200) -> None:
        self.text, self.status, self.times = text, status, 0

    def __call__(self) -> HttpResponse:
        self.times += 1
        return HttpResponse(self.text, status=self.status)


def test_a_page_is_made_once_for_its_key() -> None:
    make = Maker()
    answers = [cached_page(asked(), ("a",), make) for _each in range(3)]
    assert make.times == 1
    assert {answer.content for answer in answers} == {b"x"}


def test_whatever_differs_makes_another_page() -> None:
    make = Maker()
    cached_page(asked(), ("a",), make)
    for request, key in (
        (asked(), ("b",)),
        (asked("/other/"), ("a",)),
        (asked("/?page=2"), ("a",)),
        (asked(language="en"), ("a",)),
    ):
        before = make.times
        cached_page(request, key, make)
        assert make.times == before + 1


def test_a_known_validator_is_answered_without_making_the_page() -> None:
    etag = cached_page(asked(), ("a",), Maker()).headers["ETag"]
    caching.pages.clear()
    for told in (etag, f"W/{etag}", f'"other", {etag}', f'{etag[:-1]}-gz"'):
        make = Maker()
        answer = cached_page(asked(**{"If-None-Match": told}), ("a",), make)
        assert (answer.status_code, make.times) == (304, 0)
        assert answer.headers["ETag"] == etag


@pytest.mark.parametrize("told", ['"other"', "", "nonsense", '"', "*"])
def test_another_validator_gets_the_page(told: str) -> None:
    answer = cached_page(asked(**{"If-None-Match": told}), ("a",), Maker())
    assert answer.status_code == 200


@pytest.mark.parametrize("status", [404, 410, 500, 302])
def test_only_a_page_that_was_found_is_kept(status: int) -> None:
    make = Maker(status=status)
    for _each in range(2):
        answer = cached_page(asked(), ("a",), make)
        assert answer.status_code == status
        assert answer.headers["Cache-Control"] == "no-cache"
        assert "ETag" not in answer.headers
    assert make.times == 2


@pytest.mark.parametrize(
    ("accepted", "is_packed"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0, br", False),
        ("br", False),
        ("", False),
    ],
)
def test_a_page_is_sent_compressed_to_whom_it_suits(
    accepted: str, is_packed: bool
) -> None:
    request = asked(**{"Accept-Encoding": accepted})
    answer = cached_page(request, ("a",), Maker(LONG))
    assert (answer.headers.get("Content-Encoding") == "gzip") is is_packed
    body = gzip.decompress(answer.content) if is_packed else answer.content
    assert body.decode() == LONG
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_each_encoding_has_a_validator_of_its_own() -> None:
    plain = cached_page(asked(), ("a",), Maker(LONG))
    packed = cached_page(asked(**{"Accept-Encoding": "gzip"}), ("a",), Maker(LONG))
    assert plain.headers["ETag"] != packed.headers["ETag"]


def test_a_document_is_the_same_in_every_language() -> None:
    make = Maker()
    for language in ("zh-hans", "en"):
        answer = cached_document(asked(language=language), ("a",), make)
        assert answer.headers["Vary"] == "Accept-Encoding"
    assert make.times == 1


def test_the_cache_is_bounded_by_bytes_and_drops_what_was_asked_for_longest_ago() -> (
    None
):
    cache = PageCache(max_bytes=160)
    page = Page(b"0123456789", None, "text/html")
    for number in range(16):
        cache.put(f"{number}", page)
    cache.get("0")
    cache.put("one more", page)
    assert cache.get("0")
    assert cache.get("1") is None
    assert cache.bytes_held == 160


def test_one_large_page_does_not_push_out_the_others() -> None:
    cache = PageCache(max_bytes=160)
    cache.put("small", Page(b"x", None, "text/html"))
    cache.put("large", Page(b"x" * 11, None, "text/html"))
    assert cache.get("small")
    assert cache.get("large") is None


@override_settings(DEBUG=True)
def test_a_developer_sees_every_change() -> None:
    make = Maker()
    for _each in range(2):
        cached_page(asked(), ("a",), make)
    assert make.times == 2


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("page=2&utm=x", "page=2"),
        ("utm=x", ""),
        ("lang=en&page=2", "page=2&lang=en"),
        ("lang=xx", ""),
        ("page=%00", ""),
        ("page=+2+", "page=2"),
        ("page=" + "9" * 999, "page=" + "9" * caching.LONGEST_VALUE),
    ],
)
def test_only_what_the_page_reads_is_kept_of_the_query(query: str, kept: str) -> None:
    request = asked(f"/?{query}")
    caching.narrow_query(request, "page")
    assert request.GET.urlencode() == kept
