"""Figures of several reports side by side: bodies by years, indicators by years."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.agencies.querysets import AgencyQuerySet
from gongkai.registry.charts import Chart
from gongkai.reports.forms import plain_number
from gongkai.reports.indicators import HEADLINES, in_order, name_of, unit_of
from gongkai.reports.models import Figure
from gongkai.reports.querysets import FigureQuerySet

YEARS_SHOWN = 6
Address = Callable[[Figure], str]
"""Where a figure's report is read."""


@dataclass(frozen=True)
class Cell:
    """One year's figure; ``value`` None where no accepted figure is known."""

    value: Decimal | int | None = None
    exact: bool = True
    url: str = ""


NOTHING = Cell()


@dataclass(frozen=True)
class Line:
    label: str
    url: str
    unit: str
    cells: tuple[Cell, ...]


def series_in(figures: FigureQuerySet) -> list[str]:
    found = figures.order_by().values_list("series", flat=True).distinct()
    return in_order(found)


def telling(figures: FigureQuerySet) -> list[str]:
    """Series that say something: the headlines, and what is not nought throughout."""
    known = series_in(figures)
    more = set(series_in(figures.exclude(value=0)))
    return [one for one in known if one in more or one in HEADLINES]


def years_in(figures: FigureQuerySet) -> list[int]:
    """Newest first."""
    found = figures.order_by("-year").values_list("year", flat=True).distinct()
    return list(found)


def chosen_series(known: Sequence[str], asked: str) -> str:
    """The one that is asked for, or the first; "" where nothing is known."""
    return asked if asked in known else next(iter(known), "")


def shown_years(years: Sequence[int], asked: str) -> list[int]:
    """Those that have figures, up to the one asked for, the oldest first; what is
    asked for and has no figure is left."""
    last = next((year for year in years if str(year) == asked), None)
    fitting = [year for year in years if last is None or year <= last]
    return sorted(fitting[:YEARS_SHOWN])


def bodies_with(figures: FigureQuerySet) -> AgencyQuerySet:
    found: AgencyQuerySet = Agency.objects.filter(
        pk__in=figures.order_by().values("agency")
    ).order_by("path")
    return found


def of_bodies(
    figures: FigureQuerySet,
    bodies: Iterable[Agency],
    years: Sequence[int],
    address: Address,
    body_url: Callable[[Agency], str],
) -> list[Line]:
    """A line for each body; ``figures`` are those of one series. One query."""
    listed = list(bodies)
    cells = _cells(figures.filter(agency__in=listed, year__in=years), "agency", address)
    return [
        Line(body.name, body_url(body), "", _row(cells[body.pk], years))
        for body in listed
    ]


def of_indicators(
    figures: FigureQuerySet,
    series: Iterable[str],
    years: Sequence[int],
    address: Address,
    series_url: Callable[[str], str],
) -> list[Line]:
    """A line for each series; ``figures`` are those of one body. One query."""
    listed = list(series)
    cells = _cells(figures.filter(series__in=listed, year__in=years), "series", address)
    return [
        Line(name_of(one), series_url(one), unit_of(one), _row(cells[one], years))
        for one in listed
    ]


def _cells(
    figures: FigureQuerySet, by: str, address: Address
) -> dict[Any, dict[int, Cell]]:
    found: dict[Any, dict[int, Cell]] = defaultdict(dict)
    for figure in figures.with_source().oldest_reading_first():
        about = figure.agency_id if by == "agency" else figure.series
        found[about][figure.year] = Cell(
            figure.shown_value, figure.exact, address(figure)
        )
    return found


def _row(cells: dict[int, Cell], years: Sequence[int]) -> tuple[Cell, ...]:
    return tuple(cells.get(year, NOTHING) for year in years)


def chart_of_bodies(
    series: str, lines: Sequence[Line], years: Sequence[int]
) -> Chart | None:
    """Of the newest year shown; None where it would show nothing."""
    known = [
        (line.label, line.cells[-1].value)
        for line in lines
        if line.cells and line.cells[-1].value is not None
    ]
    if not known:
        return None
    return Chart(
        f"{_titled(series)} · {years[-1]}",
        tuple(label for label, _value in known),
        tuple(int(value or 0) for _label, value in known),
        kind="bars",
        axis=_("Body"),
    )


def chart_of_years(
    series: str, figures: FigureQuerySet, years: Sequence[int]
) -> Chart | None:
    """A body's series over the years that have a figure. One query."""
    found = figures.filter(series=series, year__in=years).oldest_reading_first()
    values = dict(found.values_list("year", "value"))
    if not values:
        return None
    known = sorted(values)
    return Chart(
        _titled(series),
        tuple(map(str, known)),
        tuple(int(values[year]) for year in known),
        axis=_("Year"),
    )


def _titled(series: str) -> str:
    unit = unit_of(series)
    return f"{name_of(series)}（{unit}）" if unit else name_of(series)


def rows_of(figures: FigureQuerySet, address: Address) -> Iterator[list[str]]:
    """For a file: a line for each figure, with where it comes from. Streamed."""
    yield ["机构", "年度", "指标", "数值", "单位", "是否确数", "出处", "原文"]
    listed = (
        figures.with_source()
        .select_related("claim", "agency")
        .order_by("agency__path", "year", "series", "reading__version", "reading_id")
    )
    before: Figure | None = None
    for figure in listed.iterator(500):
        if before is not None and not _is_same(before, figure):
            yield _told(before, address)
        before = figure
    if before is not None:
        yield _told(before, address)


def _is_same(one: Figure, other: Figure) -> bool:
    """Of two reports of a body on one year the newer counts, which comes last."""
    return (one.agency_id, one.year, one.series) == (
        other.agency_id,
        other.year,
        other.series,
    )


def _told(figure: Figure, address: Address) -> list[str]:
    return [
        figure.agency.name,
        str(figure.year),
        figure.name,
        plain_number(figure.value),
        figure.unit,
        "是" if figure.exact else "约数",
        address(figure),
        " ".join(figure.claim.quote.split()),
    ]
