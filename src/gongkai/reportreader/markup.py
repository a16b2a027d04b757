"""The body of a report as plain HTML: headings, paragraphs, tables, nothing else."""

from html import escape
from itertools import groupby

from gongkai.reportreader.blocks import Block, blocks_of
from gongkai.reportreader.lines import Page
from gongkai.reportreader.reading import SourceText
from gongkai.reportreader.recognising import Recognition

_TAGS = {1: "h2", 2: "h3", 3: "h4"}


def to_html(source: SourceText, recognition: Recognition) -> str:
    """The text under the title, unchanged but for the page's clutter.

    An address that a mirror wrote over the name stays: it is what the source says.
    """
    blocks = blocks_of(Page(source), recognition.title_quote)
    parts: list[str] = []
    for is_table, run in groupby(blocks, key=lambda block: block.kind == "row"):
        together = list(run)
        parts += [_table(together)] if is_table else map(_text, together)
    return "\n".join(parts)


def _text(block: Block) -> str:
    tag = _TAGS.get(block.level, "p")
    return f"<{tag}>{escape(block.text)}</{tag}>"


def _table(rows: list[Block]) -> str:
    width = max(len(row.cells) for row in rows)
    body = "".join(_row([cell.text for cell in row.cells], width) for row in rows)
    return f"<table><tbody>{body}</tbody></table>"


def _row(cells: list[str], width: int) -> str:
    filled = cells + [""] * (width - len(cells))
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in filled) + "</tr>"
