"""Language and size of type: who decides, what is kept, where one is sent back."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from gongkai.web.display import Display, display_of
from gongkai.web.middleware import LanguageMiddleware

OUTSIDE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    " //evil.example/",
    "javascript:alert(1)",
    "evil.example",
    "",
)


def ask(path: str, **cookies: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies)
    return request


def test_chinese_where_nothing_was_chosen_whatever_the_browser_prefers() -> None:
    request = RequestFactory().get("/", HTTP_ACCEPT_LANGUAGE="en")
    assert display_of(request) == Display("zh-hans", large_type=False)


def test_parameter_wins_over_cookie() -> None:
    assert display_of(ask("/?lang=en", django_language="zh-hans")).language == "en"
    assert display_of(ask("/", django_language="en")).language == "en"


def test_unknown_language_is_as_if_not_given() -> None:
    assert display_of(ask("/?lang=fr", django_language="en")).language == "en"
    assert display_of(ask("/?lang=%00", django_language="x")).language == "zh-hans"


def test_key_differs_for_each_way_of_showing() -> None:
    ways = [Display(code, large) for code in ("zh-hans", "en") for large in (0, 1)]  # type: ignore[arg-type]
    assert len({way.key for way in ways}) == 4


def test_middleware_activates_the_language_for_the_view_only() -> None:
    seen: list[str | None] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(translation.get_language())
        return HttpResponse()

    before = translation.get_language()
    response = LanguageMiddleware(view)(ask("/?lang=en"))
    assert seen == ["en"]
    assert translation.get_language() == before
    assert response["Content-Language"] == "en"
    assert "Vary" not in response


def test_switch_keeps_large_type_and_returns(client: Client) -> None:
    response = client.get("/display/?type=large&next=/search/%3Fq%3D%E8%A1%A5%E8%B4%B4")
    assert response.headers["Location"] == "/search/?q=%E8%A1%A5%E8%B4%B4"
    cookie = response.cookies["type"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == (
        "large",
        "Lax",
        True,
    )


def test_switch_back_removes_the_cookie(client: Client) -> None:
    client.cookies["type"] = "large"
    response = client.get("/display/?type=standard&next=/")
    assert response.cookies["type"]["max-age"] == 0


def test_switch_of_language_drops_the_parameter_that_would_win(client: Client) -> None:
    response = client.get("/display/?lang=en&next=/search/%3Fq%3Da%26lang%3Dzh-hans")
    assert response.headers["Location"] == "/search/?q=a"
    assert response.cookies["django_language"].value == "en"


def test_odd_values_set_nothing(client: Client) -> None:
    response = client.get("/display/?lang=fr&type=huge&next=/")
    assert not response.cookies


@pytest.mark.parametrize("address", OUTSIDE)
def test_switch_never_leads_off_the_site(client: Client, address: str) -> None:
    response = client.get("/display/", {"next": address, "type": "large"})
    assert response.headers["Location"] == "/"


def test_switch_is_no_form(client: Client) -> None:
    assert client.post("/display/?type=large").status_code == 405
