"""Pytest's hooks and fixtures for every test of the house."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from gongkai.testing import leftout
from gongkai.testing.browser import browser, new_page, page

__all__ = ["browser", "new_page", "page"]

MARKERS = (
    "engines: runs on SQLite and on PostgreSQL",
    "browser: drives Chromium",
    "deep: large counts; runs with `make test-deep` only",
)
hypothesis.settings.register_profile("daily", deadline=None)
hypothesis.settings.register_profile("deep", deadline=None, max_examples=10_000)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("gongkai")
    group.addoption("--deep", action="store_true", help="only the deep tests")
    group.addoption(
        "--engines-only", action="store_true", help="only tests marked `engines`"
    )


def pytest_configure(config: pytest.Config) -> None:
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    _make_static_folder()
    deep = config.getoption("--deep")
    hypothesis.settings.load_profile("deep" if deep else "daily")


def _make_static_folder() -> None:
    """Whitenoise warns where it is missing, and a warning fails a test."""
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    _keep(config, items, [item for item in items if _is_wanted(config, item)])


def _is_wanted(config: pytest.Config, item: pytest.Item) -> bool:
    is_deep = item.get_closest_marker("deep") is not None
    is_for_engine = item.get_closest_marker("engines") is not None
    return is_deep == config.getoption("--deep") and (
        is_for_engine or not config.getoption("--engines-only")
    )


def _keep(
    config: pytest.Config, items: list[pytest.Item], kept: list[pytest.Item]
) -> None:
    dropped = [item for item in items if item not in set(kept)]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if leftout.forbidden(_skipped(session.config)) and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: Any, exitstatus: int, config: pytest.Config
) -> None:
    skipped = _skipped(config)
    said = leftout.lines(skipped)
    if said:
        terminalreporter.section("engines, and what was left out")
        for line in said:
            terminalreporter.write_line(line)
    for reason in leftout.forbidden(skipped):
        terminalreporter.write_line(f"FAILED: may not be left out here: {reason}")


def _skipped(config: pytest.Config) -> list[pytest.TestReport]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return list(reporter.stats.get("skipped", ())) if reporter else []


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the folder that the test settings made for this process."""
    from django.conf import settings

    if settings.configured and Path(settings.VAR).name.startswith("gongkai-test-"):
        shutil.rmtree(settings.VAR, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _guards_lifted_for_flush() -> Iterator[None]:
    """The flush after a transactional test is what may empty append-only tables."""
    from django.db import connections
    from django.test import TransactionTestCase

    from gongkai.audit import guards

    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def lift_and_flush(case: TransactionTestCase) -> None:
        names = case._databases_names(include_mirrors=False)  # type: ignore[attr-defined]
        for name in names:
            guards.lift(connections[name])
        try:
            flush(case)
        finally:
            for name in names:
                guards.install(connections[name])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lift_and_flush)
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Each test starts with an empty cache and the site's own language."""
    from django.core.cache import cache
    from django.utils import translation

    yield
    cache.clear()
    translation.deactivate()


@pytest.fixture
def shared_folder() -> Path:
    """Real annual reports beside the checkout; the test is left out without them."""
    folder = Path(__file__).resolve().parents[4] / "shared"
    if not folder.is_dir():
        pytest.skip(leftout.SHARED_ABSENT)
    return folder


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No GONGKAI_ setting, as in the shell of somebody who set nothing up."""
    for name in [*os.environ]:
        if name.startswith("GONGKAI_") or name == "DJANGO_SETTINGS_MODULE":
            monkeypatch.delenv(name)
