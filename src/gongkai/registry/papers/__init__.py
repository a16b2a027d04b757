"""Papers to hand out: a title, lines and ruled tables, as a Word file or a PDF.

What is on a paper is said once, in blocks; ``word`` and ``pdf`` only set it.
``filling`` fills an office's own Word file, ``reading`` makes blocks of it again,
``checking`` finds what it must not carry.
"""

from gongkai.registry.papers.blocks import (
    Align,
    Block,
    Heading,
    Layout,
    Line,
    PageBreak,
    Paper,
    Paragraph,
    RuledTable,
    Run,
    TableCell,
    Title,
    lines_of,
)
from gongkai.registry.papers.pdf import pdf
from gongkai.registry.papers.word import word

__all__ = [
    "Align",
    "Block",
    "Heading",
    "Layout",
    "Line",
    "PageBreak",
    "Paper",
    "Paragraph",
    "RuledTable",
    "Run",
    "TableCell",
    "Title",
    "lines_of",
    "pdf",
    "word",
]
