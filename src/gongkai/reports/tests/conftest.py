from collections.abc import Iterator

import pytest

from gongkai.registry.caching import PageCache


@pytest.fixture(autouse=True)
def _an_empty_page_cache(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keys repeat from test to test, because each begins with an empty database."""
    monkeypatch.setattr("gongkai.registry.caching.pages", PageCache())
    yield
