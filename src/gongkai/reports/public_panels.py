"""The accepted figures of an annual report, on the report's own page."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.items.choices import Kind
from gongkai.items.models import Item
from gongkai.items.panels import Panel, register_panel
from gongkai.reports.indicators import in_order
from gongkai.reports.models import Figure

SHOWN = 12


@dataclass(frozen=True)
class Figures:
    item: Item
    year: int
    shown: Sequence[Figure]
    count: int


def figures_panel(item: Item) -> Panel | None:
    """One query, of annual reports only."""
    if item.kind != Kind.ANNUAL_REPORT:
        return None
    public = Figure.objects.visible_to_public().filter(reading__item=item)
    found = {one.series: one for one in public}
    if not found:
        return None
    listed = [found[series] for series in in_order(found)]
    told = Figures(item, listed[0].year, listed[:SHOWN], len(listed))
    return Panel("reports/portal/_panel.html", told)


register_panel(figures_panel)
