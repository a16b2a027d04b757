from collections.abc import Iterator

import pytest
from django.conf import settings

from gongkai.agencies.models import Agency
from gongkai.agencies.tests.factories import make_agency
from gongkai.items.tests.factories import Office
from gongkai.registry.caching import PageCache


@pytest.fixture(autouse=True)
def _an_empty_page_cache(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keys repeat from test to test, because each begins with an empty database."""
    monkeypatch.setattr("gongkai.registry.caching.pages", PageCache())
    yield


@pytest.fixture
def county(db: None) -> Agency:
    """The root of the tree: the platform is the county's."""
    return make_agency("青山县人民政府", slug="qingshan", address="青山县人民路1号")


@pytest.fixture
def office(county: Agency) -> Office:
    """A department below the county."""
    return Office(make_agency("青山县农业农村局", county, slug="farming"))


@pytest.fixture
def large_type() -> dict[str, str]:
    return {"type": "large"}


@pytest.fixture
def english() -> dict[str, str]:
    return {settings.LANGUAGE_COOKIE_NAME: "en"}
