"""Filters and tags of ``{% load gongkai %}``."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from gongkai.web.templatetags import gongkai


def render(source: str, path: str = "/", **context: object) -> str:
    request = RequestFactory().get(path)
    return Template("{% load gongkai %}" + source).render(
        Context({"request": request, **context})
    )


def test_moment_is_shown_in_beijing_time() -> None:
    evening = datetime(2026, 11, 22, 18, 32, tzinfo=UTC)
    assert gongkai.date_long(evening) == "2026-11-23"
    assert gongkai.moment_long(evening) == "2026-11-23 02:32"


@time_machine.travel("2026-11-24 12:00+08:00")
def test_list_date_drops_this_year_and_keeps_another() -> None:
    assert gongkai.date_list(date(2026, 11, 23)).startswith("11-23 (")
    assert gongkai.date_list(date(2025, 12, 31)).startswith("2025-12-31 (")


@time_machine.travel("2026-11-24 12:00+08:00")
def test_list_date_carries_the_full_date() -> None:
    cell = gongkai.date_cell(date(2026, 11, 23))
    assert '<time datetime="2026-11-23" title="2026-11-23">11-23 (' in cell


@pytest.mark.parametrize(
    "call",
    [
        gongkai.date_long,
        gongkai.moment_long,
        gongkai.date_list,
        gongkai.date_cell,
        gongkai.thousands,
        gongkai.filesize_zh,
        gongkai.short_hash,
    ],
)
def test_nothing_is_a_dash(call: object) -> None:
    assert call(None) == "—"  # type: ignore[operator]


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (38 * 1024, "38 KB"),
        (1536, "1.5 KB"),
        (1_258_291, "1.2 MB"),
        (3 * 1024**3, "3.0 GB"),
    ],
)
def test_file_size(size: int, shown: str) -> None:
    assert gongkai.filesize_zh(size) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1036, "1,036"), (Decimal("1234567.50"), "1,234,567.50"), (0, "0"), ("—", "—")],
)
def test_thousands(value: int | Decimal | str, shown: str) -> None:
    assert gongkai.thousands(value) == shown


def test_short_hash_shows_both_ends() -> None:
    assert gongkai.short_hash("7f3a" + "0" * 57 + "c21") == "7f3a…c21"
    assert gongkai.short_hash("7f3a") == "7f3a"


def test_query_keeps_the_other_parameters() -> None:
    page = render("{% qs_replace page=3 year=None %}", "/?q=补贴&year=2026&page=2")
    assert page == "?q=%E8%A1%A5%E8%B4%B4&amp;page=3"
    assert render("{% qs_replace page='' %}", "/?page=2") == "?"


def test_query_cannot_break_out_of_its_attribute() -> None:
    assert '"' not in render("{% qs_replace page=2 %}", '/?q="><script>')


def test_sorting_turns_round_and_starts_at_the_first_page() -> None:
    source = "{% sort_link 'due' now as link %}{{ link.url }} {{ link.state }}"
    assert render(source, "/?page=7", now="due") == "?sort=-due ascending"
    assert render(source, "/?page=7", now="-due") == "?sort=due descending"
    assert render(source, "/", now="title") == "?sort=due "


def test_active_navigation() -> None:
    source = "<a {% active_nav '/console/items/' %}>"
    assert render(source, "/console/items/7/") == '<a aria-current="page">'
    assert render(source, "/console/") == "<a >"


def test_display_link_comes_back_without_the_language() -> None:
    link = render("{% display_url lang='en' %}", "/search/?q=a&lang=zh-hans")
    assert link == "/display/?lang=en&amp;next=%2Fsearch%2F%3Fq%3Da"


def test_page_numbers_are_elided() -> None:
    numbers = list(gongkai.page_numbers(Paginator(range(1000), 10).page(50)))
    assert numbers == [1, "…", 49, 50, 51, "…", 100]


@pytest.mark.parametrize(
    ("left", "stopped", "state"),
    [(14, False, ""), (3, False, "warn"), (0, False, "warn"), (-2, False, "bad")]
    + [(-2, True, "bad"), (None, True, ""), (None, False, "")],
)
def test_due_badge_has_a_sign_a_word_and_then_a_colour(
    left: int | None, stopped: bool, state: str
) -> None:
    badge = gongkai.due_badge(date(2026, 12, 11), left, stopped=stopped)
    assert badge["state"] == state
    assert badge["sign"] and badge["word"]


def test_overdue_counts_upwards() -> None:
    assert "3" in str(gongkai.due_badge(None, -3)["word"])
    assert "-" not in str(gongkai.due_badge(None, -3)["word"])


def test_clock_places_its_segments_end_to_end() -> None:
    parts = [{"kind": "run", "days": 7}, {"kind": "pause", "days": 6}]
    drawn = gongkai.clock(parts, "")
    assert drawn["total"] == 13
    assert [bar["at"] for bar in drawn["bars"]] == [0, 7]  # type: ignore[attr-defined]
