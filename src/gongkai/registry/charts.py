"""Charts as SVG: drawn once by the worker, kept under the hash of what they show.

Plain shapes and text with presentation attributes only: no style, no script, so they
pass the strictest Content-Security-Policy and stay legible on paper. The ground stays
light also in dark mode. No page shows one without its table (``web/_chart.html``).
"""

import hashlib
import json
import os
import tempfile
import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.registry import outbox

TOPIC = "charts.draw"
VERSION = 1
"""Raised when the drawing changes: what was kept is then drawn anew."""
# As --chart-1, ink and line of web/static/web/tokens.css in the light.
BAR, INK, LINE, GROUND = "#0a3d6b", "#1b1f24", "#d7dbe0", "#ffffff"
WIDTH, SIZE = 640, 13
FONT = "PingFang SC, Noto Sans SC, Microsoft YaHei, sans-serif"
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Chart:
    """One series: whole numbers, each with its label.

    ``kind``: "columns" stand side by side (months), "bars" lie below each
    other (words).
    """

    title: str
    labels: tuple[str, ...]
    values: tuple[int, ...]
    kind: str = "columns"
    # What the labels are, as the table beside heads them.
    axis: str = ""
    # Of the drawing, whose letters are SIZE high: what is shown narrow is drawn narrow.
    width: int = WIDTH

    @property
    def height(self) -> int:
        if self.kind == "columns":
            return 260 if self.width == WIDTH else 200
        return 24 * max(len(self.values), 1) + 16

    @property
    def words(self) -> str:
        """What it shows, for who does not see it."""
        pairs = zip(self.labels, self.values, strict=True)
        return "；".join(f"{label} {value}" for label, value in pairs)

    @property
    def rows(self) -> list[tuple[str, int]]:
        """The table beside."""
        return list(zip(self.labels, self.values, strict=True))


@dataclass(frozen=True)
class Asked:
    """A chart that a page shows: its address, and whether the worker has drawn it."""

    digest: str
    is_drawn: bool


def ask(space: str, chart: Chart) -> Asked:
    """Let the worker draw it where it is not yet; one query then, none later.

    ``space`` is whose figures they are: what is kept there is read there alone.
    """
    digest = _digest(space, chart)
    path = _path(space, digest)
    if path.exists():
        path.touch()
        return Asked(digest, is_drawn=True)
    # Promised anew on another day: it may have been forgotten since.
    key = f"{timezone.localdate().isoformat()}:{digest}"
    with transaction.atomic():
        outbox.enqueue(TOPIC, key=key, payload={"space": space, "chart": asdict(chart)})
    return Asked(digest, is_drawn=False)


@outbox.handles(TOPIC)
def draw(lease: outbox.Lease) -> None:
    """The worker's part."""
    told = dict(cast("Mapping[str, Any]", lease.payload["chart"]))
    told |= {"labels": tuple(told["labels"]), "values": tuple(told["values"])}
    keep(str(lease.payload["space"]), Chart(**told))


def keep(space: str, chart: Chart) -> str:
    """The chart's hash; it is drawn and stored here and now where it is not yet."""
    digest = _digest(space, chart)
    path = _path(space, digest)
    if path.exists():
        path.touch()
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".drawing-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(drawn(chart))
    Path(name).replace(path)
    return digest


def _digest(space: str, chart: Chart) -> str:
    told = json.dumps([VERSION, space, asdict(chart)], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def read(space: str, digest: str) -> bytes | None:
    """The SVG; None for one that was never kept there, or was forgotten since."""
    if len(digest) != 64 or not digest.isalnum():
        return None
    try:
        return _path(space, digest).read_bytes()
    except FileNotFoundError:
        return None


def forget(before: float | None = None) -> int:
    """Delete what no page has shown for KEPT; for a repeated job."""
    limit = time.time() - KEPT.total_seconds() if before is None else before
    root = Path(settings.FILES_ROOT) / "charts"
    old = [path for path in root.rglob("*") if _is_older(path, limit)]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _is_older(path: Path, limit: float) -> bool:
    return path.is_file() and path.stat().st_mtime < limit


def _path(space: str, digest: str) -> Path:
    folder = hashlib.sha256(space.encode()).hexdigest()[:16]
    return Path(settings.FILES_ROOT) / "charts" / folder / f"{digest}.svg"


def drawn(chart: Chart) -> str:
    parts = _columns(chart) if chart.kind == "columns" else _bars(chart)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {chart.width} {chart.height}" '
        f'width="{chart.width}" height="{chart.height}" role="img" font-size="{SIZE}" '
        f"font-family={quoteattr(FONT)}>"
    )
    ground = f'<rect width="{chart.width}" height="{chart.height}" fill="{GROUND}"/>'
    title = f"<title>{escape(chart.title)}</title>"
    return "".join([head, title, ground, *parts, "</svg>"])


def _columns(chart: Chart) -> Iterator[str]:
    left, right, top, foot = 44, chart.width - 8, 24, chart.height - 28
    most = nice_top(chart.values)
    for step in range(5):
        value = most * step // 4
        y = foot - (foot - top) * step / 4
        yield _line(left, y, right)
        yield _text(left - 6, y + 4, f"{value:,}", "end")
    space = (right - left) / max(len(chart.values), 1)
    bar = min(space * 0.62, 64)
    room = max(int(space), 1)
    for place, (label, value) in enumerate(chart.rows):
        middle = left + space * (place + 0.5)
        height = (foot - top) * value / most
        yield _rect(middle - bar / 2, foot - height, bar, height)
        if value and _room_of(f"{value:,}") <= space:
            yield _text(middle, foot - height - 5, f"{value:,}", "middle")
        yield _text(middle, foot + 18, _short(label, room), "middle")


def _bars(chart: Chart) -> Iterator[str]:
    left, right = 236, chart.width - 52
    most = max([*chart.values, 1])
    for place, (label, value) in enumerate(chart.rows):
        y = 8 + 24 * place
        yield _text(left - 8, y + 16, _short(label, left - 12), "end")
        width = (right - left) * value / most
        yield _rect(left, y + 3, width, 16)
        yield _text(left + width + 6, y + 16, f"{value:,}", "start")


def nice_top(values: Sequence[int]) -> int:
    """The scale's end: the next of 4, 8, 12, 20, 40 … above, so that quarters are
    whole numbers."""
    most, unit = max([*values, 1]), 4
    while True:
        for factor in (1, 2, 3, 5):
            if most <= unit * factor:
                return unit * factor
        unit *= 10


def _short(label: str, room: int) -> str:
    """As much of the label as fits into ``room`` pixels."""
    for place in range(len(label)):
        if _room_of(label[: place + 1]) > room:
            return label[: max(place - 1, 1)] + "…"
    return label


def _room_of(words: str) -> float:
    """Pixels that the words take, about."""
    wide = sum(unicodedata.east_asian_width(sign) in "WFA" for sign in words)
    return SIZE * (wide + 0.56 * (len(words) - wide))


def _rect(x: float, y: float, width: float, height: float) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{BAR}"/>'
    )


def _line(left: float, y: float, right: float) -> str:
    return f'<path d="M{left} {y:.1f}H{right}" stroke="{LINE}"/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{INK}">'
        f"{escape(words)}</text>"
    )
