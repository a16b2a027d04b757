"""Error pages read no database and help to go on. No database mark: a query fails."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from gongkai.web import views


@pytest.fixture
def request_en() -> HttpRequest:
    return RequestFactory().get("/a/qinghe/%E4%BA%BA%E5%B1%85_2026.html")


def test_missing_page_searches_for_the_words_of_its_address(client: Client) -> None:
    response = client.get("/no-such-thing/%E4%BA%BA%E5%B1%85%E7%8E%AF%E5%A2%83.html")
    assert response.status_code == 404
    assert 'value="no such thing 人居环境"' in response.content.decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/a/qinghe/c/policy/人居环境_2026.html", "policy 人居环境 2026"),
        ("/i/11000000MB0000000X/2026-00412", "11000000MB0000000X 2026 00412"),
        ("/art/2024/index.jsp", "2024"),
        ("/", ""),
        ("/" + "长" * 500, "长" * 60),
    ],
)
def test_words_of_an_address(path: str, words: str) -> None:
    assert views.address_words(path) == words


def test_refusal_says_why(request_en: HttpRequest) -> None:
    response = views.forbidden(
        request_en, PermissionDenied("复核人不能审核自己起草的版本")
    )
    assert response.status_code == 403
    assert "复核人不能审核自己起草的版本" in response.content.decode()


def test_unreadable_request(request_en: HttpRequest) -> None:
    assert views.bad_request(request_en, ValueError()).status_code == 400


def test_expired_form(request_en: HttpRequest) -> None:
    assert views.csrf_failure(request_en, "no cookie").status_code == 403


def test_fault_page_needs_nothing_but_itself(request_en: HttpRequest) -> None:
    response = views.server_error(request_en)
    assert response.status_code == 500
    assert "/static/web/bundles/portal.css" in response.content.decode()


def test_withdrawn_page_shows_its_note(request_en: HttpRequest) -> None:
    page = render_to_string("410.html", {"text": "2026-11-20 撤回"}, request_en)
    assert "2026-11-20 撤回" in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/account/sign-out/", "这个地址不是网页"),
        ("/account/sign-out/?lang=en", "This address is not a page"),
    ],
)
def test_an_address_that_only_takes_a_form_says_so_and_leads_on(
    client: Client, path: str, words: str
) -> None:
    response = client.get(path)
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    page = response.content.decode()
    assert words in page
    assert 'href="/"' in page


def test_a_page_that_takes_no_form_says_so(client: Client) -> None:
    response = client.post("/search/", {"q": "x"})
    assert response.status_code == 405
    assert "没有改动任何内容" in response.content.decode()


def test_a_lost_form_leads_on(request_en: HttpRequest) -> None:
    page = views.csrf_failure(request_en, "no cookie").content.decode()
    assert "/console/" in page or 'href="/"' in page
