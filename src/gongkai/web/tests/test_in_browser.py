"""The style guide as people meet it: narrow, zoomed, large, dark, by keyboard."""

from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from gongkai.testing.browser import NewPage

PAGES = ("/styleguide/", "/styleguide/console/")
# 720 is 1440 at a zoom of 200 %.
WIDTHS = (1440, 1024, 720, 390)
WCAG = ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def shown(settings: Settings) -> None:
    settings.STYLEGUIDE = True
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.AppDirectoriesFinder",
        "gongkai.web.bundles.BundleFinder",
    ]


def use_large_type(page: "Page") -> None:
    page.goto("/display/?type=large&next=/display/")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("large", [False, True], ids=["standard", "large"])
def test_page_never_scrolls_sideways(
    new_page: "NewPage", path: str, large: bool
) -> None:
    page = new_page()
    if large:
        use_large_type(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path)
        room = page.evaluate("innerWidth - document.documentElement.scrollWidth")
        assert room >= 0, f"{width} px"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_axe_finds_nothing(
    new_page: "NewPage", path: str, scheme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    page.goto(path)
    report = Axe().run(page, options={"runOnly": list(WCAG)}).response
    assert [found["id"] for found in report["violations"]] == []


@pytest.mark.parametrize("path", PAGES)
def test_targets_are_large_enough(page: "Page", path: str) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 CSS pixels.

    Exempt are links inside a line of text, and boxes with room around them.
    """
    page.goto(path)
    small = page.evaluate(
        """[...document.querySelectorAll("button, input, select, nav a, .chip, .sort")]
        .filter((part) => !part.matches(".link-button, [type=checkbox], [type=radio]"))
        .map((part) => [part.outerHTML.slice(0, 80), part.getBoundingClientRect()])
        .filter(([, box]) => box.width > 1 && Math.min(box.width, box.height) < 24)
        .map(([text]) => text)"""
    )
    assert small == []


def test_skip_link_is_first_and_leads_to_the_content(page: "Page") -> None:
    page.goto(PAGES[1])
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("href") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_rows_are_walked_by_arrow_and_search_opens_by_slash(page: "Page") -> None:
    page.goto(PAGES[1])
    page.keyboard.press("ArrowDown")
    first = page.locator(":focus").text_content()
    page.keyboard.press("ArrowDown")
    assert page.locator(":focus").text_content() != first
    page.keyboard.press("ArrowUp")
    assert page.locator(":focus").text_content() == first
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "console-search"


def test_bulk_bar_shows_once_something_is_selected(page: "Page") -> None:
    page.goto(PAGES[1])
    assert not page.locator("[data-bulk]").is_visible()
    page.locator("[data-check-all]").check()
    assert page.locator("[data-checked-count]").text_content() == "4"


def test_menu_closes_by_escape_and_gives_the_focus_back(page: "Page") -> None:
    page.goto(PAGES[1])
    menu = page.locator("details.menu").first
    menu.locator("summary").click()
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert page.locator("summary:focus").count() == 1


def test_columns_open_as_a_sheet_without_a_script(new_page: "NewPage") -> None:
    page = new_page(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto(PAGES[0])
    assert not page.locator("#columns").is_visible()
    page.locator(".tree-open").click()
    assert page.locator("#columns").is_visible()
    page.locator("#columns .sheet-close").click()
    assert not page.locator("#columns").is_visible()
    assert not page.locator("[data-copy]").is_visible()
