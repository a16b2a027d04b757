"""The style guide shows every component, and only where it was asked for."""

import re

import pytest
from django.template.loader import get_template
from django.test import Client
from pytest_django import Settings

from gongkai.web.tests.test_templates import ROOT

FOLDER = ROOT / "web" / "templates" / "web"
PAGES = ("/styleguide/", "/styleguide/console/")
NEED_A_VALUE = {"_field.html", "_field_notes.html", "_due_badge.html"}
SHOWN_ELSEWHERE = {"_ways_on.html", "_user_menu.html", "_messages.html"}


@pytest.fixture
def shown(settings: Settings) -> None:
    settings.STYLEGUIDE = True


@pytest.mark.parametrize("path", PAGES)
def test_hidden_on_a_live_site(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_renders_in_both_languages(client: Client, path: str, language: str) -> None:
    response = client.get(path, {"lang": language})
    assert response.status_code == 200
    assert response.headers["Content-Language"] in {"zh-Hans", "en"}


@pytest.mark.usefixtures("shown")
def test_every_component_is_shown(client: Client) -> None:
    used = {
        template.name
        for path in PAGES
        for template in client.get(path).templates
        if template.name
    }
    partials = {path.name for path in FOLDER.glob("_*.html")}
    assert {name for name in partials if f"web/{name}" not in used} <= SHOWN_ELSEWHERE


@pytest.mark.parametrize(
    "name", sorted({path.name for path in FOLDER.glob("_*.html")} - NEED_A_VALUE)
)
def test_component_renders_with_nothing_to_show(name: str) -> None:
    get_template(f"web/{name}").render(
        {"kind": "ledger", "site_name": "公开", "file": {}}
    )


@pytest.mark.usefixtures("shown")
def test_portal_page_links_one_stylesheet_of_the_site(client: Client) -> None:
    page = client.get("/styleguide/").content.decode()
    links = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert links == ["/static/web/bundles/portal.css", "/static/web/styleguide.css"]


@pytest.mark.usefixtures("shown")
def test_large_type_is_one_attribute(client: Client) -> None:
    client.cookies["type"] = "large"
    assert 'data-type="large"' in client.get("/styleguide/").content.decode()[:200]


@pytest.mark.usefixtures("shown")
def test_error_is_tied_to_its_field(client: Client) -> None:
    page = client.get("/styleguide/").content.decode()
    described = re.search(r'id="id_written_on"[^>]*', page)
    before = re.search(r'<input[^>]*name="written_on"[^>]*>', page)
    assert described and before
    for part in ("id_written_on_helptext", "id_written_on_error"):
        assert part in before.group()
        assert f'id="{part}"' in page
    assert 'href="#id_way_0"' in page


@pytest.mark.usefixtures("shown")
def test_ids_are_unique(client: Client) -> None:
    for path in PAGES:
        ids = re.findall(r'\sid="([^"]+)"', client.get(path).content.decode())
        assert len(ids) == len(set(ids))


@pytest.mark.usefixtures("shown")
def test_public_page_carries_no_nonce_and_no_cookie(client: Client) -> None:
    response = client.get("/styleguide/")
    assert "nonce" not in response.content.decode()
    assert not response.cookies
