"""The browser fixture notices what a person at the screen would not."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from gongkai.testing.browser import Watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = {
    "/clean": "<!doctype html><title>x</title><link rel=icon href=data:,><p>公开",
    "/inline": "<!doctype html><link rel=icon href=data:,><p style='color:red'>公开",
    "/script": "<!doctype html><link rel=icon href=data:,><script src=/s.js></script>",
    "/picture": "<!doctype html><link rel=icon href=data:,><img src=/none.png alt=''>",
    "/s.js": "throw new Error('broken script')",
}


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGES.get(self.path, PAGES["/clean"]).encode()
        self.send_response(200 if self.path in PAGES else 404)
        kind = "text/javascript" if self.path.endswith(".js") else "text/html"
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        policy = "default-src 'self'; img-src 'self' data:"
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """The tests' output is for the tests."""


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/inline", "Content Security Policy"),
        ("/script", "broken script"),
        ("/picture", "404"),
    ],
)
def test_a_hidden_fault_is_noticed(
    browser: "Browser", address: str, path: str, word: str
) -> None:
    assert any(word in problem for problem in _problems(browser, address + path))


@pytest.mark.parametrize("path", ["/clean", "/a-page-that-is-not-there"])
def test_a_sound_page_and_an_honest_404_are_no_fault(
    browser: "Browser", address: str, path: str
) -> None:
    assert _problems(browser, address + path) == []


def _problems(browser: "Browser", address: str) -> list[str]:
    watch = Watch()
    context = browser.new_context()
    watch.follow(context)
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    context.close()
    return watch.problems
