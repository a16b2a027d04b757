"""Chromium for the browser tests: real pages from a real server.

A test fails where the browser reports a breach of the Content-Security-Policy, an
error on the console or in a script, or a part of a page that does not load.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Response
    from pytest_django.live_server_helper import LiveServer

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "Chromium is not installed (apt-get install chromium)"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 15_000
# An answer of these to a script's request is for the script to show.
ANSWERS_TO_SCRIPTS = range(400, 500)

NewPage = Callable[..., "Page"]


def executable() -> str | None:
    """Path of the installed Chromium, if there is one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Watch:
    """Collects what went wrong in a browser's pages."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def follow(self, context: "BrowserContext") -> None:
        context.on("console", lambda message: self._console(message.type, message.text))
        context.on("weberror", lambda error: self.problems.append(str(error.error)))
        context.on("response", self._response)

    def _console(self, kind: str, text: str) -> None:
        # Told by the response itself, with its address.
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.problems.append(text)

    def _response(self, response: "Response") -> None:
        request = response.request
        by_script = request.resource_type in {"xhr", "fetch"}
        is_expected = request.is_navigation_request() or (
            by_script and response.status in ANSWERS_TO_SCRIPTS
        )
        if response.status >= 400 and not is_expected:
            self.problems.append(f"{response.status} for {response.url}")


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One Chromium for the whole run."""
    path = executable()
    if path is None:
        pytest.skip(MISSING)
    from playwright.sync_api import sync_playwright

    # Playwright leaves its event loop running in this thread, which Django takes for
    # asynchronous code that must not touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: "Browser", live_server: "LiveServer") -> Iterator[NewPage]:
    """Opens a page of a new visitor, with no cookies; takes Playwright's options.

    Addresses are relative to the test's own server: ``page.goto("/search/")``.
    """
    watch = Watch()
    contexts: list[BrowserContext] = []

    def open_page(**options: object) -> "Page":
        settings: dict[str, object] = {
            "base_url": live_server.url,
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
        } | options
        context = browser.new_context(**settings)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        watch.follow(context)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not watch.problems, "\n".join(watch.problems)


@pytest.fixture
def page(new_page: NewPage) -> "Page":
    """A visitor's page; see ``new_page`` for tests with several people."""
    return new_page()
