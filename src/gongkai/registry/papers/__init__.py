"""Papers to hand out: a title, lines and ruled tables, as a Word file or a PDF.

What is on a paper is said once, in blocks; ``word`` and ``pdf`` only set it.
"""

from gongkai.registry.papers.blocks import (
    Align,
    Heading,
    Line,
    Paper,
    RuledTable,
    TableCell,
    Title,
)
from gongkai.registry.papers.pdf import pdf
from gongkai.registry.papers.word import word

__all__ = [
    "Align",
    "Heading",
    "Line",
    "Paper",
    "RuledTable",
    "TableCell",
    "Title",
    "pdf",
    "word",
]
