"""A Word letter read back into blocks, so that its PDF is set from the very document.

What the blocks cannot hold is named, never dropped silently.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from docx.oxml.ns import qn

from gongkai.registry.papers.blocks import (
    Align,
    Block,
    Layout,
    PageBreak,
    Paper,
    Paragraph,
    RuledTable,
    Run,
    TableCell,
)
from gongkai.registry.papers.packages import (
    W_T,
    W_TBL,
    W_TC,
    W_TR,
    local,
    opened,
    stories,
)

EMPTY_SIZE = 10.5
"""Points, where neither run nor style gives a size: Word's 五号."""
SINGLE = 1.3
"""Of the size, the height of a line of Chinese text set single."""
_ALIGNMENTS = {
    "center": Align.CENTER,
    "right": Align.RIGHT,
    "end": Align.RIGHT,
    "both": Align.JUSTIFY,
    "distribute": Align.JUSTIFY,
}
_CONTAINERS = frozenset(
    {"hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "ins", "moveTo"}
)
_OWN_TEXT = {
    "tab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": "",
}


@dataclass(frozen=True)
class Read:
    """``lost``: what could not be carried over, as sentences."""

    paper: Paper
    lost: tuple[str, ...]


def read(data: bytes) -> Read:
    """Raises BadWordFile."""
    document = opened(data)
    reader = _Reader(document)
    blocks = tuple(reader.blocks(document.element.body))
    paper = Paper(
        title=document.core_properties.title,
        blocks=blocks,
        layout=Layout.LETTER,
        is_numbered=reader.reads_number(document),
    )
    return Read(paper, tuple(reader.lost))


# --- Properties through the styles


class _Styles:
    """What a paragraph or run is set in, its styles and the defaults beneath it."""

    def __init__(self, document: Any) -> None:
        root = document.styles.element
        self._by_id = {
            style.get(qn("w:styleId")): style for style in root.iter(qn("w:style"))
        }
        self._default = next(
            (
                style
                for style in self._by_id.values()
                if style.get(qn("w:type")) == "paragraph"
                and style.get(qn("w:default")) in {"1", "true"}
            ),
            None,
        )
        self._defaults = root.find(qn("w:docDefaults"))

    def chain(self, style_id: str | None) -> Iterator[Any]:
        """The style and those that it is based on; then the defaults."""
        style = self._by_id.get(style_id or "", self._default)
        seen: set[int] = set()
        while style is not None and id(style) not in seen:
            seen.add(id(style))
            yield style
            based = style.find(qn("w:basedOn"))
            style = (
                self._by_id.get(based.get(qn("w:val"))) if based is not None else None
            )

    def of_paragraph(self, paragraph: Any, name: str) -> Any | None:
        """The element ``name`` of the properties nearest to the paragraph."""
        return next(self.all_of_paragraph(paragraph, name), None)

    def all_of_paragraph(self, paragraph: Any, name: str) -> Iterator[Any]:
        """The same, the nearest first, each level down to the defaults."""
        own = paragraph.find(qn("w:pPr"))
        sources = [own, *(one.find(qn("w:pPr")) for one in self._chain_of(paragraph))]
        if self._defaults is not None:
            sources.append(self._defaults.find(f"{qn('w:pPrDefault')}/{qn('w:pPr')}"))
        yield from _found(sources, name)

    def of_run(self, run: Any, paragraph: Any, name: str) -> Any | None:
        own = run.find(qn("w:rPr")) if run is not None else None
        style = own.find(qn("w:rStyle")) if own is not None else None
        sources = [own]
        if style is not None:
            named = self.chain(style.get(qn("w:val")))
            sources += [one.find(qn("w:rPr")) for one in named]
        sources += [one.find(qn("w:rPr")) for one in self._chain_of(paragraph)]
        if self._defaults is not None:
            sources.append(self._defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}"))
        return next(_found(sources, name), None)

    def _chain_of(self, paragraph: Any) -> Iterator[Any]:
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self.chain(style.get(qn("w:val")) if style is not None else None)


def _found(sources: list[Any | None], name: str) -> Iterator[Any]:
    for source in sources:
        element = source.find(qn(name)) if source is not None else None
        if element is not None:
            yield element


def _is_on(element: Any | None) -> bool:
    return element is not None and element.get(qn("w:val")) not in {
        *("0", "false", "off", "none"),
    }


def _number(element: Any, name: str) -> float | None:
    """An attribute as a number; None where it is not there or none."""
    try:
        return float(element.get(qn(name), ""))
    except ValueError:
        return None


# --- The body


@dataclass
class _Reader:
    document: Any
    lost: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._styles = _Styles(self.document)

    def blocks(self, container: Any) -> Iterator[Block]:
        for element in container:
            kind = local(element)
            if kind == "p":
                yield from self._paragraph_blocks(element)
            elif kind == "tbl":
                yield self._table(element)
            elif kind in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
                yield from self.blocks(element)
            elif kind in _LOST:
                self._lose(_LOST[kind]())

    def reads_number(self, document: Any) -> bool:
        """Whether the pages bear their number; other words of head and foot are
        named as lost."""
        is_numbered = False
        for root in list(stories(document))[1:]:
            codes = "".join(one.text or "" for one in root.iter(qn("w:instrText")))
            codes += "".join(
                one.get(qn("w:instr"), "") for one in root.iter(qn("w:fldSimple"))
            )
            is_numbered = is_numbered or bool(re.search(r"\bPAGE\b", codes))
            words = "".join(one.text or "" for one in root.iter(W_T))
            if re.search(r"[^\W\d]", words.replace("第", "").replace("页", "")):
                said = _("Words in the head or foot of the page: “%(words)s”")
                self._lose(said % {"words": words.strip()[:60]})
            self._lose_objects(root)
        return is_numbered

    def _lose(self, sentence: str) -> None:
        if sentence not in self.lost:
            self.lost.append(sentence)

    def _lose_objects(self, root: Any) -> None:
        for element in root.iter():
            if local(element) in _LOST:
                self._lose(_LOST[local(element)]())

    def _paragraph_blocks(self, element: Any) -> Iterator[Block]:
        """A paragraph; two with a break between them, where it holds one."""
        styles = self._styles
        if _is_on(styles.of_paragraph(element, "w:pageBreakBefore")):
            yield PageBreak()
        model = self._paragraph(element)
        runs: list[Run] = []
        has_broken = False
        for run in self._runs(element, element):
            if isinstance(run, PageBreak):
                if "".join(one.text for one in runs).strip():
                    yield _with_runs(model, runs)
                yield run
                runs, has_broken = [], True
            else:
                runs.append(run)
        if runs or not has_broken:
            yield _with_runs(model, runs or list(model.runs))

    def _paragraph(self, element: Any) -> Paragraph:
        """Its measures; ``runs`` hold the empty sign at its end."""
        styles = self._styles
        if styles.of_paragraph(element, "w:numPr") is not None and _has_list(
            styles.of_paragraph(element, "w:numPr")
        ):
            said = _("The automatic number before “%(words)s”: type it as text")
            self._lose(said % {"words": _words(element)[:20]})
        size = self._size(element.find(qn("w:pPr")), element)
        indents = _merged(styles.all_of_paragraph(element, "w:ind"))
        spacing = _merged(styles.all_of_paragraph(element, "w:spacing"))
        align = styles.of_paragraph(element, "w:jc")
        return Paragraph(
            runs=(Run("", size=size),),
            align=_ALIGNMENTS.get(
                align.get(qn("w:val"), "") if align is not None else "", Align.LEFT
            ),
            first=_first_line(indents, size),
            left=_indent(indents, ("left", "start"), size),
            right=_indent(indents, ("right", "end"), size),
            before=_points(spacing, "before", size),
            after=_points(spacing, "after", size),
            pitch=_pitch(spacing, size),
            level=self._level(element),
            keeps_with_next=_is_on(styles.of_paragraph(element, "w:keepNext")),
        )

    def _level(self, element: Any) -> int:
        outline = self._styles.of_paragraph(element, "w:outlineLvl")
        level = _number(outline, "w:val") if outline is not None else None
        return int(level) + 1 if level is not None and 0 <= level < 6 else 0

    def _size(self, holder: Any | None, paragraph: Any) -> float:
        """In points; of the first run with text, where a paragraph has one."""
        for run in paragraph.iter(qn("w:r")):
            if run.find(W_T) is not None:
                holder = run
                break
        size = self._styles.of_run(holder, paragraph, "w:sz")
        half = _number(size, "w:val") if size is not None else None
        return half / 2 if half else EMPTY_SIZE

    def _runs(self, container: Any, paragraph: Any) -> Iterator[Run | PageBreak]:
        for element in container:
            kind = local(element)
            if kind == "r":
                yield from self._run(element, paragraph)
            elif kind in _CONTAINERS:
                yield from self._runs(element, paragraph)
            elif kind in _LOST:
                self._lose(_LOST[kind]())

    def _run(self, run: Any, paragraph: Any) -> Iterator[Run | PageBreak]:
        styles = self._styles
        if _is_on(styles.of_run(run, paragraph, "w:vanish")):
            if _words(run):
                self._lose(_("Hidden words: “%(words)s”") % {"words": _words(run)[:40]})
            return
        text = ""
        for element in run:
            kind = local(element)
            if kind == "br" and element.get(qn("w:type")) == "page":
                if text:
                    yield self._set(text, run, paragraph)
                text = ""
                yield PageBreak()
            elif kind == "t":
                text += element.text or ""
            elif kind in _OWN_TEXT:
                text += _OWN_TEXT[kind]
            elif kind in _LOST:
                self._lose(_LOST[kind]())
        if text:
            yield self._set(text, run, paragraph)

    def _set(self, text: str, run: Any, paragraph: Any) -> Run:
        styles = self._styles
        size = styles.of_run(run, paragraph, "w:sz")
        half = _number(size, "w:val") if size is not None else None
        colour = styles.of_run(run, paragraph, "w:color")
        told = colour.get(qn("w:val"), "") if colour is not None else ""
        if _is_on(styles.of_run(run, paragraph, "w:strike")):
            self._lose(_("Struck words: “%(words)s”") % {"words": text[:40]})
        return Run(
            text=text,
            size=half / 2 if half else EMPTY_SIZE,
            is_bold=_is_on(styles.of_run(run, paragraph, "w:b")),
            is_underlined=_is_on(styles.of_run(run, paragraph, "w:u")),
            colour=told if _is_colour(told) else "",
        )

    # --- Tables

    def _table(self, table: Any) -> RuledTable:
        cells: list[TableCell] = []
        open_cells: dict[int, int] = {}
        rows = [row for row in table.iter(W_TR) if _is_of(row, table)]
        heads, is_head = 0, True
        for number, row in enumerate(rows):
            is_head = is_head and _is_on(
                row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
            )
            heads += is_head
            self._row(row, number, cells, open_cells)
        width = max((cell.column + cell.columns for cell in cells), default=1)
        return RuledTable(tuple(cells), _weights(table, width), _whole(cells, heads))

    def _row(
        self, row: Any, number: int, cells: list[TableCell], open_cells: dict[int, int]
    ) -> None:
        """``open_cells``: by column, the cell that a row below may lengthen."""
        column = _skipped(row)
        for cell in (one for one in row.iter(W_TC) if _is_of(one, row)):
            columns = _span(cell)
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merge is not None and merge.get(qn("w:val")) != "restart"
            if goes_on and column in open_cells:
                above = cells[open_cells[column]]
                cells[open_cells[column]] = _longer(above)
            else:
                open_cells[column] = len(cells)
                cells.append(self._cell(cell, number, column, columns))
            column += columns

    def _cell(self, cell: Any, row: int, column: int, columns: int) -> TableCell:
        if next(cell.iter(W_TBL), None) is not None:
            self._lose(_("A table within a table"))
        paragraphs = tuple(
            block for block in self.blocks(cell) if isinstance(block, Paragraph)
        )
        return TableCell(
            row,
            column,
            text="\n".join(one.text for one in paragraphs),
            columns=columns,
            align=paragraphs[0].align if paragraphs else Align.LEFT,
            paragraphs=paragraphs,
        )


def _with_runs(model: Paragraph, runs: list[Run]) -> Paragraph:
    told = {**model.__dict__, "runs": tuple(runs)}
    return Paragraph(**told)


def _words(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(W_T)).strip()


def _has_list(numbering: Any) -> bool:
    """Number 0 takes a style's list away."""
    number = numbering.find(qn("w:numId"))
    return number is not None and number.get(qn("w:val")) != "0"


def _is_colour(told: str) -> bool:
    return bool(re.fullmatch(r"[0-9A-Fa-f]{6}", told)) and told != "000000"


def _is_of(element: Any, owner: Any) -> bool:
    """Whether the row or cell is the owner's own, not that of a table inside it."""
    kind = local(owner)
    return (
        next(one for one in element.iterancestors() if local(one) in {kind, "tbl"})
        is owner
    )


def _span(cell: Any) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    told = _number(span, "w:val") if span is not None else None
    return max(1, min(int(told or 1), 63))


def _skipped(row: Any) -> int:
    before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    told = _number(before, "w:val") if before is not None else None
    return max(0, min(int(told or 0), 63))


def _longer(cell: TableCell) -> TableCell:
    return TableCell(**{**cell.__dict__, "rows": cell.rows + 1})


def _whole(cells: list[TableCell], heads: int) -> int:
    """Head rows end where no cell reaches out of them."""
    reach = [cell.row + cell.rows for cell in cells if cell.row < heads]
    return heads if max(reach, default=0) <= heads else 0


def _weights(table: Any, width: int) -> tuple[float, ...]:
    grid = [
        _number(column, "w:w") or 1
        for column in table.iterfind(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")
    ]
    grid = [weight if weight > 0 else 1 for weight in grid[:width]]
    usual = sum(grid) / len(grid) if grid else 1
    return tuple(grid + [usual] * (width - len(grid)))


# --- Measures: twentieths of a point, hundredths of a sign, lines of 240


def _merged(elements: Iterator[Any]) -> dict[str, float]:
    """The attributes of all levels, the nearest level winning."""
    found: dict[str, float] = {}
    for element in elements:
        for name, value in element.attrib.items():
            key = name.rpartition("}")[2]
            if key == "lineRule":
                found.setdefault(f"rule:{value}", 1.0)
                continue
            told = _number(element, f"w:{key}")
            if told is not None:
                found.setdefault(key, told)
    return found


def _points(told: dict[str, float], name: str, size: float) -> float:
    lines = told.get(f"{name}Lines")
    if lines:
        return min(lines / 100 * size * SINGLE, 200)
    return max(0, min(told.get(name, 0) / 20, 200))


def _indent(told: dict[str, float], names: tuple[str, ...], size: float) -> float:
    for name in names:
        if told.get(f"{name}Chars"):
            return max(0, min(told[f"{name}Chars"] / 100 * size, 400))
    for name in names:
        if name in told:
            return max(0, min(told[name] / 20, 400))
    return 0


def _first_line(told: dict[str, float], size: float) -> float:
    if told.get("hangingChars"):
        return -min(told["hangingChars"] / 100 * size, 200)
    if told.get("firstLineChars"):
        return min(told["firstLineChars"] / 100 * size, 200)
    if "hanging" in told:
        return -min(told["hanging"] / 20, 200)
    return max(0, min(told.get("firstLine", 0) / 20, 200))


def _pitch(told: dict[str, float], size: float) -> float:
    line = told.get("line", 240)
    if "rule:exact" in told:
        return max(size, min(line / 20, 200))
    if "rule:atLeast" in told:
        return max(size * SINGLE, min(line / 20, 200))
    return max(size, min(line / 240 * size * SINGLE, 200))


_LOST: dict[str, Callable[[], str]] = {
    "drawing": lambda: _("A picture, drawing or text box"),
    "pict": lambda: _("A picture, drawing or text box"),
    "object": lambda: _("An embedded object"),
    "footnoteReference": lambda: _("A footnote"),
    "endnoteReference": lambda: _("An endnote"),
    "oMath": lambda: _("A formula"),
    "oMathPara": lambda: _("A formula"),
    "AlternateContent": lambda: _("A picture, drawing or text box"),
    "sym": lambda: _("A special sign of a symbol face"),
    "ruby": lambda: _("Words with their reading above (拼音指南)"),
    "del": lambda: _("Words that a tracked change deletes"),
    "moveFrom": lambda: _("Words that a tracked change deletes"),
    "altChunk": lambda: _("A part in another format"),
    "subDoc": lambda: _("A part in another format"),
    "ptab": lambda: _("A special tab"),
}
