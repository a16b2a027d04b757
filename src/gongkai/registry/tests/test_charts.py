"""Charts: plain shapes that pass the policy, kept under the hash of what they show."""

import re
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.registry import charts, outbox
from gongkai.registry.charts import Chart
from gongkai.web.bundles import SOURCE

MONTHS = Chart("每月收到申请", ("24-01", "24-02", "24-03"), (3, 0, 12))
RESULTS = Chart("办理结果", ("（一）予以公开", "1.属于<国家秘密>"), (7, 1), kind="bars")


@pytest.mark.parametrize("chart", [MONTHS, RESULTS, Chart("空", (), ())])
def test_a_chart_is_plain_svg_without_style_or_script(chart: Chart) -> None:
    told = charts.drawn(chart)
    names = {part.tag.rpartition("}")[2] for part in ET.fromstring(told).iter()}  # noqa: S314
    assert names <= {"svg", "title", "rect", "path", "text"}
    assert not re.search(r"style|script|href|\son", told)


def test_every_label_and_value_stands_in_it_as_text() -> None:
    texts = ["".join(part.itertext()) for part in ET.fromstring(charts.drawn(MONTHS))]  # noqa: S314
    assert {"24-01", "24-03", "3", "12"} <= set(texts)


def test_a_long_label_is_cut_and_stays_whole_in_the_table() -> None:
    label = "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"
    chart = Chart("办理结果", (label,), (1,), kind="bars")
    assert "…" in charts.drawn(chart)
    assert chart.rows == [(label, 1)]


def test_a_value_without_room_above_its_column_is_left_to_the_scale() -> None:
    labels = tuple(f"{month}" for month in range(1, 13))
    narrow = Chart("每月公开", labels, (12_345, *range(11)), width=360)
    texts = ["".join(part.itertext()) for part in ET.fromstring(charts.drawn(narrow))]  # noqa: S314
    assert "12,345" not in texts
    assert "10" in texts


def test_colours_are_those_of_the_tokens() -> None:
    tokens = (SOURCE / "tokens.css").read_text(encoding="utf-8")
    for name, value in (("chart-1", charts.BAR), ("ink", charts.INK)):
        assert f"--{name}: {value};" in tokens
    assert f"--chart-ground: {charts.GROUND};" in tokens


def test_the_same_figures_are_drawn_once_and_others_anew() -> None:
    first = charts.keep("a", MONTHS)
    assert charts.keep("a", MONTHS) == first
    changed = Chart(MONTHS.title, MONTHS.labels, (3, 0, 13))
    assert charts.keep("a", changed) != first


def test_a_chart_is_read_in_its_own_space_alone() -> None:
    digest = charts.keep("a", MONTHS)
    assert charts.read("a", digest)
    assert charts.read("b", digest) is None
    assert charts.read("a", "../../etc/passwd") is None


def test_what_nobody_looked_at_is_forgotten() -> None:
    digest = charts.keep("c", MONTHS)
    assert charts.forget(before=0) == 0
    assert charts.forget(before=2**40) >= 1
    assert charts.read("c", digest) is None


@pytest.mark.django_db
def test_the_worker_draws_what_a_page_asked_for_and_once() -> None:
    changed = Chart(MONTHS.title, MONTHS.labels, (3, 1, 4))
    asked = charts.ask("d", changed)
    assert charts.ask("d", changed) == asked
    assert not asked.is_drawn
    assert charts.read("d", asked.digest) is None
    assert outbox.run_next("test")
    assert not outbox.run_next("test")
    assert charts.read("d", asked.digest) == charts.drawn(changed).encode()
    assert charts.ask("d", changed).is_drawn


@pytest.mark.django_db
def test_what_was_forgotten_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    digest = charts.ask("e", MONTHS).digest
    assert outbox.run_next("test")
    charts.forget(before=2**40)
    later = timezone.localdate() + timedelta(days=40)
    monkeypatch.setattr(timezone, "localdate", lambda: later)
    assert not charts.ask("e", MONTHS).is_drawn
    assert outbox.run_next("test")
    assert charts.read("e", digest)


@pytest.mark.parametrize(
    ("most", "top"), [(0, 4), (4, 4), (5, 8), (13, 20), (41, 80), (130, 200)]
)
def test_the_scale_ends_at_a_round_number(most: int, top: int) -> None:
    assert charts.nice_top([most]) == top
