"""A form as it is printed and signed: one paper, set as a Word file or a PDF."""

from collections.abc import Mapping, Sequence

from gongkai import returns
from gongkai.registry.papers import (
    Align,
    Heading,
    Line,
    Paper,
    RuledTable,
    TableCell,
    Title,
)
from gongkai.returns.layout import Box, Grid, grids
from gongkai.statistics.figures import Values, printed
from gongkai.statistics.filed import Quality
from gongkai.statistics.models import Filing
from gongkai.statistics.sheets import Written

# Who signs stands in one line, telephone and day in the next.
SIGNING = 3
NARROWEST, WIDEST = 1.4, 4.0
BY_SIGN = 0.3
"""Share of the width for each sign of a column's longest label."""


def paper(
    written: Written, values: Values, foot: Mapping[str, str], notes: Sequence[str]
) -> Paper:
    """The printed form with its figures; ``notes`` stand below its foot."""
    form = written.form
    blocks: list[Title | Heading | Line | RuledTable] = [
        Title(written.title),
        Line(f"填报单位（盖章）：{written.name}　年度：{written.years}"),
    ]
    for grid in grids(form):
        if grid.heading:
            blocks.append(Heading(grid.heading))
        blocks.append(_table(grid, form, values))
    signed = [f"{label}：{text}" for label, text in foot.items()]
    blocks.append(Line("　　".join(signed[:SIGNING])))
    blocks.append(Line("　　".join(signed[SIGNING:])))
    blocks.extend(map(Line, notes))
    return Paper(f"{written.title} {written.name}", tuple(blocks))


def _table(grid: Grid, form: returns.Form, values: Values) -> RuledTable:
    cells = tuple(
        TableCell(
            box.row,
            box.column,
            _text(box, form, values),
            box.rows,
            box.columns,
            _align(box, grid.head_rows),
        )
        for box in grid.boxes
    )
    weights = tuple(_weight(grid, column) for column in range(grid.width))
    return RuledTable(cells, weights, grid.head_rows)


def _text(box: Box, form: returns.Form, values: Values) -> str:
    if box.key is None:
        return "　" * box.depth + box.text
    figure = printed(form.by_key[box.key], values.get(box.key))
    return "" if figure is None else f"{figure:,}"


def _align(box: Box, head_rows: int) -> Align:
    if box.key:
        return Align.RIGHT
    is_label = box.is_head and box.rows == 1 and box.row >= head_rows
    return Align.LEFT if is_label else Align.CENTER


def _weight(grid: Grid, column: int) -> float:
    """Figures alike and narrow; labels by their longest."""
    own = [box for box in grid.boxes if box.column == column and box.columns == 1]
    if any(box.key for box in own):
        return 1.0
    lengths = [len(box.text) for box in own if box.rows == 1]
    return min(max(BY_SIGN * max(lengths, default=0), NARROWEST), WIDEST)


def notes(filing: Filing, quality: Quality) -> list[str]:
    """What stands below the foot: which version it is, its quality line, its seal."""
    if filing.is_draft:
        state = f"第 {filing.version} 版草稿，未报送。"
    else:
        state = f"第 {filing.version} 版，校验码 {filing.content_hash}"
    told = [
        f"自动计算 {quality.computed} 项，人工登记 {quality.by_hand} 项，"
        f"改动计算值 {quality.overridden} 项，未填 {quality.unknown} 项，"
        f"已说明提示 {quality.explained} 条。",
        state,
    ]
    if filing.public_note:
        told.insert(0, f"更正说明：{filing.public_note}")
    return told
